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
