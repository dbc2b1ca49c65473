from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "grants.delivery"
    label = "delivery"
