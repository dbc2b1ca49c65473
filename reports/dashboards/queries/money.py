"""A programme's money by year: what there is, set aside, promised, paid and free."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db.models import Sum

from carefund.core import clock, years
from programmes.calls.models import Call
from programmes.funds.models import LedgerEntry, Programme
from programmes.funds.queries import LedgerRow, ledger, without_echoes
from reports.charts.base import Series
from reports.charts.columns import ColumnChart
from reports.charts.display import Unit


@dataclass(frozen=True)
class Money:
    """Rows of years and kinds with the whole last, the chart, and what calls have set aside."""

    rows: list[LedgerRow]
    chart: ColumnChart | None
    calls: list[tuple[Call, Decimal]]


def money_of(programme: Programme) -> Money:
    rows = ledger(programme, clock.now())
    return Money(without_echoes(rows), _chart(programme, rows), _set_aside(programme))


def _set_aside(programme: Programme) -> list[tuple[Call, Decimal]]:
    """The calls for which money is set aside now, in two queries."""
    entries = LedgerEntry.objects.filter(
        line__programme=programme,
        column=LedgerEntry.Column.RESERVED,
        subject_type=ContentType.objects.get_for_model(Call),
    )
    sums = entries.values_list("subject_id").annotate(total=Sum("amount")).order_by()
    held = {int(key): total for key, total in sums if total}
    rows = Call.objects.filter(pk__in=held).order_by("closes_at", "pk")
    return [(call, held[call.pk]) for call in rows]


def _chart(programme: Programme, rows: list[LedgerRow]) -> ColumnChart | None:
    by_year = [row for row in rows if row.financial_year and not row.kind]
    if not by_year:
        return None
    parts = (
        ("Paid", [row.paid for row in by_year]),
        ("Committed, not paid", [row.committed - row.paid for row in by_year]),
        ("Reserved for calls", [row.reserved for row in by_year]),
        ("Free", [row.free for row in by_year]),
    )
    return ColumnChart(
        title="How much of each year’s budget is still free?",
        source="The ledger",
        as_at=clock.today(),
        unit=Unit.MONEY,
        labels=tuple(years.label(row.financial_year or 0) for row in by_year),
        series=tuple(Series(name, tuple(values)) for name, values in parts),
        stacked=True,
        sample=programme.is_sample,
        note="The parts of a column are the budget of its year",
    )
