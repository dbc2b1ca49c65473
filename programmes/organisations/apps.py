from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "programmes.organisations"
    label = "organisations"

    def ready(self) -> None:
        from carefund.audit.telling import register_colleagues
        from carefund.core.record import register_roles

        from .queries import colleagues_of, roles_on

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
