from django.apps import AppConfig

from carefund.core.navigation import NavItem, register


def public_items(user):
    return [
        NavItem("Funding calls", "/calls/", order=10),
        NavItem("What we have funded", "/funded/", order=20),
        NavItem("Reports", "/reports/", order=30),
    ]


class WebsiteConfig(AppConfig):
    name = "carefund.website"
    label = "website"

    def ready(self) -> None:
        from . import signals  # noqa: F401 - connects itself once models are loaded

        register(public_items)
