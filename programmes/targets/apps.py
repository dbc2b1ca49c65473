from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "programmes.targets"
    label = "targets"
