from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "carefund.website"
    label = "website"

    def ready(self) -> None:
        from carefund.core.navigation import register

        from . import signals  # noqa: F401 - connects itself once models are loaded
        from .navigation import public_items

        register(public_items)
