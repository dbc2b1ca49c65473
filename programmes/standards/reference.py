"""The catalogues that the product ships. Loading again changes nothing.

What organisations have assessed themselves against is never rewritten: a change of words is a new
version, in new rows of the tables beside this file.
"""

from datetime import date
from pathlib import Path

from django.db import transaction

from carefund.core.tables import rows

from .models import Level, Measure, Standard

DATA = Path(__file__).parent / "data"


class VersionInUse(Exception):
    """The tables say something else than a version that has been used. Make a new version."""


def load(data: Path = DATA) -> int:
    """Write every version of every catalogue; returns how many measures. Raises `VersionInUse`."""
    with transaction.atomic():
        for row in rows(data / "catalogues.csv"):
            _load(row, data)
        return Measure.objects.count()


def _load(row: dict[str, str], data: Path) -> None:
    standard, _ = Standard.objects.get_or_create(
        code=row["code"],
        version=row["version"],
        defaults={"name": row["name"], "published_on": date.fromisoformat(row["published_on"])},
    )
    wanted = _wanted(row, data)
    if _kept(standard) == wanted:
        return
    if standard.self_assessments.exists() or standard.demands.exists():
        raise VersionInUse(f"{standard} is in use.")
    _write(standard, row, wanted)


Words = tuple[tuple[int, str, str, str, tuple[tuple[int, str, str], ...]], ...]


def _wanted(row: dict[str, str], data: Path) -> Words:
    version = (row["code"], row["version"])
    levels: dict[str, list[tuple[int, str, str]]] = {}
    for one in rows(data / "levels.csv"):
        if (one["catalogue"], one["version"]) == version:
            found = (int(one["level"]), one["name"], one["descriptor"])
            levels.setdefault(one["measure"], []).append(found)
    return tuple(
        (
            int(m["number"]),
            m["code"],
            m["title"],
            m["description"],
            tuple(sorted(levels[m["code"]])),
        )
        for m in rows(data / "measures.csv")
        if (m["catalogue"], m["version"]) == version
    )


def _kept(standard: Standard) -> Words:
    return tuple(
        (
            measure.number,
            measure.code,
            measure.title,
            measure.description,
            tuple((level.level, level.name, level.descriptor) for level in measure.levels.all()),
        )
        for measure in standard.measures.prefetch_related("levels")
    )


def _write(standard: Standard, row: dict[str, str], wanted: Words) -> None:
    standard.name, standard.summary, standard.source = row["name"], row["summary"], row["source"]
    standard.published_on = date.fromisoformat(row["published_on"])
    standard.save()
    standard.measures.all().delete()
    for number, code, title, description, levels in wanted:
        measure = Measure.objects.create(
            standard=standard, number=number, code=code, title=title, description=description
        )
        Level.objects.bulk_create(
            Level(measure=measure, level=level, name=name, descriptor=words)
            for level, name, words in levels
        )
