from django.apps import AppConfig


class BidsConfig(AppConfig):
    name = "grants.bids"
    label = "bids"

    def ready(self) -> None:
        from carefund.core import navigation

        from .navigation import items

        navigation.register(items)
