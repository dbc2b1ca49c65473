from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "carefund.audit"
    label = "audit"

    def ready(self) -> None:
        from carefund.core.record import register_writer

        from .actions import write_entry

        register_writer(write_entry)
