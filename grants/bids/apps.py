from django.apps import AppConfig


def _extended(sender, signal, **told):
    from .actions import tell_of_extension

    tell_of_extension(**told)


class BidsConfig(AppConfig):
    name = "grants.bids"
    label = "bids"

    def ready(self) -> None:
        from django.db.models import OuterRef

        from carefund.accounts import ties
        from carefund.audit.telling import register_colleagues
        from carefund.core import navigation
        from programmes.calls.signals import call_extended, form_corrected
        from programmes.organisations import access, invitations, succession
        from programmes.waivers import registry

        from .actions import carrying, guests, holding
        from .colleagues import people_around
        from .models import Bid, BidGuest
        from .navigation import items
        from .queries import CONFLICT, GUEST, IN_TIME, ONE_BID, guests_of

        ties.register(GUEST, lambda on: BidGuest.objects.current(on).filter(user=OuterRef("pk")))
        ties.register(
            CONFLICT,
            lambda _on: Bid.objects.filter(
                assignments__assessor=OuterRef("pk"), assignments__state="conflicted"
            ),
        )
        navigation.register(items)
        register_colleagues(people_around)
        form_corrected.connect(
            lambda sender, form, by, **rest: carrying.carry_over(form=form),
            weak=False,
            dispatch_uid="bids.carry_over",
        )
        call_extended.connect(_extended, dispatch_uid="bids.call_extended")
        registry.register(ONE_BID)
        registry.register(IN_TIME)
        registry.register_subject("bid", lambda text: Bid.objects.filter(reference=text).first())
        invitations.register(
            "bid",
            invitations.Kind(
                lambda invitation: f"work with {invitation.organisation} on a bid",
                guests.take_up_guest,
                guests.guest_problem,
                lambda invitation: "/bids/",
            ),
        )
        access.register("bid", guests.has_guest_access)
        access.register_guests("bid", access.GuestList(guests_of, guests.end_guest))
        succession.register(
            "1 invitations",
            succession.Mover(
                "Invitations to open calls",
                holding.open_invitations,
                holding.hand_over_invitations,
            ),
        )
        succession.register(
            "2 bids",
            succession.Mover("Live bids", holding.live_bids, holding.hand_over_bids),
        )
