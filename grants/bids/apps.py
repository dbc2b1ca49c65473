from django.apps import AppConfig


class BidsConfig(AppConfig):
    name = "grants.bids"
    label = "bids"
