"""What the service holds about people, for how long, and how it is taken out.

Each slice says so about its own tables in `privacy.py`: the ties of its rows to people, the fields
that describe a person, and the retention rules. A tie that nobody declared fails the tests.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

Rows = models.QuerySet[Any]
Erase = Callable[[Rows], int]

PUBLIC_MONEY = "It shows who acted on public money. The account behind it loses its name."
WHO_SAW = "It shows who could see and do what, and who let them."
EDITORIAL = "It shows who wrote what the public read. The account behind it loses its name."


# What a field says of the person, where its name does not say it: `approved_by` is “they approved”.
_DONE = {
    "assessor": "given to them to score",
    "asked_by": "they asked for",
    "agreed_by": "they agreed to",
    "by": "they wrote",
    "given_by": "they gave",
    "invited_by": "they sent",
    "owner": "they made",
    "person": "about them",
    "recipient": "to them",
    "requested_by": "they asked for",
    "resumed_by": "and they opened again",
    "revoked_by": "they took back",
    "uploaded_by_user": "they uploaded",
}


@dataclass(frozen=True)
class Tie:
    """Rows of `model` belong to the person in `field`.

    With `erase` they are emptied when the person is anonymised; without, they are kept, and
    `keep` says why. `secret` fields are never exported. `names_person`: the row's own name in the
    record contains the person's, so that entries about it are emptied too.
    """

    model: type[models.Model]
    field: str
    keep: str = ""
    erase: Erase | None = None
    says: str = ""
    secret: frozenset[str] = frozenset()
    names_person: bool = False
    # What a person would call it; worked out where it is left empty.
    words: str = ""

    @property
    def label(self) -> str:
        return f"{self.model._meta.label}.{self.field}"

    @property
    def title(self) -> str:
        if self.words:
            return self.words
        noun = _nouns.get(self.model) or str(self.model._meta.verbose_name_plural)
        if self.field == "user":
            return f"Their {noun}"
        what = _DONE.get(self.field) or f"they {self.field.removesuffix('_by').replace('_', ' ')}"
        return f"{noun[:1].upper()}{noun[1:]} {what}"

    def rows(self, person: Any) -> Rows:
        return self.model._base_manager.filter(**{self.field: person})


@dataclass(frozen=True)
class Rule:
    """One line of the retention schedule. `due(before)` are the rows to be emptied now."""

    key: str
    title: str
    days: int
    counted_from: str
    effect: str
    due: Callable[[datetime], Rows]
    erase: Erase

    @property
    def period(self) -> str:
        for length, word in ((365, "year"), (30, "month")):
            if self.days % length == 0:
                count = self.days // length
                return f"{count} {word}{'s'[: count != 1]}"
        return f"{self.days} days"


_ties: dict[str, Tie] = {}
_nouns: dict[type[models.Model], str] = {}
_rules: dict[str, Rule] = {}
_personal: dict[type[models.Model], frozenset[str]] = {}
_hindrances: list[Callable[[Any], Iterable[str]]] = []


def tie(*new: Tie) -> None:
    for one in new:
        _ties[one.label] = one


def kept(model: type[models.Model], *fields: str, because: str = PUBLIC_MONEY) -> None:
    """Rows that stay as they are: they point to an account, and that loses its name."""
    tie(*(Tie(model, field, keep=because) for field in fields))


def called(model: type[models.Model], noun: str) -> None:
    """Rows of `model` are `noun` (in the plural) to the people whose they are."""
    _nouns[model] = noun


def personal(model: type[models.Model], *fields: str) -> None:
    """Fields that describe a person: the record keeps them beside the chain."""
    _personal[model] = personal_fields(model) | frozenset(fields)


def retain(*rules: Rule) -> None:
    for rule in rules:
        _rules[rule.key] = rule


def hinder(asked: Callable[[Any], Iterable[str]]) -> None:
    """`asked(person)` gives the reasons, as sentences, why they cannot be anonymised now."""
    if asked not in _hindrances:
        _hindrances.append(asked)


def ties() -> list[Tie]:
    return [_ties[label] for label in sorted(_ties)]


def rules() -> list[Rule]:
    return sorted(_rules.values(), key=lambda rule: rule.title)


def rule(key: str) -> Rule:
    return _rules[key]


def personal_fields(model: type[models.Model]) -> frozenset[str]:
    return _personal.get(model, frozenset())


def hindrances(person: Any) -> list[str]:
    return [reason for asked in _hindrances for reason in asked(person)]
