from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "carefund.files"
    label = "files"
