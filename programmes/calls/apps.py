from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "programmes.calls"
    label = "calls"
