"""Programmes, their calls by year, the forms and the rounds that decided them."""

from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from grants.awards.models import AllocationRound
from programmes.calls.models import Call, Criterion, FormVersion
from programmes.calls.standard_form import definition
from programmes.funds.models import BudgetLine, Programme, Theme

from .world import FIRST_YEAR, LAST_YEAR, Fund, Round, World, at

# Code, prefix, name and which part of all cases it has.
FUNDS = [
    ("scale-home", "SCH", "Digital care at home (sample)", 0.8),
    ("scale-records", "SCR", "Digital records (sample)", 0.15),
    ("scale-skills", "SCS", "Digital skills (sample)", 0.05),
]
THEMES = ["Living at home", "Care records", "Workforce", "Data and standards"]
LARGEST = Decimal("900000.00")
IN_A_CALL = 1000  # bids
LONG_FORM = 120  # questions
CRITERIA = [("need", "Need", 40), ("delivery", "Delivery", 35), ("value", "Value for money", 25)]


def make(world: World, funder: int) -> None:
    for fund, (code, prefix, name, part) in enumerate(FUNDS):
        pk = world.bulk.add(
            Programme,
            code=code,
            prefix=prefix,
            name=name,
            summary=world.words.text(),
            funder_id=funder,
            senior_responsible_owner="Director of Digital (sample)",
            starts_on=date(2016, 4, 1),
            ends_on=date(2031, 3, 31),
            is_sample=True,
        )
        themes = [
            world.bulk.add(Theme, programme_id=pk, code=f"theme-{n}", name=theme)
            for n, theme in enumerate(THEMES)
        ]
        row = Fund(pk, code, prefix, name, themes)
        for year in range(FIRST_YEAR, LAST_YEAR + 6):
            for kind in ("capital", "revenue"):
                row.lines[year, kind] = world.bulk.add(
                    BudgetLine, programme_id=pk, financial_year=year, kind=kind
                )
        world.funds.append(row)
        _calls(world, row, part, long_form=fund == 0)
    world.bulk.flush()


def _calls(world: World, fund: Fund, part: float, *, long_form: bool) -> None:
    expected = (world.sizes.bids + world.sizes.grants) * part / (LAST_YEAR - FIRST_YEAR + 1)
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for number in range(1, max(1, ceil(expected / IN_A_CALL)) + 1):
            world.calls.append(_call(world, fund, year, number))
    if long_form:
        world.calls.append(_call(world, fund, LAST_YEAR, 0, extra=LONG_FORM))


def _call(world: World, fund: Fund, year: int, number: int, extra: int = 0) -> Round:
    code = f"{fund.code}-{year}-{number}"
    closes, decided = date(year, 6, 30), year < LAST_YEAR
    pk = world.bulk.add(
        Call,
        programme_id=fund.pk,
        code=code,
        title=f"{fund.name} {year}, call {number}" if number else f"{fund.name}: the long form",
        summary=world.words.sentence(),
        state="decided" if decided else "in_assessment",
        opens_at=at(date(year, 4, 1)),
        closes_at=at(closes),
        total=Decimal("90000000.00"),
        smallest_award=Decimal("5000.00"),
        largest_award=LARGEST,
        eligibility=world.words.text(),
        eligible_kinds=["local_authority"],
        several_bids_allowed=True,
        project_starts_on=date(year, 10, 1),
        project_ends_on=date(year + 5, 9, 30),
        is_sample=True,
    )
    questions = [f"more_{n}" for n in range(1, extra - 8)]
    form = definition(
        years=range(year, year + 6),
        smallest=Decimal("5000.00"),
        largest=LARGEST,
        extra_questions=[_question(n, key) for n, key in enumerate(questions, 1)],
    )
    frozen = at(date(year, 4, 1))
    form_id = world.bulk.add(
        FormVersion, call_id=pk, version=1, definition=form, made_at=frozen, frozen_at=frozen
    )
    criteria = [
        world.bulk.add(
            Criterion,
            call_id=pk,
            position=place,
            code=key,
            title=title,
            guidance=world.words.sentence(),
            weight=weight,
        )
        for place, (key, title, weight) in enumerate(CRITERIA, 1)
    ]
    allocation = _round(world, pk, year) if decided else None
    return Round(pk, code, year, fund, form_id, criteria, closes, allocation, questions)


def _question(number: int, key: str) -> dict[str, Any]:
    return {
        "key": key,
        "kind": "long_text",
        "label": f"Question {number}: what else should we know?",
        "options": {"words": 400},
    }


def _round(world: World, call: int, year: int) -> int:
    made = at(date(year, 8, 20))
    return world.bulk.add(
        AllocationRound,
        call_id=call,
        number=1,
        state="approved",
        method={"rule": "Highest total score within the budget lines", "minimum_score": "50"},
        made_by_id=world.officers[0],
        made_at=made,
        recommended_by_id=world.officers[0],
        recommended_at=made,
        approved_by_id=world.seniors[0],
        approved_at=at(date(year, 8, 31)),
        rationale=world.words.text(),
    )
