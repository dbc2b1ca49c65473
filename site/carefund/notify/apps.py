from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "carefund.notify"
    label = "notify"

    def ready(self) -> None:
        from carefund.accounts.news import security_news
        from carefund.core import navigation
        from carefund.files.signals import file_infected

        from .account_news import tell_owner
        from .file_news import tell_uploader
        from .navigation import items

        navigation.register(items)
        navigation.register_for(
            "notify.manage", navigation.NavItem("Mail", "/manage/mail/", "staff", 480)
        )
        security_news.connect(tell_owner, dispatch_uid="notify.security_news")
        file_infected.connect(tell_uploader, dispatch_uid="notify.virus_found")
