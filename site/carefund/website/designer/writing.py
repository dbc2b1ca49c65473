"""From what an editor arranged to the definition of a form, and back."""

from collections.abc import Iterable, Mapping
from typing import Any

from carefund.questions.types import question_type

from . import conditions
from .fields import FIELDS, FROM_THE_CALL
from .keys import named

WORDS = ("hint", "guidance", "example")
CONDITIONS = ("show_if", "require_if")


def definition(
    sections: Any, rules: Any = (), screening: Any = (), *, of_call: Mapping[str, Any]
) -> dict[str, Any]:
    """The definition of a form, as `FormDefinition.parse` reads it.

    `of_call` has what the call itself says of its budgets: `years`, `smallest` and `largest`
    (pounds as text).
    """
    chosen = [section.value for section in sections]
    keys = named([(v["key"], v["title"]) for v in chosen], "section")
    names = _question_names(chosen)
    made = [
        _section(key, value, names, of_call) for key, value in zip(keys, chosen, strict=True)
    ]
    _add_conditions(made)
    found: dict[str, Any] = {"sections": made}
    if rules:
        found["rules"] = [_rule(rule.value) for rule in rules]
    if screening:
        found["eligibility"] = _screening([question.value for question in screening])
    return found


def _question_names(sections: Iterable[Any]) -> dict[int, str]:
    """The short name of every question, unique in the whole form, by the question's place."""
    children = [child for section in sections for child in section["questions"]]
    made = named([(c.value["key"], c.value["label"]) for c in children], "question")
    return {id(child): name for child, name in zip(children, made, strict=True)}


def _section(
    key: str, value: Any, names: Mapping[int, str], of_call: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "key": key,
        "title": value["title"],
        "group": value["group"],
        "introduction": value["introduction"],
        "questions": [_question(names[id(c)], c, of_call) for c in value["questions"]],
    }


def _question(key: str, child: Any, of_call: Mapping[str, Any]) -> dict[str, Any]:
    value = child.value
    found = {
        "key": key,
        "kind": child.block_type,
        "label": value["label"],
        "required": value["required"],
        "options": {**_from_call(child.block_type, of_call), **_options(child)},
    }
    found |= {word: value[word] for word in WORDS if value[word]}
    # The questions that the conditions name may still have to be named.
    found |= {name: value[name] for name in CONDITIONS if value[name]["tests"]}
    return found


def _options(child: Any) -> dict[str, Any]:
    found = {}
    for setting in child.block.declared():
        value = FIELDS[setting.kind].stored(child.value[f"set_{setting.name}"])
        if value not in (None, "", []):
            found[setting.name] = value
    return found


def _from_call(kind: str, of_call: Mapping[str, Any]) -> dict[str, Any]:
    """What the call decides: the years of every plan of money, the limits of the budget."""
    wanted = {s.name for s in question_type(kind).settings if s.kind in FROM_THE_CALL}
    if kind == "budget":
        wanted |= {"smallest", "largest"}
    return {name: of_call[name] for name in wanted if name in of_call}


def _add_conditions(sections: list[dict[str, Any]]) -> None:
    questions = {q["key"]: q for section in sections for q in section["questions"]}
    for question in questions.values():
        for name in CONDITIONS:
            if name in question:
                question[name] = conditions.stored(question[name], questions)


def _rule(value: Any) -> dict[str, Any]:
    return {
        "expression": value["expression"],
        "message": value["message"],
        "questions": [key.strip() for key in value["questions"]],
    }


def _screening(values: list[Any]) -> list[dict[str, Any]]:
    keys = named([(v["key"], v["label"]) for v in values], "question")
    return [
        {
            "key": key,
            "kind": "yes_no",
            "label": value["label"],
            "hint": value["hint"],
            "acceptable": value["acceptable"] == "yes",
            "reason": value["reason"],
        }
        for key, value in zip(keys, values, strict=True)
    ]


def stream(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sections of a definition as the raw value of the designer's field."""
    return [
        {
            "type": "section",
            "value": {
                "title": section["title"],
                "group": section.get("group", ""),
                "introduction": section.get("introduction", ""),
                "key": section["key"],
                "questions": [_shown(q) for q in section["questions"]],
            },
        }
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
    return {"type": kind.name, "value": value}
