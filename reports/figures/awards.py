"""Awards: offers that were accepted, and beside them grants by determination."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Exists, OuterRef
from django.db.models.functions import Cast

from carefund.core import years
from grants.awards.models import Determination
from programmes.funds.models import LedgerEntry

from .facts import NO_THEME, Facts
from .model import How, Row, Unit
from .registry import figure
from .stocks import Grain

ACCEPTED = "Offers of the programme that the bidder had accepted by the as-at day"


def awards(facts: Facts, _grain: Grain) -> Iterator[Row]:
    yield from facts.kept("awards", _rows)


def _rows(facts: Facts) -> Iterator[Row]:
    for award in facts.awards:
        yield Row(
            record="Award",
            pk=award.offer,
            what=f"{award.offer_reference} {award.title}",
            who=award.to.short_name,
            on=award.on,
            amount=award.amount,
            tags=facts.project_tags[award.pk],
            sample=award.made_up,
            source=award.offer_source,
            group=str(award.to.pk),
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


@figure(
    "determined",
    "Section 31 grants",
    "Grants by formula to many authorities at once. They stand beside the grants that were bid "
    "for, and are in no figure of those.",
    formula="Sum of the commitments of section 31 determinations, less what was taken back",
    source="The ledger of the programme: entries of section 31 determinations",
    unit=Unit.MONEY,
)
def determined(facts: Facts, _grain: Grain) -> Iterator[Row]:
    yield from facts.kept("determined", _determined)


def _determined(facts: Facts) -> Iterator[Row]:
    kind = ContentType.objects.get_for_model(Determination)
    entries = LedgerEntry.objects.filter(
        line__programme=facts.programme,
        subject_type=kind,
        column=LedgerEntry.Column.COMMITTED,
        recorded_at__lte=facts.moment,
    )
    mine = Cast(OuterRef("subject_id"), BigIntegerField())
    entries = entries.annotate(
        made_up=Exists(Determination.objects.filter(is_sample=True, pk=mine))
    )
    for entry in entries.select_related("line", "organisation__region").order_by("pk"):
        place = facts.bodies.add(entry.organisation) if entry.organisation else None
        yield Row(
            record="Ledger entry",
            pk=entry.pk,
            what=entry.subject_name or entry.reason,
            who=place.short_name if place else "",
            on=entry.occurred_on,
            amount=entry.amount,
            tags={
                **facts.place(place),
                "theme": NO_THEME,
                "project": "",
                "year": years.label(entry.line.financial_year),
                "kind": entry.line.kind,
            },
            sample=entry.made_up or bool(place and place.is_sample),
            source=entry.reason,
        )
