from django.apps import AppConfig


class OpendataConfig(AppConfig):
    name = "reports.opendata"
    label = "opendata"
