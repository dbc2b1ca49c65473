"""What a scenario says: its sums, why each bid is in or out, and what would change it.

`Scenario.result` holds either `conflict` (sentences) or `stopped` (a word), or: `shares` (bid id →
per cent), `worth`, `proven`, `sums` (see `measured`), `why` (bid id → sentence) and `steps`, each
with `kind` ("more", "without", "forced"), `of` (a limit's key or a bid id) and, once worked out,
`possible`, `gain` (hundredths of worth) and the bids that come `in` and go `out`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from carefund.core.formats import financial_year, money
from carefund.core.money import ZERO
from grants.bids.models import Bid

from ..models import AllocationRound, Scenario
from ..solver.problem import WHOLE
from .base import granted_lines
from .wishes import benefits_of, bids_of, inputs_of, problem_of, wishes_of

EXTRA = Decimal(100_000)
MOST_NAMES = 5


def named(bid: Bid) -> str:
    return f"{bid.reference} ({bid.organisation.short_name})"


def measured(bids: Sequence[Bid], shares: Mapping[int, int]) -> dict[str, Any]:
    """What a selection comes to: bids, pounds, score, benefit, and pounds by line and place."""
    chosen = [b for b in bids if b.pk in shares]
    benefits, amount = benefits_of(bids), ZERO
    lines: dict[str, Decimal] = {}
    regions: dict[str, Decimal] = {}
    themes: dict[str, Decimal] = {}
    for bid in chosen:
        for (year, kind), pounds in granted_lines(bid, shares[bid.pk]).items():
            key = f"{financial_year(year)} {kind}"
            lines[key] = lines.get(key, ZERO) + pounds
            region = bid.organisation.region
            place = region.name if region else "In no single region"
            theme = bid.theme.name if bid.theme else "No theme"
            regions[place] = regions.get(place, ZERO) + pounds
            themes[theme] = themes.get(theme, ZERO) + pounds
            amount += pounds
    score = sum(((b.score or ZERO) * shares[b.pk] / 100 for b in chosen), ZERO)
    benefit = sum((benefits[b.pk] * shares[b.pk] / 100 for b in chosen), ZERO)
    return {
        "bids": len(chosen),
        "amount": str(amount),
        "score": str(score.quantize(Decimal("0.01"))),
        "benefit": str(benefit.quantize(Decimal("0.01"))),
        "ratio": str((benefit / amount).quantize(Decimal("0.01"))) if amount else "",
        "lines": _texts(lines),
        "regions": _texts(regions),
        "themes": _texts(themes),
    }


def _texts(sums: Mapping[str, Decimal]) -> dict[str, str]:
    return {key: str(sums[key]) for key in sorted(sums)}


def is_stale(scenario: Scenario) -> bool:
    """The bids, the money or the constraints are no longer those it was worked out from."""
    allocation, wishes = scenario.round, wishes_of(scenario.round)
    problem = problem_of(allocation, scenario.aim, bids_of(allocation), wishes)
    return scenario.inputs != inputs_of(problem, wishes)


@dataclass(frozen=True)
class WhatIf:
    """What changing one thing would do, in words; `gain` as people read it."""

    title: str
    text: str


def explained(scenario: Scenario) -> dict[str, list[WhatIf]]:
    """The what-ifs of a scenario by kind, as far as they are worked out."""
    bids = {bid.pk: bid for bid in bids_of(scenario.round)}
    found: dict[str, list[WhatIf]] = {"more": [], "without": [], "forced": []}
    for step in scenario.result.get("steps", []):
        if "gain" not in step:
            continue
        title = step["words"] or named(bids[step["of"]])
        found[step["kind"]].append(WhatIf(title, _what(scenario, step, bids)))
    return found


def _what(scenario: Scenario, step: Mapping[str, Any], bids: Mapping[int, Bid]) -> str:
    comes, goes = _names(step["in"], bids), _names(step["out"], bids)
    if not step["possible"]:
        return "No selection that keeps all constraints can hold this bid."
    if not comes and not goes and not step["gain"]:
        return {
            "more": f"{money(EXTRA)} more would change nothing: something else stands in the way.",
            "without": "Costs nothing: the selection would be the same without it.",
        }.get(step["kind"], "It could be funded just as well.")
    gain = gained(scenario, abs(step["gain"]))
    swap = "; ".join(part for part in (comes and f"in: {comes}", goes and f"out: {goes}") if part)
    swap = f" ({swap})" if swap else ""
    if step["kind"] == "more":
        return f"{money(EXTRA)} more would buy {gain}{swap}."
    if step["kind"] == "without":
        return f"Costs {gain}. Without it{swap or ': other shares'}."
    others = f" Out would go: {goes}." if goes else ""
    return f"Funding it instead would lose {gain}.{others}"


def _names(pks: Sequence[int], bids: Mapping[int, Bid]) -> str:
    names = [named(bids[pk]) for pk in pks if pk in bids]
    return ", ".join(names[:MOST_NAMES]) + (
        f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    )


def gained(scenario: Scenario, worth: int) -> str:
    """Hundredths of a worth as people read them."""
    if scenario.aim.get("objective") == "benefit":
        return f"{money(Decimal(worth) / 100)} of benefit"
    points = (Decimal(worth) / 10000).quantize(Decimal("0.01"))
    return f"{points.normalize():f} points" + (
        " of total score" if scenario.aim.get("objective", "score") == "score" else ""
    )


@dataclass(frozen=True)
class Compared:
    """Scenarios as columns: what they come to, and what each does with each bid.

    `charts` are by budget line, region and theme: the rows of each as `_chart` gives them.
    """

    scenarios: list[Scenario]
    rows: list[tuple[str, list[str]]]
    charts: list[tuple[str, list[tuple[str, list[tuple[str, str, int]]]]]]
    bids: list[tuple[Bid, list[str]]]


def compared(allocation: AllocationRound, scenarios: Sequence[Scenario]) -> Compared:
    columns = [s for s in scenarios if s.is_solved]
    sums = [s.result["sums"] for s in columns]
    rows = [
        ("Bids funded", [str(x["bids"]) for x in sums]),
        ("Amount", [money(Decimal(x["amount"])) for x in sums]),
        ("Total score", [x["score"] for x in sums]),
        ("Benefit promised", [money(round(Decimal(x["benefit"]))) for x in sums]),
        ("Benefit for each pound", [f"£{x['ratio']}" if x["ratio"] else "" for x in sums]),
        ("Best possible", [_proof(s) for s in columns]),
    ]
    charts = [
        (what, _chart([(s.name, x[key]) for s, x in zip(columns, sums, strict=True)]))
        for what, key in (("budget line", "lines"), ("region", "regions"), ("theme", "themes"))
    ]
    shares = [s.shares for s in columns]
    table = [
        (bid, [_share(x.get(bid.pk)) for x in shares])
        for bid in bids_of(allocation)
        if any(bid.pk in x for x in shares)
    ]
    return Compared(columns, rows, charts, table)


def _proof(scenario: Scenario) -> str:
    if scenario.aim.get("by_hand"):
        return "Chosen by hand"
    return "Yes, proven" if scenario.result["proven"] else "Not proven"


def _share(share: int | None) -> str:
    return "" if share is None else "Fund" if share == WHOLE else f"Fund {share}%"


def _chart(
    columns: Sequence[tuple[str, Mapping[str, str]]],
) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """Per thing that is compared, each scenario's name, pounds, and width in per cent."""
    keys = sorted({key for _, values in columns for key in values})
    most = max((Decimal(v) for _, values in columns for v in values.values()), default=ZERO)
    return [
        (
            key,
            [
                (name, money(amount), int(amount * 100 / (most or 1)))
                for name, values in columns
                for amount in [Decimal(values.get(key, "0"))]
            ],
        )
        for key in keys
    ]
