from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "programmes.funds"
    label = "funds"

    def ready(self) -> None:
        from carefund.core.navigation import NavItem, register_for
        from carefund.core.record import register_roles

        from .queries import roles_on

        register_roles(roles_on)
        register_for("funds.view_ledger", NavItem("Ledger", "/manage/ledger/", "staff", 270))
