from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "programmes.funds"
    label = "funds"

    def ready(self) -> None:
        from carefund.accounts.factors import register_must_have
        from carefund.core.navigation import NavItem, register_for
        from carefund.core.record import register_roles
        from carefund.notify.queries import register_administrators

        from .queries import roles_on, service_administrators, staff_roles

        register_must_have(lambda user: bool(staff_roles(user)))
        register_roles(roles_on)
        register_for("funds.view_ledger", NavItem("Ledger", "/manage/ledger/", "staff", 270))
        register_administrators(service_administrators)
