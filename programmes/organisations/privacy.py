from collections.abc import Iterator
from typing import Any

from carefund.core.privacy import Tie, hinder, tie

from .models import Membership

tie(
    Tie(
        Membership,
        "user",
        keep="It shows who could act for an organisation, and when.",
        names_person=True,
    )
)


@hinder
def has_a_role(person: Any) -> Iterator[str]:
    for member in Membership.objects.current().filter(user=person).select_related("organisation"):
        yield f"End the role of {member.get_role_display()} at {member.organisation} first."
