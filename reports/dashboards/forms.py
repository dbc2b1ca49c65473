from typing import Any, cast

from carefund.core.forms.filters import ListFilter, choice, words
from programmes.funds.models import Programme
from programmes.standards.models import Standard
from programmes.standards.queries import catalogue


class StandardsFilter(ListFilter):
    """The first catalogue is shown when none, or none that there is, was chosen."""

    q = words("Organisation")
    standard = choice("Standard", [], everything="")
    programme = choice("Programme", [])
    measure = choice("Measure", [], everything="Every measure")
    level = choice("Reached", [], everything="Any level")

    def __init__(self, data: Any, *, programmes: Any) -> None:
        super().__init__(data)
        found = {standard.code: standard for standard in catalogue()}
        default = next(reversed(found.values()), None)
        self.catalogue: Standard | None = found.get(str(data.get("standard", "")), default)
        self.programmes: dict[str, Programme] = {row.code: row for row in programmes}
        self._choose("standard", [(row.code, row.name) for row in reversed(found.values())])
        self._choose(
            "programme", [("", "All"), *((r.code, r.name) for r in self.programmes.values())]
        )
        measures = list(self.catalogue.measures.all()) if self.catalogue else []
        self._choose("measure", [("", "Every measure"), *((m.code, str(m)) for m in measures)])
        self.levels = [level.level for level in measures[0].levels.all()] if measures else []
        self._choose(
            "level", [("", "Any level"), *((n, f"Level {n} or above") for n in self.levels)]
        )
        self.full_clean()

    def _choose(self, name: str, choices: list[tuple[Any, str]]) -> None:
        cast("Any", self.fields[name]).choices = choices

    @property
    def wanted(self) -> dict[str, Any]:
        return {
            "programme": self.programmes.get(self.chosen("programme") or ""),
            "measure": self.chosen("measure") or "",
            "level": int(self.chosen("level") or 0),
            "words": self.chosen("q") or "",
        }
