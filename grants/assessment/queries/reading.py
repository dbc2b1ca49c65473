"""What assessors read where the call has bids assessed without names."""

import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from carefund.questions.display import ShownSection, shown
from grants.bids.models import Bid
from grants.bids.queries import form_of, submitted_answers
from programmes.organisations.models import Membership

HIDDEN = "[name hidden]"
SHORTEST = 3  # letters of a name that is looked for
# What organisations are called without: "Leeds City Council" is also "Leeds".
KIND_OF_COUNCIL = re.compile(
    r"\b(?:city|county|borough|district|metropolitan|london borough of|royal borough of|council|"
    r"unitary authority|of)\b",
    re.IGNORECASE,
)


def names_of(bid: Bid) -> list[str]:
    """What would tell who bids, the longest first: the bidder, its people, its partners."""
    organisation = bid.organisation
    names = {organisation.name, organisation.short_name}
    names |= {" ".join(KIND_OF_COUNCIL.sub(" ", name).split()) for name in list(names)}
    people = Membership.objects.filter(organisation=bid.organisation_id).select_related("user")
    names |= {row.user.name for row in people}
    names |= set(bid.partners.values_list("organisation", flat=True))
    return sorted(
        {n.strip() for n in names if len(n.strip()) >= SHORTEST}, key=lambda n: (-len(n), n)
    )


def without(names: Iterable[str], value: Any) -> Any:
    """`value` without `names` and addresses in any of its texts; files get a number for a name."""
    found = "|".join(re.escape(name) for name in names)
    pattern = re.compile(rf"(?<!\w)(?:{found})(?!\w)|\S+@\S+\.\w+", re.IGNORECASE)

    def clean(one: Any, place: int = 1) -> Any:
        if isinstance(one, str):
            return pattern.sub(HIDDEN, one)
        if isinstance(one, list):
            return [clean(item, number) for number, item in enumerate(one, 1)]
        if isinstance(one, dict):
            if {"id", "name"} <= one.keys():
                return {**one, "name": plain_file_name(one["name"], place)}
            return {key: clean(item) for key, item in one.items()}
        return one

    return clean(value)


def plain_file_name(name: str, number: int = 1) -> str:
    return f"document-{number}{PurePath(name).suffix.lower()}"


def title_for(bid: Bid) -> str:
    """The title as its assessors read it."""
    if not bid.call.anonymous_assessment:
        return bid.title
    title: str = without(names_of(bid), bid.title)
    return title


def sections_for(bid: Bid, only: frozenset[str] | None = None) -> list[ShownSection]:
    """The answers as assessors of the bid read them."""
    answers: Any = submitted_answers(bid)
    if bid.call.anonymous_assessment:
        answers = without(names_of(bid), answers)
    return shown(form_of(bid), answers, notes=True, only=only)
