from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "grants.assessment"
    label = "assessment"

    def ready(self) -> None:
        from carefund.core import navigation
        from grants.bids import case_tabs

        from . import faces

        navigation.register(faces.items)
        for tab in faces.CASE_TABS:
            case_tabs.register(tab)
