"""The authorities, boards and funders that the product ships. Loading again changes nothing."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from carefund.core.tables import rows

from .models import BoardShare, FormerCode, Organisation, Region, Succession

DATA = Path(__file__).parent / "data"
LONG_AGO = date(1974, 4, 1)
BOARDS_BEGAN = date(2022, 7, 1)
Kind = Organisation.Kind
AUTHORITY_SOURCE = "mySociety UK local authority names and codes 1.7.3 (CC BY 4.0)"


def load() -> int:
    """Write all organisations and how they hang together; returns how many organisations."""
    with transaction.atomic():
        count = _funders() + _authorities() + _former_authorities() + _boards()
        _former_codes()
        _successions()
        _shares()
    return count


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _put(org_id: str, **values: Any) -> int:
    known = Organisation.objects.filter(org_id=org_id).first()
    if known and known.names.exists():
        # Renamed in the service: the list that is shipped may be older.
        values = {k: v for k, v in values.items() if k not in {"name", "short_name"}}
    Organisation.objects.update_or_create(org_id=org_id, defaults=values)
    return 1


def _funders() -> int:
    return sum(
        _put(
            row["org_id"],
            kind=Kind.DEPARTMENT,
            name=row["name"],
            short_name=row["short_name"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            source=row["source"],
        )
        for row in rows(DATA / "funders.csv")
    )


def _authorities() -> int:
    count = 0
    for row in rows(DATA / "authorities.csv"):
        region, _ = Region.objects.update_or_create(
            code=row["region_code"], defaults={"name": row["region_name"]}
        )
        count += _put(
            row["org_id"],
            kind=Kind.LOCAL_AUTHORITY,
            name=row["name"],
            short_name=row["short_name"],
            code=row["code"],
            gss_code=row["gss_code"],
            authority_type=row["type"],
            region=region,
            population=int(row["population_2020"] or 0) or None,
            valid_from=_day(row["valid_from"]) or LONG_AGO,
            source=AUTHORITY_SOURCE,
        )
    return count


def _former_authorities() -> int:
    return sum(
        _put(
            row["org_id"],
            kind=Kind.LOCAL_AUTHORITY,
            name=row["name"],
            short_name=row["short_name"],
            code=row["code"],
            gss_code=row["gss_code"],
            authority_type=row["type"],
            region=Region.objects.get(name=row["region_name"]),
            valid_from=LONG_AGO,
            valid_to=_day(row["valid_to"]),
            source="ONS Code History Database (OGL v3)",
        )
        for row in rows(DATA / "former_authorities.csv")
    )


def _boards() -> int:
    return sum(
        _put(
            row["org_id"],
            kind=Kind.INTEGRATED_CARE_BOARD,
            name=row["name"],
            short_name=row["name"].removeprefix("NHS ").removesuffix(" Integrated Care Board"),
            code=row["ods_code"],
            gss_code=row["gss_code"],
            valid_from=_day(row["valid_from"]),
            source="ONS LSOA (2021) to ICB (2024) lookup (OGL v3)",
        )
        for row in rows(DATA / "boards.csv")
    )


def _by_code(kind: str) -> dict[str, Organisation]:
    return {row.code: row for row in Organisation.objects.filter(kind=kind).exclude(code="")}


def _former_codes() -> None:
    authorities = _by_code(Kind.LOCAL_AUTHORITY)
    for row in rows(DATA / "former_codes.csv"):
        FormerCode.objects.update_or_create(
            organisation=authorities[row["code"]],
            gss_code=row["gss_code"],
            defaults={"valid_to": date.fromisoformat(row["valid_to"])},
        )


def _successions() -> None:
    authorities = _by_code(Kind.LOCAL_AUTHORITY)
    for row in rows(DATA / "former_authorities.csv"):
        for code in row["successors"].split():
            Succession.objects.update_or_create(
                predecessor=authorities[row["code"]],
                successor=authorities[code],
                defaults={"on": date.fromisoformat(row["valid_to"])},
            )


def _shares() -> None:
    authorities = _by_code(Kind.LOCAL_AUTHORITY)
    boards = _by_code(Kind.INTEGRATED_CARE_BOARD)
    for row in rows(DATA / "authority_boards.csv"):
        authority = authorities[row["authority_code"]]
        BoardShare.objects.update_or_create(
            authority=authority,
            board=boards[row["board_ods_code"]],
            valid_from=max(authority.valid_from, BOARDS_BEGAN),
            defaults={
                "share": Decimal(row["share"]),
                "is_primary": row["is_primary"] == "yes",
            },
        )
    _regions_of_boards(boards)


def _regions_of_boards(boards: dict[str, Organisation]) -> None:
    """A board stands in the region in which the most authorities have it as their primary."""
    for board in boards.values():
        regions = [
            share.authority.region
            for share in board.authority_shares.filter(is_primary=True).select_related(
                "authority__region"
            )
        ]
        if regions:
            board.region = max(regions, key=lambda r: (regions.count(r), r.name if r else ""))
            board.save(update_fields=["region"])
