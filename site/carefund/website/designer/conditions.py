"""When a question is asked: what an editor chooses, and the condition stored of it."""

from typing import Any

from wagtail import blocks

from carefund.questions.conditions import DEEPEST

TESTS = [
    ("is", "is"),
    ("is_not", "is not"),
    ("includes", "includes"),
    ("excludes", "does not include"),
    ("at_least", "is at least"),
    ("at_most", "is at most"),
    ("is_answered", "is answered"),
    ("is_not_answered", "is not answered"),
]
WITHOUT_VALUE = {"is_answered", "is_not_answered"}


class TestBlock(blocks.StructBlock):
    """One comparison. The script of the designer offers the earlier questions and their choices."""

    question = blocks.CharBlock(
        max_length=60, form_classname="cf-picks-question", help_text="A question asked before."
    )
    test = blocks.ChoiceBlock(choices=TESTS, default="is")
    value = blocks.CharBlock(
        max_length=200,
        required=False,
        form_classname="cf-picks-value",
        help_text="For yes or no: yes, or no.",
    )

    class Meta:
        icon = "tick-inverse"
        label_format = "{question} {test} {value}"


class ConditionBlock(blocks.StructBlock):
    """Comparisons and groups of comparisons; `levels` says how deep groups go within groups."""

    match = blocks.ChoiceBlock(
        label="When",
        choices=[("all", "all of these hold"), ("any", "any of these holds")],
        default="all",
    )
    tests = blocks.ListBlock(TestBlock(), min_num=0, default=[], label="Comparisons")

    def __init__(self, levels: int = DEEPEST, **settings: Any) -> None:
        inner = [("groups", _groups(levels - 1))] if levels > 1 else []
        super().__init__(inner, **settings)

    class Meta:
        collapsed = True
        icon = "list-ul"


class GroupsBlock(blocks.ListBlock):
    """An editor that was opened before there were groups sends none, and none are meant."""

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        if f"{prefix}-count" not in data:
            return self.empty_value()
        return super().value_from_datadict(data, files, prefix)


def _groups(levels: int) -> blocks.ListBlock:
    return GroupsBlock(
        ConditionBlock(levels, label="Group", collapsed=False),
        min_num=0,
        default=[],
        label="Groups of comparisons",
        help_text="A group counts as one comparison. For example: all of these hold, and in a "
        "group any of these holds.",
        collapsed=True,
    )


def is_set(value: Any) -> bool:
    return bool(value["tests"] or value.get("groups"))


def stored(value: Any, kinds: dict[str, Any]) -> dict[str, Any] | None:
    """The condition as the form engine reads it; `kinds` gives the question of each key."""
    return _stored(value, kinds) if is_set(value) else None


def _stored(value: Any, kinds: dict[str, Any]) -> dict[str, Any]:
    """A group of one is what it holds. An empty one stays, and the form engine refuses it."""
    parts = [_test(test, kinds) for test in value["tests"]]
    parts += [_stored(group, kinds) for group in value.get("groups") or []]
    return parts[0] if len(parts) == 1 else {value["match"]: parts}


def _test(test: Any, kinds: dict[str, Any]) -> dict[str, Any]:
    found = {"question": test["question"].strip(), "test": test["test"]}
    if test["test"] not in WITHOUT_VALUE:
        found["value"] = _typed(test["value"].strip(), kinds.get(found["question"]))
    return found


def _typed(text: str, question: dict[str, Any] | None) -> Any:
    """The value as answers of the question hold it: yes as true, a choice by its short name."""
    if question is None:
        return text
    if question["kind"] in {"yes_no", "declaration"}:
        return {"yes": True, "no": False}.get(text.lower(), text)
    choices = question["options"].get("choices", [])
    by_label = {choice["label"].lower(): choice["value"] for choice in choices}
    return by_label.get(text.lower(), text)


def shown(condition: dict[str, Any] | None) -> dict[str, Any]:
    """A stored condition as the designer holds it."""
    match, parts = "all", list[dict[str, Any]]()
    if condition:
        match = _word(condition) or "all"
        parts = condition.get(match, [condition])
    found: dict[str, Any] = {
        "match": match,
        "tests": [_shown(part) for part in parts if not _word(part)],
    }
    groups = [shown(part) for part in parts if _word(part)]
    return found | ({"groups": groups} if groups else {})


def _word(condition: dict[str, Any]) -> str:
    return next((word for word in ("all", "any") if word in condition), "")


def named(condition: Any) -> list[str]:
    """The questions that a condition looks at, also while it is unfinished."""
    if not condition:
        return []
    if word := _word(condition):
        return [key for part in condition[word] for key in named(part)]
    return [condition["question"]] if "question" in condition else []


def _shown(test: dict[str, Any]) -> dict[str, Any]:
    value = test.get("value", "")
    words = {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else value
    return {"question": test["question"], "test": test.get("test", "is"), "value": str(words)}
