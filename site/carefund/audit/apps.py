from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "carefund.audit"
    label = "audit"

    def ready(self) -> None:
        from carefund.core.record import register_writer  # noqa: PLC0415 - models load first

        from .actions import write_entry  # noqa: PLC0415

        register_writer(write_entry)
