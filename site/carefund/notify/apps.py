from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "carefund.notify"
    label = "notify"
