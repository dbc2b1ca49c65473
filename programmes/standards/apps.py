from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "programmes.standards"
    label = "standards"

    def ready(self) -> None:
        from programmes.calls import eligibility, readiness
        from programmes.calls.signals import call_copied, call_extended
        from programmes.waivers import registry

        from .actions import copy_demands
        from .checking import LEVEL, checks, stays_before_its_days
        from .queries import days_that_do_not_fit

        registry.register(LEVEL)
        eligibility.register("levels", checks)
        readiness.register("levels", days_that_do_not_fit)
        call_extended.connect(
            lambda sender, call, **rest: stays_before_its_days(call),
            weak=False,
            dispatch_uid="standards.stays_before_its_days",
        )
        call_copied.connect(
            lambda sender, call, source, **rest: copy_demands(source=source, target=call),
            weak=False,
            dispatch_uid="standards.copy_demands",
        )
