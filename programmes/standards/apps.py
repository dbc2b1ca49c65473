from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "programmes.standards"
    label = "standards"
