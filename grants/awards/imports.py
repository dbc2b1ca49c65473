"""The amounts of a section 31 determination from a spreadsheet, one row for each authority."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from import_export import fields, widgets

from carefund.core.money import InexactMoney, pounds
from carefund.importing.bulk import CHANGED, UNCHANGED, BulkSheet, Row
from carefund.importing.registry import Importer, register
from carefund.importing.widgets import Known
from programmes.organisations.models import Organisation

from .actions import hold_drafts, set_share
from .models import Determination, DeterminationShare

COLUMNS = ("determination", "authority identifier", "authority", "amount")
DRAFT = (Determination, "reference", "There is no determination with this reference.")
AUTHORITY = (Organisation, "org_id", "There is no organisation with this identifier.")
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


class ShareSheet(BulkSheet):
    """Some hundred rows at most, each written by the action that a typed amount goes through."""

    repeated = ("authority identifier", "This authority has a row already: row {first}.")
    determination = fields.Field("determination", "determination", Known(*DRAFT))
    organisation = fields.Field("organisation", "authority identifier", Known(*AUTHORITY))
    amount = fields.Field("amount", "amount", Pounds())

    def identity(self, values: dict[str, Any]) -> tuple[int, int]:
        return values["determination"].pk, values["organisation"].pk

    def judge(self, row: Row) -> None:
        wrong, determination = {}, row.values["determination"]
        if not self.may("awards.make_determination", determination):
            wrong["determination"] = DRAFT[2]
        elif determination.state != "draft":
            wrong["determination"] = "This determination is no longer a draft."
        if row.values["organisation"].kind != Organisation.Kind.LOCAL_AUTHORITY:
            wrong["authority identifier"] = "This is not a local authority."
        if wrong:
            raise ValidationError(wrong)

    def compare(self, rows: Sequence[Row]) -> None:
        known = DeterminationShare.objects.filter(
            determination__in={row.values["determination"].pk for row in rows},
            organisation__in={row.values["organisation"].pk for row in rows},
        )
        amounts = {(share.determination_id, share.organisation_id): share for share in known}
        for row in rows:
            if share := amounts.get(self.identity(row.values)):
                row.change = UNCHANGED if share.amount == row.values["amount"] else CHANGED
                row.before = row.basis = str(share.amount)

    def hold(self) -> None:
        hold_drafts()

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            set_share(**row.values, by=self.by)


register(
    Importer(
        kind="determination-amounts",
        title="amounts of a section 31 determination",
        permission="awards.make_determination",
        columns=COLUMNS,
        example=EXAMPLE,
        sheet=ShareSheet,
        most_rows=10_000,
    )
)
