from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "carefund.website"
    label = "website"
