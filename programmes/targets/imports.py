"""Statements about targets from a spreadsheet, written through the same action as typed ones."""

from typing import Any

from django.core.exceptions import ValidationError
from import_export import fields, resources, widgets

from carefund.core.errors import Refused
from carefund.importing.registry import Importer, register

from .actions import Statement, check, record_observation
from .models import Target, TargetObservation

COLUMNS = ("target", "date", "value", "kind", "statement", "source")
EXAMPLE = ("dscr", "2026-03-31", "81.5", "actual", "What was said", "Where it was published")


class StatementSheet(resources.ModelResource):
    target = fields.Field("target", "target", widgets.ForeignKeyWidget(Target, "code"))
    on = fields.Field("on", "date", widgets.DateWidget("%Y-%m-%d"))
    value = fields.Field("value", "value", widgets.DecimalWidget())
    kind = fields.Field("kind", "kind")
    statement = fields.Field("statement", "statement")
    source = fields.Field("source", "source")

    class Meta:
        model = TargetObservation
        fields = ("target", "on", "value", "kind", "statement", "source")
        import_id_fields = ()
        skip_diff = True

    def __init__(self, by: Any) -> None:
        super().__init__()
        self.by = by

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):  # noqa: FBT002 - its signature
        found = dict(import_validation_errors or {})
        if instance.target_id and not self.by.has_perm("targets.record", instance.target):
            found["target"] = ValidationError("You may not record statements about this target.")
        for name, attribute in (("date", "on"), ("value", "value")):
            if getattr(instance, attribute, None) is None and attribute not in found:
                found[name] = ValidationError(f"Enter a {name}.")
        if not found:
            try:
                check(_said(instance))
            except Refused as problem:
                found["__all__"] = ValidationError(problem.message)
        if found:
            raise ValidationError(found)

    def do_instance_save(self, instance, is_create):
        record_observation(target=instance.target, said=_said(instance), by=self.by)


def _said(row: TargetObservation) -> Statement:
    return Statement(row.on, row.value, row.kind, row.statement or "", row.source or "")


register(
    Importer(
        kind="target-statements",
        title="statements about targets",
        permission="targets.record",
        columns=COLUMNS,
        example=EXAMPLE,
        resource=StatementSheet,
    )
)
