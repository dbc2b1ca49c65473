"""Everything a report says, as plain data that can be kept and fingerprinted.

Amounts are text ("1191597.00"), days are ISO dates; nothing depends on when it is taken.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from carefund.core import clock
from programmes.funds.models import Programme
from programmes.organisations.models import Region
from reports.figures import registry
from reports.figures.facts import Facts
from reports.figures.model import Figure, Row

from . import cases, changes

FORMAT = "carefund-figures/1"
AS_IT_IS = {str, int, bool, type(None)}
GROUPS = {
    "theme": ("awards", "awarded", "paid", "promised", "promised_by_now", "verified"),
    "region": ("awards", "awarded", "paid", "promised", "promised_by_now", "verified"),
    "board": ("awards", "awarded", "paid", "promised", "promised_by_now", "verified"),
    "class": ("promised", "promised_by_now", "measured", "verified"),
    "year": ("promised", "measured", "verified"),
}
COLUMNS = ("budget", "committed", "claimed", "paid")
# A figure of more rows is traced on its page, which reads them as they are asked for.
MOST_ROWS = 5000
ROWS = ("budget", "committed", "claimed", "paid", "awards", "milestones", "promised", "measured")


def take(programme: Programme, moment: datetime, since: date) -> dict[str, Any]:
    """The figures of `programme` as at `moment`, with what has changed after the day `since`."""
    before = Facts(programme, clock.end_of_day(since))
    facts = Facts(programme, moment, before=before)
    parts: dict[str, Callable[[], Any]] = {
        "format": lambda: FORMAT,
        "programme": lambda: _programme(programme),
        "as_at": lambda: facts.day,
        "since": lambda: since,
        "figures": lambda: {d.code: _figure(facts, before, d.code) for d in registry.definitions()},
        "money": lambda: _money(facts),
        "groups": lambda: {tag: _group(facts, tag, codes) for tag, codes in GROUPS.items()},
        "regions": lambda: dict(Region.objects.values_list("name", "code")),
        "milestones": lambda: cases.exceptions(facts),
        "projects": lambda: cases.projects(facts),
        "benefits": lambda: cases.benefits(facts),
        "stories": lambda: cases.stories(facts),
        "target": lambda: cases.target(facts),
        "waivers": lambda: cases.waivers(facts),
        "changes": lambda: changes.between(before, facts),
        "rows": lambda: {code: _rows(registry.of(facts, code)) for code in ROWS},
    }
    # One after the other, so that none is held twice.
    return {name: plain(part()) for name, part in parts.items()}


def fingerprint(snapshot: Mapping[str, Any]) -> str:
    """SHA-256 of the snapshot in one canonical spelling, in hexadecimal."""
    text = json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """The same data in types that JSON has."""
    kind = type(value)
    if kind in AS_IT_IS:
        return value
    if kind is dict or isinstance(value, Mapping):
        return {
            str(key): item if type(item) in AS_IT_IS else plain(item) for key, item in value.items()
        }
    if kind is list or kind is tuple or isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if kind is Decimal:
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def _programme(programme: Programme) -> dict[str, Any]:
    return {
        "code": programme.code,
        "name": programme.name,
        "prefix": programme.prefix,
        "summary": programme.summary,
        "funder": programme.funder.name,
        "owner": programme.senior_responsible_owner,
        "starts_on": programme.starts_on,
        "ends_on": programme.ends_on,
        "announced": programme.announced_total,
        "reported_benefits": programme.reported_benefits,
        "source": programme.source,
        "sample": programme.is_sample,
    }


def _figure(facts: Facts, before: Facts, code: str) -> dict[str, Any]:
    figure = registry.of(facts, code)
    defined = figure.definition
    return {
        "title": defined.title,
        "words": defined.words,
        "formula": defined.formula,
        "source": defined.source,
        "unit": defined.unit.value,
        "value": figure.value,
        "previous": registry.of(before, code).value,
        "sample": figure.sample,
        "count": figure.count,
        "rows": [[row.record, row.pk, row.amount, row.part] for row in _few(figure)],
    }


def _money(facts: Facts) -> list[dict[str, Any]]:
    """One line for each financial year and kind in which anything happened."""
    split = {c: _by_pot(facts, c) for c in COLUMNS}
    lines = []
    for year, kind in sorted({pot for pots in split.values() for pot in pots}):
        found = {c: pots.get((year, kind), []) for c, pots in split.items()}
        sample = any(row.sample for rows in found.values() for row in rows)
        amounts = {c: sum((r.amount for r in rows), Decimal(0)) for c, rows in found.items()}
        lines.append({"year": year, "kind": kind, **amounts, "sample": sample})
    return lines


def _by_pot(facts: Facts, code: str) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in facts.sums(registry.definition(code), ("year", "kind")):
        found.setdefault((row.tags["year"], row.tags["kind"]), []).append(row)
    return found


def _group(facts: Facts, tag: str, codes: tuple[str, ...]) -> list[dict[str, Any]]:
    """Each value of `tag` with its figures; money without a case is left to the money table."""
    split = {code: registry.split(facts, code, tag) for code in codes}
    lines = []
    for name in sorted({name for code in codes if code != "paid" for name in split[code]}):
        found = {
            code: split[code].get(name, registry.Part(registry.definition(code))) for code in codes
        }
        sample = any(figure.sample for figure in found.values())
        values = {code: figure.value for code, figure in found.items()}
        lines.append({"name": name, **values, "sample": sample})
    return lines


def _few(figure: Figure) -> tuple[Row, ...]:
    """The rows of a figure that has no more than a report can hold."""
    return figure.rows if figure.count <= MOST_ROWS else ()


def _rows(figure: Figure) -> list[dict[str, Any]]:
    return [
        {
            "record": row.record,
            "number": row.pk,
            "what": row.what,
            "who": row.who,
            "on": row.on,
            "amount": row.amount,
            **row.tags,
            "source": row.source,
            "sample": row.sample,
        }
        for row in _few(figure)
    ]
