from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "programmes.standards"
    label = "standards"

    def ready(self) -> None:
        from programmes.calls import eligibility
        from programmes.calls.signals import call_copied
        from programmes.waivers import registry

        from .actions import copy_demands
        from .checking import LEVEL, checks

        registry.register(LEVEL)
        eligibility.register("levels", checks)
        call_copied.connect(
            lambda sender, call, source, **rest: copy_demands(source=source, target=call),
            weak=False,
            dispatch_uid="standards.copy_demands",
        )
