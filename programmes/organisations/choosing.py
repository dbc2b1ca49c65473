"""The register as questions of a form choose from it."""

from collections.abc import Callable, Iterable

from django.db.models import Case, IntegerField, QuerySet, Value, When

from carefund.core import clock
from carefund.questions.sources import Found, Source

from .models import Organisation
from .queries import filtered

MOST_FOUND = 12
AREAS = (Organisation.Kind.LOCAL_AUTHORITY, Organisation.Kind.INTEGRATED_CARE_BOARD)
Rows = Callable[[], QuerySet[Organisation]]


def _today() -> QuerySet[Organisation]:
    return Organisation.objects.valid_on(clock.today())


def _areas() -> QuerySet[Organisation]:
    return _today().filter(kind__in=AREAS)


def _found(row: Organisation) -> Found:
    region = row.region.name if row.region else ""
    return Found(row.org_id, row.name, ", ".join(filter(None, [row.get_kind_display(), region])))


def _source(rows: Rows) -> Source:
    def search(words: str) -> list[Found]:
        """Those first whose name begins with the words."""
        begins = Case(
            When(name__istartswith=words.strip(), then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        found = filtered(rows(), words, "").annotate(place=begins).select_related("region")
        return [_found(row) for row in found.order_by("place", "name")[:MOST_FOUND]]

    def named(ids: Iterable[str]) -> dict[str, Found]:
        found = rows().filter(org_id__in=list(ids)[:200]).select_related("region")
        return {row.org_id: _found(row) for row in found}

    return Source(search, named)


ORGANISATIONS = _source(_today)
AREAS_COVERED = _source(_areas)
