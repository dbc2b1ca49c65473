"""When a question is asked: what an editor chooses, and the condition stored of it."""

from typing import Any

from wagtail import blocks

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
    match = blocks.ChoiceBlock(
        label="When",
        choices=[("all", "all of these hold"), ("any", "any of these holds")],
        default="all",
    )
    tests = blocks.ListBlock(TestBlock(), min_num=0, default=[], label="Comparisons")

    class Meta:
        collapsed = True


def stored(value: Any, kinds: dict[str, Any]) -> dict[str, Any] | None:
    """The condition as the form engine reads it; `kinds` gives the question of each key."""
    tests = [_test(test, kinds) for test in value["tests"]]
    if not tests:
        return None
    return tests[0] if len(tests) == 1 else {value["match"]: tests}


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
    match, tests = "all", []
    if condition:
        match = next((word for word in ("all", "any") if word in condition), "all")
        tests = condition.get(match, [condition])
    return {"match": match, "tests": [_shown(test) for test in tests]}


def _shown(test: dict[str, Any]) -> dict[str, Any]:
    value = test.get("value", "")
    words = {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else value
    return {"question": test["question"], "test": test.get("test", "is"), "value": str(words)}
