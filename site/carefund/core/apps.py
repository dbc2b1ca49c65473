from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "carefund.core"
    label = "core"
