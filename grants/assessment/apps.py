from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "grants.assessment"
    label = "assessment"
