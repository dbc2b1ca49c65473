from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "grants.payments"
    label = "payments"

    def ready(self) -> None:
        from carefund.core.navigation import NavItem, register_for
        from grants.delivery import panels, purse
        from programmes.waivers import registry

        from .actions import close_grant
        from .panels import money
        from .queries import PERIOD_ENDED, claimed, closing

        registry.register(PERIOD_ENDED)
        purse.register(purse.Purse(claimed=claimed, closing=closing, close=close_grant))
        panels.register("1 money", money)
        register_for("funds.work_cases", NavItem("Claims", "/manage/claims/", "staff", 250))
