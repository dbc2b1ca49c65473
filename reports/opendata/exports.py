"""The register as rows, and the 360Giving package as JSON, spreadsheet and CSV."""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from carefund.core import years
from carefund.core.sheets import csv_parts
from grants.awards.models import DeterminationShare, Offer

REGISTER = (
    "Reference",
    "Project",
    "Organisation",
    "Organisation identifier",
    "Programme",
    "Funder",
    "Theme",
    "Region",
    "Awarded on",
    "Financial year",
    "Amount",
    "How the amount was published",
    "Source",
    "Sample data",
    "Kind of grant",
)
# Column titles of the standard, with where their values stand in a grant.
COLUMNS: tuple[tuple[str, tuple[str | int, ...]], ...] = (
    ("Identifier", ("id",)),
    ("Title", ("title",)),
    ("Description", ("description",)),
    ("Currency", ("currency",)),
    ("Amount Awarded", ("amountAwarded",)),
    ("Award Date", ("awardDate",)),
    ("Planned Dates:Start Date", ("plannedDates", 0, "startDate")),
    ("Planned Dates:End Date", ("plannedDates", 0, "endDate")),
    ("Planned Dates:Duration (months)", ("plannedDates", 0, "duration")),
    ("Recipient Org:Identifier", ("recipientOrganization", 0, "id")),
    ("Recipient Org:Name", ("recipientOrganization", 0, "name")),
    ("Funding Org:Identifier", ("fundingOrganization", 0, "id")),
    ("Funding Org:Name", ("fundingOrganization", 0, "name")),
    ("Grant Programme:Code", ("grantProgramme", 0, "code")),
    ("Grant Programme:Title", ("grantProgramme", 0, "title")),
    ("Beneficiary Location:Name", ("beneficiaryLocation", 0, "name")),
    ("Beneficiary Location:Country Code", ("beneficiaryLocation", 0, "countryCode")),
    ("Beneficiary Location:Geographic Code", ("beneficiaryLocation", 0, "geoCode")),
    ("Beneficiary Location:Geographic Code Type", ("beneficiaryLocation", 0, "geoCodeType")),
    ("Location Scope", ("locationScope",)),
    ("From An Open Call?", ("fromOpenCall",)),
    ("Last Modified", ("dateModified",)),
    ("Data Source", ("dataSource",)),
)


def register_rows(
    offers: Iterable[Offer], shares: Iterable[DeterminationShare] = ()
) -> Iterator[list[Any]]:
    yield list(REGISTER)
    for offer in offers:
        programme, place = offer.bid.call.programme, offer.organisation
        day = offer.answered_in_london.date()
        yield [
            offer.project.reference,
            offer.project.title,
            offer.awarded_to,
            place.org_id,
            programme.name,
            programme.funder.name,
            offer.bid.theme.name if offer.bid.theme else "",
            place.region.name if place.region else "",
            day,
            years.label(years.financial_year(day)),
            offer.amount,
            offer.amount_precision,
            offer.source,
            "yes" if offer.is_sample or offer.project.is_sample else "no",
            "Grant for a project",
        ]
    for share in shares:
        yield _determined(share)


def _determined(share: DeterminationShare) -> list[Any]:
    row, place = share.determination, share.organisation
    return [
        row.reference,
        row.title,
        place.name,
        place.org_id,
        row.programme.name,
        row.programme.funder.name,
        "",
        place.region.name if place.region else "",
        row.issued_in_london.date(),
        years.label(row.financial_year),
        share.amount,
        "exact",
        "",
        "yes" if row.is_sample or place.is_sample else "no",
        "Section 31 grant",
    ]


def _cell(grant: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        try:
            grant = grant[step]
        except (KeyError, IndexError):
            return ""
    return grant


def _table(package: dict[str, Any]) -> Iterator[list[Any]]:
    yield [title for title, _ in COLUMNS]
    for grant in package["grants"]:
        yield [_cell(grant, path) for _, path in COLUMNS]


def as_json(package: dict[str, Any]) -> bytes:
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(package: dict[str, Any]) -> bytes:
    return "".join(csv_parts(_table(package))).encode()


def as_xlsx(package: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": package["title"]})
    sheet, meta = book.add_worksheet("Grants"), book.add_worksheet("Meta")
    for place, row in enumerate(_table(package)):
        sheet.write_row(place, 0, row)
    for place, (key, value) in enumerate(package.items()):
        if not isinstance(value, list):
            text = value if isinstance(value, str) else ", ".join(value.values())
            meta.write_row(place, 0, [key, text])
    book.close()
    return buffer.getvalue()


@dataclass(frozen=True)
class Giving:
    content_type: str
    render: Callable[[dict[str, Any]], bytes]


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GIVING = {
    "json": Giving("application/json", as_json),
    "csv": Giving("text/csv; charset=utf-8", as_csv),
    "xlsx": Giving(XLSX, as_xlsx),
}
