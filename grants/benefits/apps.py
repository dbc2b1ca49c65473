from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "grants.benefits"
    label = "benefits"

    def ready(self) -> None:
        from carefund.core.navigation import NavItem, register_for
        from grants.delivery import panels
        from grants.delivery.signals import project_started

        from .actions import take_over_plan
        from .panels import benefits

        project_started.connect(
            lambda sender, project, by, **rest: take_over_plan(project=project, by=by),
            weak=False,
            dispatch_uid="benefits.take_over_plan",
        )
        panels.register("2 benefits", benefits)
        register_for("funds.work_cases", NavItem("Benefits", "/manage/benefits/", "staff", 260))
