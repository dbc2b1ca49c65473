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
        file_infected.connect(tell_uploader, dispatch_uid="notify.virus_found")
