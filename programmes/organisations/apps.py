from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "programmes.organisations"
    label = "organisations"
