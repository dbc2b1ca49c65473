from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "reports.publications"
    label = "publications"
