"""From what an editor arranged to the definition of a form, and back."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from carefund.questions.types import question_type

from . import conditions, shares
from .fields import FIELDS, FROM_THE_CALL
from .naming import asked, name_all

WORDS = ("hint", "guidance", "example", "assessment")
CONDITIONS = ("show_if", "require_if")


def definition(
    sections: Any, rules: Any = (), screening: Any = (), *, of_call: Mapping[str, Any]
) -> dict[str, Any]:
    """The definition of a form, as `FormDefinition.parse` reads it.

    `of_call` has what the call itself says of its budgets: `years`, `smallest` and `largest`
    (pounds as text).
    """
    name_all(sections, screening)
    made = [_section(section.value, of_call) for section in sections]
    _add_conditions(made)
    found: dict[str, Any] = {"sections": made}
    if rules:
        found["rules"] = [_rule(rule, made) for rule in rules]
    if screening:
        found["eligibility"] = [_screening(question.value) for question in screening]
    return found


def _section(value: Any, of_call: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: value[name] for name in ("key", "title", "group", "introduction")}
    return {**found, "questions": [_question(child, of_call) for child in asked(value)]}


def _question(child: Any, of_call: Mapping[str, Any]) -> dict[str, Any]:
    value = child.value
    found = {
        "key": value["key"],
        "kind": child.block_type,
        "label": value["label"],
        "required": value["required"],
        "options": {**_from_call(child.block_type, of_call), **_options(child)},
    }
    found |= {word: value[word] for word in WORDS if value[word]}
    return found | {name: value[name] for name in CONDITIONS if conditions.is_set(value[name])}


def _options(child: Any) -> dict[str, Any]:
    found = {}
    for setting in child.block.declared():
        value = FIELDS[setting.kind].stored(child.value[f"set_{setting.name}"])
        if value not in (None, "", []) and str(value) != str(setting.default):
            found[setting.name] = value
    return found


def _from_call(kind: str, of_call: Mapping[str, Any]) -> dict[str, Any]:
    """What the call decides: the years of every plan of money, the limits of the budget."""
    settings = question_type(kind).settings
    wanted = {s.name for s in settings if s.kind in FROM_THE_CALL and s.required}
    if kind == "budget":
        wanted |= {"smallest", "largest"}
    return {name: of_call[name] for name in wanted if name in of_call}


def _add_conditions(sections: list[dict[str, Any]]) -> None:
    questions = {q["key"]: q for section in sections for q in section["questions"]}
    for question in questions.values():
        for name in CONDITIONS:
            if name in question:
                question[name] = conditions.stored(question[name], questions)


def _rule(child: Any, sections: list[dict[str, Any]]) -> dict[str, Any]:
    if child.block_type == "share":
        return shares.stored(child.value, sections)
    value = child.value
    return {
        "expression": value["expression"],
        "message": value["message"],
        "concerns": [key.strip() for key in value["questions"] if key.strip()],
    }


def _screening(value: Any) -> dict[str, Any]:
    found = {name: value[name] for name in ("key", "label", "hint", "reason")}
    return {**found, "kind": "yes_no", "accept": [value["acceptable"] == "yes"]}


def streams(data: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """A definition as the raw values of the designer's three fields."""
    return {
        "form": stream(data),
        "form_rules": [_shown_rule(rule) for rule in data.get("rules", [])],
        "screening": [
            _child("question", _shown_screening(asked)) for asked in data.get("eligibility", [])
        ],
    }


def _child(kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """A block of a stream; the editor tells blocks apart by their ids."""
    return {"type": kind, "value": dict(value), "id": str(uuid4())}


def _shown_rule(rule: Mapping[str, Any]) -> dict[str, Any]:
    if share := shares.shown(rule):
        return _child("share", share)
    found = {name: rule[name] for name in ("expression", "message")}
    return _child("rule", {**found, "questions": list(rule.get("concerns", []))})


def _shown_screening(question: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: question.get(name, "") for name in ("key", "label", "hint", "reason")}
    return {**found, "acceptable": "yes" if True in question.get("accept", [True]) else "no"}


def stream(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sections of a definition as the raw value of the designer's field."""
    return [
        _child(
            "section",
            {
                "title": section["title"],
                "group": section.get("group", ""),
                "introduction": section.get("introduction", ""),
                "key": section["key"],
                "questions": [_shown(question) for question in section["questions"]],
            },
        )
        for section in data.get("sections", [])
    ]


def _shown(question: Mapping[str, Any]) -> dict[str, Any]:
    kind = question_type(question["kind"])
    options = question.get("options", {})
    value = {
        "key": question["key"],
        "label": question["label"],
        "required": question.get("required", True),
        **{word: question.get(word, "") for word in WORDS},
        **{name: conditions.shown(question.get(name)) for name in CONDITIONS},
    }
    for setting in kind.settings:
        if setting.kind not in FROM_THE_CALL and setting.name in options:
            value[f"set_{setting.name}"] = FIELDS[setting.kind].shown(options[setting.name])
    return _child(kind.name, value)
