from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "programmes.funds"
    label = "funds"

    def ready(self) -> None:
        from django.db.models import OuterRef

        from carefund.accounts import ties
        from carefund.accounts.factors import register_must_have
        from carefund.core.navigation import NavItem, register_for
        from carefund.core.record import register_roles
        from carefund.notify.queries import register_administrators
        from programmes.organisations import access, invitations

        from .actions.roles import staff_problem, take_up_staff_role
        from .models import RoleAssignment
        from .queries import STAFF, has_staff_role, roles_on, service_administrators, staff_roles

        held = RoleAssignment.objects.current().filter(user=OuterRef("pk"))
        ties.register_facts(STAFF, lambda _on: held, "role", "programme_id")
        register_must_have(lambda user: bool(staff_roles(user)))
        register_roles(roles_on)
        register_for("funds.view_ledger", NavItem("Ledger", "/manage/ledger/", "staff", 270))
        register_for(
            "funds.view_programme", NavItem("Programmes", "/manage/programmes/", "staff", 260)
        )
        register_administrators(service_administrators)
        register_for("funds.view_people", NavItem("People", "/manage/people/", "staff", 400))
        register_for(
            "organisations.read_register",
            NavItem("Organisations", "/manage/organisations/", "staff", 410),
        )
        access.register("staff", has_staff_role)
        invitations.register(
            "staff",
            invitations.Kind(
                lambda invitation: f"work for the department ({invitation.staff})",
                take_up_staff_role,
                staff_problem,
            ),
        )
