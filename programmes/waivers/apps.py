from django.apps import AppConfig


class WaiversConfig(AppConfig):
    name = "programmes.waivers"
    label = "waivers"

    def ready(self) -> None:
        from carefund.core.navigation import NavItem, register_for

        register_for("waivers.read_register", NavItem("Waivers", "/manage/waivers/", "staff", 280))
