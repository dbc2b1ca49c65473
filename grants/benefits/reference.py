"""Deflators, discount rates and optimism bias. Loading again changes nothing."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from carefund.core import years
from carefund.core.tables import rows

from .models import Deflator, DiscountRate, OptimismBias

DATA = Path(__file__).parent / "data"


def load() -> int:
    """Write the appraisal tables; returns how many rows."""
    with transaction.atomic():
        return _deflators() + _rates() + _bias()


def _deflators() -> int:
    count = 0
    for row in rows(DATA / "gdp_deflator.csv"):
        Deflator.objects.update_or_create(
            series=row["series"],
            financial_year=years.parse_short(row["financial_year"]),
            defaults={"index": Decimal(row["index"]), "source": row["source"]},
        )
        count += 1
    return count


def _rates() -> int:
    count = 0
    for row in rows(DATA / "discount_rates.csv"):
        DiscountRate.objects.update_or_create(
            purpose=row["purpose"],
            valid_from=date.fromisoformat(row["valid_from"]),
            from_year=int(row["from_year"]),
            defaults={
                "to_year": int(row["to_year"]) if row["to_year"] else None,
                "rate": Decimal(row["rate"]),
                "source": row["source"],
            },
        )
        count += 1
    return count


def _number(text: str) -> int | None:
    return int(text) if text else None


def _bias() -> int:
    count = 0
    for row in rows(DATA / "optimism_bias.csv"):
        OptimismBias.objects.update_or_create(
            project_type=row["project_type"],
            defaults={
                "duration_upper": _number(row["duration_upper"]),
                "duration_lower": _number(row["duration_lower"]),
                "cost_upper": int(row["cost_upper"]),
                "cost_lower": int(row["cost_lower"]),
                "note": row["note"],
                "source": row["source"],
            },
        )
        count += 1
    return count
