from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "programmes.organisations"
    label = "organisations"

    def ready(self) -> None:
        from django.db.models import OuterRef

        from carefund.accounts import ties
        from carefund.audit.telling import register_colleagues
        from carefund.core.record import register_roles

        from .models import Succession
        from .queries import (
            MEMBERSHIPS,
            PREDECESSORS,
            ROLE,
            colleagues_of,
            current_memberships,
            roles_on,
        )

        here = current_memberships().filter(user=OuterRef("pk"))
        ties.register_facts(MEMBERSHIPS, lambda _on: here, *ROLE)
        taken_over = Succession.objects.filter(
            successor__memberships__user=OuterRef("pk"),
            successor__memberships__ended_at__isnull=True,
        )
        ties.register(PREDECESSORS, lambda _on: taken_over)
        register_roles(roles_on)
        register_colleagues(colleagues_of)
        from carefund.core.navigation import NavItem, register_for
        from carefund.questions import sources

        from . import choosing
        from .actions.invitations import join_as_member
        from .invitations import Kind, register

        register(
            "member",
            Kind(lambda invitation: f"join {invitation.organisation}", join_as_member),
        )
        register_for(
            "organisations.view_own",
            NavItem("People", "/your-organisation/people/", "authority", 200),
        )
        sources.register("organisation", choosing.ORGANISATIONS)
        sources.register("area", choosing.AREAS_COVERED)
