"""Statements about targets from a spreadsheet, under the rules of typed ones, many at a time."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from import_export import fields

from carefund.importing.bulk import CHANGED, UNCHANGED, BulkSheet, Row
from carefund.importing.registry import Importer, register
from carefund.importing.widgets import Day, Known, Typed
from programmes.organisations.models import Organisation

from . import fields as typed
from .actions import Statement, check, hold_targets, record_observations
from .models import Target
from .queries import Asked, Standing, standing_of_all

COLUMNS = ("target", "date", "value", "kind", "statement", "source")
# An organisation's identifier; empty, or without the column, the statement is about England.
OPTIONAL = ("area",)
EXAMPLE = (
    *("dscr", "2026-03-31", "81.5", "actual", "What was said", "Where it was published"),
    "GB-LAE-SHR",
)


class StatementSheet(BulkSheet):
    repeated = ("", "Row {first} is about the same target, date, kind and area. Take one out.")
    target = fields.Field(
        "target",
        "target",
        Known(Target, "code", "There is no target with this code.", related=("programme",)),
    )
    on = fields.Field("on", "date", Day())
    value = fields.Field("value", "value", Typed(typed.value()))
    kind = fields.Field("kind", "kind", Typed(typed.kind()))
    statement = fields.Field("statement", "statement", Typed(typed.statement()))
    source = fields.Field("source", "source", Typed(typed.source()))
    area = fields.Field(
        "area",
        "area",
        Known(
            Organisation, "org_id", "There is no organisation with this identifier.", optional=True
        ),
    )

    def __init__(self, by: Any) -> None:
        super().__init__(by)
        self._standing: dict[int, Standing] = {}

    def identity(self, values: dict[str, Any]) -> Asked:
        return _asked(values)

    def judge(self, row: Row) -> None:
        if not self.may("targets.record", row.values["target"]):
            raise ValidationError({"target": "You may not record statements about this target."})
        check(_said(row.values))

    def compare(self, rows: Sequence[Row]) -> None:
        found = standing_of_all([_asked(row.values) for row in rows])
        self._standing = {rows[place].number: standing for place, standing in found.items()}
        for row in rows:
            if standing := self._standing.get(row.number):
                said = (row.values["value"], row.values["statement"], row.values["source"])
                row.change = UNCHANGED if standing[1:] == said else CHANGED
                row.before, row.basis = str(standing.value), str(standing.pk)

    def hold(self) -> None:
        hold_targets()

    def write(self, rows: Sequence[Row]) -> None:
        standing = self._standing.get
        record_observations(
            rows=[(r.values["target"], _said(r.values), standing(r.number)) for r in rows],
            by=self.by,
        )


def _asked(values: dict[str, Any]) -> Asked:
    area = values["area"]
    return Asked(values["target"].pk, values["on"], values["kind"], area.pk if area else None)


def _said(values: dict[str, Any]) -> Statement:
    return Statement(
        values["on"],
        values["value"],
        values["kind"],
        values["statement"],
        values["source"],
        values["area"],
    )


register(
    Importer(
        kind="target-statements",
        title="statements about targets",
        permission="targets.record",
        columns=COLUMNS,
        optional=OPTIONAL,
        example=EXAMPLE,
        sheet=StatementSheet,
    )
)
