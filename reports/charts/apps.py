from django.apps import AppConfig


class ChartsConfig(AppConfig):
    name = "reports.charts"
    label = "charts"
