from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "carefund.audit"
    label = "audit"
