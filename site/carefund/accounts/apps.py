from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "carefund.accounts"
    label = "accounts"
