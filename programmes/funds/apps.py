from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "programmes.funds"
    label = "funds"

    def ready(self) -> None:
        from carefund.core.navigation import NavItem, register_for

        register_for("funds.view_ledger", NavItem("Ledger", "/manage/ledger/", "staff", 270))
