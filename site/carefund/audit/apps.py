from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "carefund.audit"
    label = "audit"

    def ready(self) -> None:
        from carefund.core.navigation import NavItem, register_for
        from carefund.core.record import register_writer

        from .actions import write_entries, write_entry

        register_writer(write_entry, write_entries)
        register_for("audit.read", NavItem("The record", "/manage/record/", "staff", 300))
