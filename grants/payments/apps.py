from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "grants.payments"
    label = "payments"
