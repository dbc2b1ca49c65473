from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "carefund.importing"
    label = "importing"
