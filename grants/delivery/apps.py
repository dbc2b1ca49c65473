from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "grants.delivery"
    label = "delivery"

    def ready(self) -> None:
        from carefund.core.navigation import NavItem, register_for
        from grants.awards.signals import offer_accepted

        from .actions import start_project

        offer_accepted.connect(
            lambda sender, offer, by, **rest: start_project(offer=offer, by=by),
            weak=False,
            dispatch_uid="delivery.start_project",
        )
        register_for("funds.work_cases", NavItem("Projects", "/manage/projects/", "staff", 240))
        register_for("organisations.view_own", NavItem("Projects", "/projects/", "authority", 130))
