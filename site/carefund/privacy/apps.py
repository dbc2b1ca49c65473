from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "carefund.privacy"
    label = "privacy"

    def ready(self) -> None:
        from carefund.core.navigation import NavItem, register_for

        register_for("privacy.read", NavItem("Privacy", "/manage/privacy/", "staff", 310))
