"""Everything that the benefits report of the largest programme says, from every fact."""

from datetime import date

from bench import benefits_sql as sql
from bench.benefits import Report
from bench.kit import PROGRAMME
from carefund.core import years
from programmes.funds.models import Programme
from reports.publications.queries import since, snapshot

TARGET = 2
DAY = date(2026, 3, 31)


def case(_bench, _variant):
    return snapshot(Programme.objects.get(code=PROGRAMME), DAY)


def floor(bench, _variant):
    """The same figures of both days, tables and lists by hand, every stock read once.

    No figure's wording, no rows behind single figures, no stories, target or waivers; nobody
    was renamed and no project handed over.
    """
    if "programme" not in bench.addresses:
        programme = Programme.objects.get(code=PROGRAMME)
        bench.addresses["programme"] = programme.pk, since(programme, DAY)
    programme, before = bench.addresses["programme"]
    values = {"programme": programme, "day": DAY, **dict(bench.rows(sql.KINDS))}
    for name, day in (("start", before), ("end", DAY)):
        year = day.year if day.month > 3 else day.year - 1
        first = date(year, 4, 1)
        values[name] = f"{date.fromordinal(day.toordinal() + 1)} 00:00 Europe/London"
        values[f"year_{name}"] = year
        values[f"gone_{name}"] = (day - first).days + 1
        values[f"days_{name}"] = (date(year + 1, 4, 1) - first).days
    return Report(lambda statement: bench.rows(statement, values), DAY, before).answer()


def agree(ours, floors):
    for name in ("projects", "benefits", "milestones"):
        _same(name, ours[name], floors[name])
    for said, values in zip(("value", "previous"), floors["figures"], strict=True):
        for code, value in values.items():
            _same(f"{code}, {said}", ours["figures"][code][said], value)
    pots = {(line.pop("year"), line.pop("kind")): line for line in map(dict, ours["money"])}
    wanted = {(years.label(year), kind): line for (year, kind), line in floors["money"].items()}
    _same("money", pots, {key: {**dict.fromkeys(pots[key], 0), **wanted[key]} for key in wanted})
    for tag, group in floors["groups"].items():
        _same(tag, {line["name"]: _only(line) for line in ours["groups"][tag]}, group)
    lines = [(c["kind"], c["what"], c["who"], c["amount"] or 0) for c in ours["changes"]]
    _same("changes", lines, floors["changes"])


def _only(line):
    return {name: value for name, value in line.items() if name != "name"}


def _same(name, one, other):
    """The same, where the report writes no money as 0 and the floor counts pence or writes text."""
    if isinstance(other, dict):
        if one.keys() != other.keys():
            raise AssertionError(f"{name}: {one.keys() ^ other.keys()}")
        for key in other:
            _same(f"{name}, {key}", one[key], other[key])
    elif isinstance(other, list | tuple):
        if len(one) != len(other):
            raise AssertionError(f"{name}: {len(one)}, {len(other)} in the floor.")
        for mine, theirs in zip(one, other, strict=True):
            _same(name, mine, theirs)
    elif one != other and not _alike(one, other):
        raise AssertionError(f"{name}: {one!r}, {other!r} in the floor.")


def _alike(one, other):
    try:
        return float(one or 0) == float(other or 0)
    except (TypeError, ValueError):
        return False
