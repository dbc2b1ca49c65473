"""What in a form rests on a question, and what an edit would therefore break."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# A FormDefinition, which is made of what this module offers.
Form = Any
WORDS = {
    "show_if": "is shown by the answer to it",
    "require_if": "must be answered depending on it",
    "computed": "is worked out from it",
    "rule": "looks at it",
    "criterion": "is scored by it",
}


@dataclass(frozen=True)
class Dependent:
    """`kind` is show_if, require_if, computed, rule or criterion; `name` what it is called."""

    kind: str
    name: str
    key: str = ""

    def __str__(self) -> str:
        return f"“{self.name}” {WORDS[self.kind]}"


def dependents(form: Form, key: str, criteria: Iterable[Any]) -> list[Dependent]:
    return [*_questions(form, key), *_rules(form, key), *_criteria(criteria, key)]


def _questions(form: Form, key: str) -> Iterator[Dependent]:
    for question in form.questions():
        for kind in ("show_if", "require_if"):
            condition = getattr(question, kind)
            if condition and any(test.question == key for test in condition.tests()):
                yield Dependent(kind, question.label, question.key)
        if question.expression and key in question.expression.names:
            yield Dependent("computed", question.label, question.key)


def _rules(form: Form, key: str) -> Iterator[Dependent]:
    for rule in form.rules:
        if key in rule.expression.names or key in rule.concerns:
            yield Dependent("rule", rule.message)


def _criteria(criteria: Iterable[Any], key: str) -> Iterator[Dependent]:
    """Criteria are objects or mappings with a title and the keys of their questions."""
    for criterion in criteria:
        mapping = isinstance(criterion, Mapping)
        keys = criterion.get("questions", []) if mapping else criterion.questions
        if key in (keys or []):
            yield Dependent("criterion", criterion["title"] if mapping else criterion.title)


def breaks(old: Form, new: Any, criteria: Iterable[Any] = ()) -> list[str]:
    """What an edit would break, as sentences: `new` is the JSON of the form after it.

    A question that is taken out, or becomes one of another type, breaks whatever still uses it.
    """
    kept = _kinds(new)
    rows = list(criteria)
    found = []
    for question in old.questions():
        kind = kept.get(question.key)
        if kind == question.kind:
            continue
        what = "is taken out" if kind is None else "becomes one of another type"
        found += [
            f"“{question.label}” {what}, and {one}. Change that first."
            for one in dependents(old, question.key, rows)
            if _remains(one, question.key, new)
        ]
    return found


def _kinds(data: Any) -> dict[str, Any]:
    return {str(item.get("key")): item.get("kind") for item in _items(data)}


def _items(data: Any) -> Iterator[Mapping[str, Any]]:
    sections = data.get("sections") if isinstance(data, Mapping) else None
    for section in sections if isinstance(sections, list) else []:
        questions = section.get("questions") if isinstance(section, Mapping) else None
        for item in questions if isinstance(questions, list) else []:
            if isinstance(item, Mapping):
                yield item


def _remains(one: Dependent, key: str, new: Any) -> bool:
    """Whether what depends is still there after the edit, and depends still."""
    if one.kind == "criterion":
        return True
    if one.kind == "rule":
        rules = new.get("rules") if isinstance(new, Mapping) else None
        rows = [r for r in rules if isinstance(r, Mapping)] if isinstance(rules, list) else []
        same = (r for r in rows if r.get("message") == one.name)
        return any(_speaks_of(key, [r.get("expression"), r.get("concerns")]) for r in same)
    item = next((i for i in _items(new) if i.get("key") == one.key), {})
    return _speaks_of(key, item.get("options" if one.kind == "computed" else one.kind))


def _speaks_of(key: str, data: Any) -> bool:
    """Whether the key stands anywhere in it as a word of its own."""
    return bool(re.search(rf"(?<![A-Za-z0-9_]){re.escape(key)}(?![A-Za-z0-9_])", str(data)))
