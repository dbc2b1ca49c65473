from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "carefund.notify"
    label = "notify"

    def ready(self) -> None:
        from carefund.core import navigation

        from .navigation import items

        navigation.register(items)
        navigation.register_for(
            "notify.manage", navigation.NavItem("Mail", "/manage/mail/", "staff", 480)
        )
