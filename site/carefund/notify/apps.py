from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "carefund.notify"
    label = "notify"

    def ready(self) -> None:
        from carefund.core import navigation
        from carefund.files.signals import file_infected

        from .file_news import tell_uploader
        from .navigation import items

        navigation.register(items)
        navigation.register_for(
            "notify.manage", navigation.NavItem("Mail", "/manage/mail/", "staff", 480)
        )
        file_infected.connect(tell_uploader, dispatch_uid="notify.virus_found")
