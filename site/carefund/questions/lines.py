"""The lines of a budget as they are stored, added up."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from carefund.core import years

from .values import number

Place = tuple[str, int, str]  # category, financial year, kind of money
ZERO = Decimal(0)


def kinds_of(options: Mapping[str, Any]) -> list[str]:
    return list(options.get("kinds") or years.Kind.values)


def amounts_of(value: Any) -> dict[Place, Decimal]:
    """Pounds by place; what is no amount counts as nothing."""
    sums: dict[Place, Decimal] = {}
    for line in (value or {}).get("lines", []):
        place = (line["category"], line["year"], line["kind"])
        sums[place] = sums.get(place, ZERO) + (number(line["amount"]) or ZERO)
    return sums


def match_of(value: Any) -> Decimal:
    return number((value or {}).get("match_funding") or 0) or ZERO
