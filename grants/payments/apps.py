from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "grants.payments"
    label = "payments"

    def ready(self) -> None:
        from grants.delivery import panels

        from .panels import money

        panels.register("1 money", money)
