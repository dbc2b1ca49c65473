"""The amounts of a section 31 determination from a spreadsheet, one row for each authority."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from import_export import fields, resources, widgets

from carefund.core.money import InexactMoney, pounds
from carefund.importing.registry import Importer, register
from programmes.organisations.models import Organisation

from .actions import set_share
from .models import Determination, DeterminationShare

COLUMNS = ("determination", "authority identifier", "authority", "amount")
EXAMPLE = ("The reference of the draft", "GB-LAE-SHR", "The name, for reading only", "1234.56")


class Pounds(widgets.Widget):
    """An amount to the penny: never a float, never rounded."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal:
        text = str(value or "").replace("£", "").replace(",", "").strip()
        try:
            amount = pounds(Decimal(text))
        except (InvalidOperation, InexactMoney) as error:
            raise ValueError("Enter an amount in pounds with at most two decimals.") from error
        if amount <= 0:
            raise ValueError("Enter an amount above nothing.")
        return amount


class Known(widgets.ForeignKeyWidget):
    """A row that must exist; says so in words."""

    def __init__(self, model: Any, field: str, words: str) -> None:
        super().__init__(model, field)
        self.words = words

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        found = self.model.objects.filter(**{self.field: value}).first() if value else None
        if found is None:
            raise ValueError(self.words)
        return found


class ShareSheet(resources.ModelResource):
    determination = fields.Field(
        "determination",
        "determination",
        Known(Determination, "reference", "There is no determination with this reference."),
    )
    organisation = fields.Field(
        "organisation",
        "authority identifier",
        Known(Organisation, "org_id", "There is no organisation with this identifier."),
    )
    amount = fields.Field("amount", "amount", Pounds())

    class Meta:
        model = DeterminationShare
        fields = ("determination", "organisation", "amount")
        import_id_fields = ()
        skip_diff = True

    def __init__(self, by: Any) -> None:
        super().__init__()
        self.by = by
        self.seen: set[tuple[int, int]] = set()

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):  # noqa: FBT002 - its signature
        found = dict(import_validation_errors or {})
        if instance.determination_id and (problem := self._of_draft(instance.determination)):
            found["determination"] = ValidationError(problem)
        if instance.organisation_id:
            if instance.organisation.kind != Organisation.Kind.LOCAL_AUTHORITY:
                found["authority identifier"] = ValidationError("This is not a local authority.")
            pair = (instance.determination_id or 0, instance.organisation_id)
            if pair in self.seen:
                found["authority identifier"] = ValidationError("This authority has a row already.")
            self.seen.add(pair)
        if found:
            raise ValidationError(found)

    def _of_draft(self, determination: Determination) -> str:
        if not self.by.has_perm("awards.make_determination", determination):
            return "There is no determination with this reference."
        return "" if determination.state == "draft" else "This determination is no longer a draft."

    def do_instance_save(self, instance, is_create):
        set_share(
            determination=instance.determination,
            organisation=instance.organisation,
            amount=instance.amount,
            by=self.by,
        )


register(
    Importer(
        kind="determination-amounts",
        title="amounts of a section 31 determination",
        permission="awards.make_determination",
        columns=COLUMNS,
        example=EXAMPLE,
        resource=ShareSheet,
    )
)
