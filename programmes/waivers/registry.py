"""The rules that can be waived. A slice registers each rule that asks the register of waivers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Rule:
    """`sentence` is the rule as it holds for everybody else."""

    key: str
    title: str
    sentence: str
    # Why there is no waiver of it for this bid, call or the like; empty where there may be one.
    why_not: Callable[[Any], str] = lambda _subject: ""


Finder = Callable[[str], Any]
_rules: dict[str, Rule] = {}
_finders: dict[str, Finder] = {}


def register(rule: Rule) -> None:
    """Call it in `AppConfig.ready` of the slice whose rule it is."""
    _rules[rule.key] = rule


def register_subject(name: str, find: Finder) -> None:
    """`find` gives the thing of this kind with a reference or code, or None."""
    _finders[name] = find


def rules() -> list[Rule]:
    return [_rules[key] for key in sorted(_rules)]


def rule_of(key: str) -> Rule:
    """A rule that is no longer in the code still has a name in old waivers."""
    return _rules.get(key) or Rule(key, key, "This rule is no longer part of the service.")


def find(reference: str) -> Any:
    found = (finder(reference) for finder in _finders.values())
    return next((thing for thing in found if thing is not None), None)


def around(thing: Any) -> list[Any]:
    """The thing and what it is part of: a claim, its project, the bid and the call."""
    chain = [thing]
    for name in ("project", "offer", "bid", "call"):
        holder = chain[-1]
        found = getattr(holder, f"{name}_id", None) and getattr(holder, name)
        if found:
            chain.append(found)
    return chain
