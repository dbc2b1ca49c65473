from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "grants.awards"
    label = "awards"

    def ready(self) -> None:
        from carefund.core.navigation import NavItem, register_for

        register_for("funds.work_cases", NavItem("Offers", "/manage/offers/", "staff", 230))
