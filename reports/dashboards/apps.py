from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "reports.dashboards"
    label = "dashboards"

    def ready(self) -> None:
        from carefund.core.navigation import NavItem, register_for

        register_for("funds.work_cases", NavItem("Today", "/manage/", "staff", 20))
        register_for(
            "standards.read_register", NavItem("Standards", "/manage/standards/", "staff", 275)
        )
        register_for(
            "organisations.view_own",
            NavItem("Your organisation", "/your-organisation/", "authority", 5),
        )
