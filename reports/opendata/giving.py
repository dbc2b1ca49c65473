"""Grants in the 360Giving Data Standard 1.4, and whether they keep to it."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from carefund.core import clock, years
from grants.awards.models import DeterminationShare, Offer
from grants.benefits.valuing import months
from programmes.organisations.models import Organisation

SCHEMAS = Path(__file__).parent / "schemas"
# The package schema of 1.4.3 asks for the grant schema of 1.4.2.
GRANT_ADDRESSES = ("1.4.2", "1.4.3")
ADDRESS = "https://raw.githubusercontent.com/ThreeSixtyGiving/standard/{}/schema/{}"
GEO_TYPES = {"UA": "UA", "MD": "MD", "LBO": "LONB", "CC": "LONB", "CTY": "CTY"}
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
LONGEST_TITLE = 140
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def publishable(offers: Iterable[Offer]) -> Iterator[Offer]:
    """Real awards whose amount was published: nothing that is a sample or shares out a sum."""
    for offer in offers:
        made_up = offer.is_sample or offer.organisation.is_sample
        if not made_up and not offer.amount_precision.startswith("sample"):
            yield offer


def package(
    offers: Iterable[Offer], address: str, shares: Iterable[DeterminationShare] = ()
) -> dict[str, Any]:
    """The package as published at `address`; its list of grants may be empty."""
    grants = [grant(offer) for offer in publishable(offers)]
    real = (s for s in shares if not (s.determination.is_sample or s.organisation.is_sample))
    grants += [determined(share) for share in real]
    funders = {each["fundingOrganization"][0]["id"]: each for each in grants}
    first = next(iter(funders.values()), None)
    publisher = first["fundingOrganization"][0] if first else {"id": "", "name": ""}
    today = clock.today().isoformat()
    return {
        "version": "1.4",
        "title": "Grants for digital social care",
        "description": (
            "Accepted grants whose amounts were published. Sample data of the service and amounts "
            "that were shared out for want of a published one are left out."
        ),
        "identifier": f"{settings.THREESIXTY_PREFIX}-digital-social-care",
        "issued": today,
        "modified": today,
        "publisher": {"identifier": publisher["id"], "name": publisher["name"]},
        "downloadURL": address,
        "license": LICENCE,
        "grants": grants,
    }


def grant(offer: Offer) -> dict[str, Any]:
    project, funder = offer.project, offer.bid.call.programme.funder
    found: dict[str, Any] = {
        "id": f"{settings.THREESIXTY_PREFIX}-{offer.reference}".replace(" ", "_"),
        "title": project.title[:LONGEST_TITLE],
        "description": _description(offer),
        "currency": "GBP",
        "amountAwarded": _number(offer.amount),
        "awardDate": offer.answered_in_london.date().isoformat(),
        "recipientOrganization": [_organisation(offer)],
        "fundingOrganization": [{"id": funder.org_id, "name": funder.name}],
        "grantProgramme": [
            {"code": offer.bid.call.programme.code, "title": offer.bid.call.programme.name}
        ],
        "plannedDates": [_planned(project.starts_on, project.ends_on)],
        "fromOpenCall": "Yes",
        "dateModified": offer.answered_in_london.isoformat(timespec="seconds"),
    }
    if place := _place(offer.organisation):
        found |= {"beneficiaryLocation": [place], "locationScope": "GLS050"}
    if offer.source.startswith(("http://", "https://")):
        found["dataSource"] = offer.source.split()[0].rstrip(";,")
    return found


def determined(share: DeterminationShare) -> dict[str, Any]:
    """A section 31 grant to one authority: by formula, and so from no open call."""
    row, place = share.determination, _place(share.organisation)
    funder, year = row.programme.funder, row.financial_year
    name = f"{settings.THREESIXTY_PREFIX}-{row.reference}-{share.organisation.org_id}"
    found: dict[str, Any] = {
        "id": name.replace(" ", "_"),
        "title": f"Section 31 grant: {row.title}"[:LONGEST_TITLE],
        "description": row.purpose.strip() or row.title,
        "currency": "GBP",
        "amountAwarded": _number(share.amount),
        "awardDate": row.issued_in_london.date().isoformat(),
        "recipientOrganization": [
            {"id": share.organisation.org_id, "name": share.organisation.name}
        ],
        "fundingOrganization": [{"id": funder.org_id, "name": funder.name}],
        "grantProgramme": [{"code": row.programme.code, "title": row.programme.name}],
        "plannedDates": [_planned(years.first_day(year), years.last_day(year))],
        "fromOpenCall": "No",
        "dateModified": row.issued_in_london.isoformat(timespec="seconds"),
    }
    if place:
        found |= {"beneficiaryLocation": [place], "locationScope": "GLS050"}
    return found


def _number(amount: Any) -> float | int:
    """A JSON number; no sum of pounds that is published is beyond what one holds exactly."""
    return int(amount) if amount == int(amount) else float(amount)


def _description(offer: Offer) -> str:
    project = offer.project
    text = project.summary.strip() or project.title
    if text == project.title:
        text = f"{text}, by {offer.awarded_to}"
    if offer.amount_precision != "exact":
        text = f"{text} (amount {offer.amount_precision})"
    return text


def _organisation(offer: Offer) -> dict[str, Any]:
    """Who was awarded it, by the name of that day; a successor changes nothing here."""
    organisation = offer.organisation
    found: dict[str, Any] = {"id": organisation.org_id, "name": offer.awarded_to}
    if place := _place(organisation):
        found["location"] = [place]
    return found


def _place(organisation: Organisation) -> dict[str, str] | None:
    kind = GEO_TYPES.get(organisation.authority_type)
    if kind is None or not organisation.gss_code:
        return None
    return {
        "name": organisation.short_name,
        "countryCode": "GB",
        "geoCode": organisation.gss_code,
        "geoCodeType": kind,
    }


def _planned(starts_on: date, ends_on: date) -> dict[str, Any]:
    return {
        "startDate": starts_on.isoformat(),
        "endDate": ends_on.isoformat(),
        "duration": round(months(starts_on, ends_on)),
    }


def problems(package: dict[str, Any]) -> list[str]:
    """What keeps the package from being published: by the schema, then what no schema sees."""
    found = [
        f"{'/'.join(map(str, error.absolute_path)) or 'package'}: {error.message}"
        for error in _validator().iter_errors(package)
    ]
    seen: set[str] = set()
    for each in package.get("grants", []):
        name = str(each.get("id", ""))
        if name in seen:
            found.append(f"{name}: two grants have this identifier")
        seen.add(name)
        found += [f"{name}: {problem}" for problem in _of_grant(each)]
    return found


def _of_grant(each: dict[str, Any]) -> Iterator[str]:
    scope = each.get("locationScope")
    if scope and scope not in _codes("locationScope"):
        yield f"location scope {scope} is not in the code list"
    for path, value in _leaves(each):
        if path == "geoCodeType" and value not in _codes("geoCodeType"):
            yield f"geographic code type {value} is not in the code list"
        if path.lower().endswith("date") and DAY.match(str(value)) and not _is_day(value):
            yield f"{path} {value} is not a day of the calendar"


def _leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, key)
    else:
        yield key, value


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


@cache
def _codes(name: str) -> frozenset[str]:
    with (SCHEMAS / f"{name}.csv").open(encoding="utf-8-sig", newline="") as source:
        return frozenset(row["Code"] for row in csv.DictReader(source))


@cache
def _validator() -> Draft202012Validator:
    grant_schema = _schema("360-giving-schema.json")
    resource = DRAFT202012.create_resource(grant_schema)
    addresses = [ADDRESS.format(v, "360-giving-schema.json") for v in GRANT_ADDRESSES]
    known = Registry().with_resources([(address, resource) for address in addresses])
    # Without the check of date-times, a plain date fits both of two exclusive patterns.
    return Draft202012Validator(
        _schema("360-giving-package-schema.json"),
        registry=known,
        format_checker=FormatChecker(),
    )


def _schema(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
