from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "programmes.funds"
    label = "funds"
