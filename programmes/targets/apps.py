from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "programmes.targets"
    label = "targets"

    def ready(self) -> None:
        from . import imports  # noqa: F401 - says that statements can be loaded
