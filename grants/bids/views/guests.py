"""Partners and consultants who are let in to one bid."""

from functools import partial

from carefund.core.access import fresh, permitted_on_object
from carefund.core.paths import path_to
from programmes.organisations.guest_pages import end_page, invite_page, people_page

from .. import actions, queries
from ..rules import access_bid, access_guest


def _back(bid):
    return path_to("bids:people", bid.reference)


@permitted_on_object("bids.view_own")
def people(request, reference):
    bid = access_bid(request.user, reference, "bids.view_own")
    return people_page(
        request,
        thing=bid,
        noun="bid",
        back=path_to("bids:task_list", bid.reference),
        guests=queries.guests_of_bid(bid),
        may_invite=request.user.has_perm("bids.invite_guest", bid),
        may_end=request.user.has_perm("bids.end_guest", bid),
        invite_href=path_to("bids:invite_guest", bid.reference),
        end_name="bids:end_guest",
    )


@permitted_on_object("bids.invite_guest")
@fresh
def invite(request, reference):
    bid = access_bid(request.user, reference, "bids.invite_guest")
    return invite_page(
        request, thing=bid, back=_back(bid), do=partial(actions.invite_guest, bid=bid)
    )


@permitted_on_object("bids.end_guest")
@fresh
def end(request, reference, number):
    bid = access_bid(request.user, reference, "bids.view_own")
    row = access_guest(request.user, bid, number)
    return end_page(request, access=row, back=_back(bid), do=actions.end_guest)
