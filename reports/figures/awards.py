"""Awards: offers that were accepted."""

from collections.abc import Iterator

from .facts import Facts
from .model import How, Row, Unit
from .registry import figure
from .stocks import Grain

ACCEPTED = "Offers of the programme that the bidder had accepted by the as-at day"


def awards(facts: Facts, _grain: Grain) -> Iterator[Row]:
    yield from facts.kept("awards", _rows)


def _rows(facts: Facts) -> Iterator[Row]:
    for project in facts.projects:
        offer = project.offer
        yield Row(
            record="Award",
            pk=offer.pk,
            what=f"{offer.reference} {project.title}",
            who=offer.organisation.short_name,
            on=offer.answered_in_london.date(),
            amount=offer.amount,
            tags=facts.project_tags[project.pk],
            sample=offer.is_sample or offer.amount_precision.startswith("sample"),
            source=offer.source,
            group=str(offer.organisation_id),
        )


@figure(
    "awards",
    "Awards",
    "How many grants were accepted. An organisation with two grants counts twice.",
    formula="Number of accepted offers",
    source=ACCEPTED,
    unit=Unit.NUMBER,
    how=How.COUNT,
)
def number(facts: Facts, _grain: Grain) -> Iterator[Row]:
    yield from awards(facts, _grain)


@figure(
    "organisations",
    "Organisations funded",
    "How many different organisations hold at least one grant.",
    formula="Number of different organisations among the accepted offers",
    source=ACCEPTED,
    unit=Unit.NUMBER,
    how=How.DISTINCT,
)
def organisations(facts: Facts, _grain: Grain) -> Iterator[Row]:
    yield from awards(facts, _grain)


@figure(
    "awarded",
    "Awarded",
    "The full amount of the accepted grants, whatever year it is paid in.",
    formula="Sum of the amounts of accepted offers",
    source=ACCEPTED,
    unit=Unit.MONEY,
)
def awarded(facts: Facts, _grain: Grain) -> Iterator[Row]:
    yield from awards(facts, _grain)


@figure(
    "award_mean",
    "Mean award",
    "The average size of a grant.",
    formula="Awarded ÷ number of awards, to the penny",
    source=ACCEPTED,
    unit=Unit.MONEY,
    how=How.MEAN,
)
def mean(facts: Facts, _grain: Grain) -> Iterator[Row]:
    yield from awards(facts, _grain)
