"""Generated content, the same every time: a fixed seed per award, nothing from the clock."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from carefund.core import years

PLACES = (
    "Alderwick", "Brackenholt", "Coldharbour Vale", "Dunmere", "Eastlow", "Fernhallow",
    "Goldacre", "Highmarsh", "Inglewick", "Jessamy", "Kingsfallow", "Larkmoor", "Millbourne Vale",
    "Nettlecombe Rise", "Oakenshaw Mere", "Pennyford", "Quillbrook", "Ravenholt", "Saltmere",
    "Thistlewick", "Underhallow", "Vinterbourne", "Westlow", "Yarrowdale",
)  # fmt: skip
FORMS = ("Borough Council", "County Council", "City Council")
THINGS = (
    "Sensors that learn a person’s usual day",
    "A shared record for care homes and wards",
    "Night monitoring in care homes",
    "Digital records for small home care agencies",
    "Falls prediction from everyday data",
    "A digital red bag for hospital stays",
    "Video visits for isolated older people",
    "One front door for assistive technology",
)
MILESTONES = (
    ("Partners and suppliers agreed", "Signed agreements"),
    ("First people using the service", "Report from the first site"),
    ("Service running in every planned site", "List of sites with dates"),
    ("Evaluation published", "Evaluation report"),
)
BENEFITS = (
    ("Fewer emergency admissions from care homes", "crb", "Emergency admissions a year",
     "admissions", "420", "340", "1900.00"),
    ("Staff time released from paperwork", "ncrb", "Hours of staff time on paperwork a year",
     "hours", "26000", "19000", "16.50"),
    ("Fewer falls at home", "crb", "Falls with injury a year", "falls", "310", "240", "1450.00"),
    ("Shorter stays in hospital", "crb", "Days in hospital of residents a year", "days", "5200",
     "4300", "255.00"),
    ("People feel more independent", "ub", "People who say they feel independent",
     "per cent", "48", "60", ""),
    ("Unpaid carers can keep working", "sb", "Carers who gave up work in a year", "carers", "95",
     "70", "5200.00"),
)  # fmt: skip


def dice(*key: object) -> random.Random:
    """Random numbers that belong to `key` alone, so that adding one award changes no other."""
    return random.Random("carefund:" + ":".join(map(str, key)))  # noqa: S311 - sample data


def milestone_rows(starts_on: date, ends_on: date) -> list[dict[str, Any]]:
    """Four milestones spread over a project."""
    length = (ends_on - starts_on).days
    return [
        {
            "title": title,
            "date": (starts_on + timedelta(days=length * (n + 1) // 5)).isoformat(),
            "evidence": evidence,
            "sample": True,
        }
        for n, (title, evidence) in enumerate(MILESTONES)
    ]


def benefit_rows(key: str, amount: Decimal, ends_on: date) -> list[dict[str, Any]]:
    """Two benefits whose size follows the grant, promised for three years from its end."""
    chance = dice("benefits", key)
    first = years.financial_year(ends_on) + 1
    return [_benefit_row(row, amount, ends_on, first, chance) for row in chance.sample(BENEFITS, 2)]


def _benefit_row(
    row: tuple[str, ...], amount: Decimal, ends_on: date, first: int, chance: random.Random
) -> dict[str, Any]:
    title, kind, measure, unit, baseline, target, price = row
    size = Decimal(chance.randint(60, 140)) / 100 * max(amount, Decimal(20000)) / 200000
    low, high = (int(Decimal(x) * max(size, Decimal("0.2"))) for x in (baseline, target))
    if kind == "ub":
        low, high = int(baseline), int(target)
    worth = abs(high - low) * Decimal(price or 0) * Decimal("0.8")
    forecast = {
        str(first + n): str((worth * step / 100).quantize(Decimal("0.01")))
        for n, step in enumerate((40, 80, 100))
        if worth
    }
    return {
        "title": title,
        "class": kind,
        "measure": measure,
        "unit": unit,
        "baseline": str(low),
        "baseline_on": (ends_on - timedelta(days=540)).isoformat(),
        "target": str(high if high != low else low - 1),
        "owner": "Head of service (sample)",
        "unit_value": price,
        "unit_value_source": "Sample value" if price else "",
        "attribution": "80",
        "forecast": forecast,
        "sample": True,
    }


def answers(
    *,
    summary: str,
    budget: Mapping[tuple[int, str], Decimal],
    milestones: list[dict[str, Any]],
    benefits: list[dict[str, Any]],
) -> dict[str, Any]:
    """Answers to the standard form as far as an outsider knows them."""
    lines = [
        {"category": "other", "year": year, "kind": kind, "amount": str(amount)}
        for (year, kind), amount in budget.items()
    ]
    return {
        "summary": summary,
        "budget": {"lines": lines, "match_funding": "0.00"},
        "milestones": milestones,
        "benefits": benefits,
    }


def fictional_answers(key: str, title: str, place: str) -> dict[str, Any]:
    """The written part of a bid by a fictional authority."""
    people = dice("people", key).randint(80, 4000)
    return {
        "contact": "bids@carefund.example",
        "has_partners": False,
        "need": f"Sample text. In {place} about {people} people could stay at home for longer "
        "if those who care for them saw the same information at the same time.",
        "people_reached": str(people),
        "delivery": "Sample text. A small team with a named lead, a supplier found through a "
        "framework, and a first site before the others.",
        "value_for_money": "Sample text. The cost of a place in hospital for a week pays for a "
        "year of this service for one person.",
        "summary": f"Sample text. {title} for people who live in {place}.",
    }
