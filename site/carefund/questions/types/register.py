"""Entries of a register: what is stored is who they are and what they were called then."""

from typing import Any

from ..entries import SearchEntry
from .base import Options, QuestionType
from .registry import register
from .settings import Setting


def is_entry(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and isinstance(item.get("id"), str)
        and isinstance(item.get("name"), str)
        and bool(item["id"])
    )


@register
class OrganisationQuestion(QuestionType):
    """{"id", "name"} of an organisation in the register."""

    name = "organisation"
    title = "Organisation"
    icon = "home"
    group = "Places and organisations"
    help = "One organisation, searched for in the register."
    entry_class = SearchEntry
    source = "organisation"
    many = False

    def posted_names(self, key: str) -> set[str]:
        return {key}

    def fits(self, value: Any, options: Options) -> bool:
        return value == "" or is_entry(value)

    def items(self, value: Any) -> list[dict[str, str]]:
        return [value] if value else []

    def words(self, value: Any, options: Options) -> str:
        return str(value["name"])

    def headings(self, label: str, options: Options) -> list[str]:
        return [label, f"{label}: identifier"]

    def cells(self, value: Any, options: Options) -> list[Any]:
        fits = bool(value) and self.fits(value, options)
        return [self.display(value, options), value["id"] if fits else ""]

    def read(self, value: Any, options: Options) -> Any:
        return value["id"] if value and self.fits(value, options) else None


@register
class AreaQuestion(OrganisationQuestion):
    """[{"id", "name"}] of the authorities and boards covered."""

    name = "area"
    title = "Area covered"
    icon = "globe"
    help = "The authorities and integrated care boards that are covered."
    source = "area"
    many = True
    joins = "list"
    reading = "list"
    settings = (
        Setting("fewest", "Fewest to choose", "integer", 1, lowest=1, highest=200),
        Setting("most", "Most to choose", "integer", 200, lowest=1, highest=200),
    )

    def fits(self, value: Any, options: Options) -> bool:
        return value == "" or (isinstance(value, list) and all(is_entry(item) for item in value))

    def items(self, value: Any) -> list[dict[str, str]]:
        return list(value or [])

    def wrong(self, value: Any, options: Options) -> str:
        fewest, most = self.setting(options, "fewest"), self.setting(options, "most")
        if len(value) < fewest:
            return f"Choose at least {fewest}."
        return f"Choose no more than {most}." if len(value) > most else ""

    def words(self, value: Any, options: Options) -> str:
        return ", ".join(item["name"] for item in value)

    def cells(self, value: Any, options: Options) -> list[Any]:
        fits = bool(value) and self.fits(value, options)
        return [
            self.display(value, options),
            ", ".join(item["id"] for item in value) if fits else "",
        ]

    def read(self, value: Any, options: Options) -> Any:
        return tuple(i["id"] for i in value) if value and self.fits(value, options) else None
