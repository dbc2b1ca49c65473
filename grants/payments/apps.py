from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "grants.payments"
    label = "payments"

    def ready(self) -> None:
        from carefund.core.navigation import NavItem, register_for
        from grants.delivery import panels
        from programmes.waivers import registry

        from .panels import money
        from .queries import PERIOD_ENDED

        registry.register(PERIOD_ENDED)

        panels.register("1 money", money)
        register_for("funds.work_cases", NavItem("Claims", "/manage/claims/", "staff", 250))
