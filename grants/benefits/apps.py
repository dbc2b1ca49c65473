from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "grants.benefits"
    label = "benefits"
