from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "reports.figures"
    label = "figures"

    def ready(self) -> None:
        # The figures declare themselves once models are loaded.
        from . import awards, benefits, milestones, money, national  # noqa: F401
