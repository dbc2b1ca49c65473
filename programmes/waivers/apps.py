from django.apps import AppConfig


class WaiversConfig(AppConfig):
    name = "programmes.waivers"
    label = "waivers"

    def ready(self) -> None:
        from carefund.core.navigation import NavItem, register_for
        from programmes.organisations import succession

        from .queries import left_behind

        succession.register(
            "9 waivers",
            succession.Mover(
                "Waivers that stay behind (ask anew for the successor)", left_behind, _stay
            ),
        )
        register_for("waivers.read_register", NavItem("Waivers", "/manage/waivers/", "staff", 280))


def _stay(*_args: object, **_about: object) -> None:
    """A waiver for a bid or project goes with it by itself; others were given to another."""
