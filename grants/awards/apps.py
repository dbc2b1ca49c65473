from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "grants.awards"
    label = "awards"

    def ready(self) -> None:
        from carefund.core.navigation import NavItem, register_for
        from grants.bids.signals import score_moderated
        from programmes.organisations import succession
        from programmes.waivers import registry

        from . import imports  # noqa: F401 - says that amounts can be loaded
        from .actions.approving import ask_anew
        from .actions.holding import hand_over_offers, open_offers
        from .queries import LATE_ANSWER

        registry.register(LATE_ANSWER)
        score_moderated.connect(
            lambda bid, **_: ask_anew(bid), weak=False, dispatch_uid="awards.ask_anew"
        )

        succession.register(
            "3 offers", succession.Mover("Open offers", open_offers, hand_over_offers)
        )

        chain = ("/manage/approvals/",)
        register_for(
            "awards.list_rounds",
            NavItem("Rounds", "/manage/rounds/", "department", 43, also=chain),
        )
        offers = ("/offers/", "/letters/", "/manage/agreements/")
        register_for(
            "funds.work_cases",
            NavItem("Offers", "/manage/offers/", "staff", 230, also=offers),
            NavItem(
                "Section 31 grants",
                "/determinations/",
                "staff",
                235,
                also=("/manage/determinations/",),
            ),
        )
