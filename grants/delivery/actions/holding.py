"""A successor goes on with the live projects of an organisation that ends."""

from datetime import date

from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.record import record
from grants.bids.actions import hand_over as hand_over_bid
from programmes.organisations.models import Organisation

from ..models import Project, ProjectHolder
from ..queries import LIVE


def live_projects(organisation: Organisation) -> list[Project]:
    rows = Project.objects.filter(organisation=organisation, state__in=LIVE)
    return list(rows.order_by("pk"))


def hand_over_projects(
    predecessor: Organisation, successor: Organisation, *, on: date, reason: str, by: Actor
) -> None:
    """Claims and returns go on under the successor; the award stays the predecessor's."""
    for project in live_projects(predecessor):
        locked = Project.objects.locked(project.pk)
        ProjectHolder.objects.create(
            project=locked,
            predecessor=predecessor,
            successor=successor,
            on=on,
            reason=reason,
            recorded_at=clock.now(),
            recorded_by=person(by),
        )
        locked.organisation = successor
        locked.save(update_fields=["organisation"])
        record(
            "project.hand_over",
            locked,
            by=by,
            changes={"organisation": (predecessor.name, successor.name)},
            reason=reason,
        )
        hand_over_bid(bid=locked.offer.bid, successor=successor, on=on, reason=reason, by=by)
