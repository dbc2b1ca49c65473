"""A field of the designer for each kind of setting that a question type declares.

Each knows both ways: what an editor fills and what the definition of the form stores.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wagtail import blocks

from carefund.questions.types import types
from carefund.questions.types.settings import Setting

from .keys import named

SHORT = 300


@dataclass(frozen=True)
class Field:
    """How one kind of setting is edited, and how its value is written and read back."""

    block: Callable[[Setting], blocks.Block]
    stored: Callable[[Any], Any] = lambda value: value
    shown: Callable[[Any], Any] = lambda value: value


class ChoiceBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=SHORT)
    value = blocks.CharBlock(
        max_length=60,
        required=False,
        help_text="The short name that rules and exports use. Leave it empty to have one made.",
    )

    class Meta:
        icon = "list-ul"
        label_format = "{label}"
        form_layout = blocks.BlockGroup(children=["label"], settings=["value"])


class ColumnBlock(blocks.StructBlock):
    """A column of a table, or a question within a group of questions."""

    label = blocks.CharBlock(max_length=SHORT)
    kind = blocks.ChoiceBlock(
        label="Type",
        choices=lambda: [(t.name, t.title) for t in types() if t.in_tables or t.in_groups],
    )
    choices = blocks.ListBlock(
        blocks.CharBlock(max_length=SHORT),
        required=False,
        default=[],
        collapsed=True,
        help_text="For a column with choices: what can be chosen.",
    )
    required = blocks.BooleanBlock(required=False, default=True)
    key = blocks.CharBlock(
        max_length=60,
        required=False,
        help_text="The short name that rules use. Leave it empty to have one made.",
    )

    class Meta:
        icon = "table"
        label_format = "{label}"
        form_layout = blocks.BlockGroup(
            children=["label", "kind", "choices", "required"], settings=["key"]
        )


def _common(setting: Setting) -> dict[str, Any]:
    return {"label": setting.label, "required": setting.required, "help_text": setting.help}


def _limits(setting: Setting) -> dict[str, Any]:
    return {"min_value": setting.lowest, "max_value": setting.highest}


def _number(setting: Setting) -> blocks.Block:
    return blocks.IntegerBlock(default=setting.default, **_limits(setting), **_common(setting))


def _decimal(setting: Setting) -> blocks.Block:
    return blocks.DecimalBlock(default=setting.default, **_limits(setting), **_common(setting))


def _text(setting: Setting) -> blocks.Block:
    return blocks.TextBlock(default=setting.default or "", rows=2, **_common(setting))


def _boolean(setting: Setting) -> blocks.Block:
    settings = {**_common(setting), "required": False}
    return blocks.BooleanBlock(default=bool(setting.default), **settings)


def _many(child: Callable[[], blocks.Block]) -> Callable[[Setting], blocks.Block]:
    def made(setting: Setting) -> blocks.Block:
        return blocks.ListBlock(
            child(),
            default=[],
            # Too few is told with everything else that is missing, not as soon as it is added.
            max_num=setting.highest,
            **_common(setting),
        )

    return made


def _as_text(value: Decimal | None) -> int | str | None:
    """Whole numbers as they are, others as text, so that they stay exact."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else f"{value:f}"


def _as_pounds(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _as_number(value: Any) -> Decimal | None:
    return None if value in {None, ""} else Decimal(str(value))


# Which part of a setting of several parts is its short name, and what is made when it has none.
PARTS = {
    "choices": ("value", "choice"),
    "categories": ("value", "cost"),
    "columns": ("key", "column"),
}


def name_parts(kind: str, values: Any) -> None:
    """Give choices and columns that have no short name one, in place."""
    if kind not in PARTS:
        return
    part, fallback = PARTS[kind]
    pairs = [(value[part] or "", value["label"] or "") for value in values or []]
    for value, name in zip(values or [], named(pairs, fallback), strict=True):
        value[part] = name


def _choices(values: Any) -> list[dict[str, str]]:
    name_parts("choices", values)
    return [{"value": v["value"], "label": v["label"]} for v in values or []]


def _columns(values: Any) -> list[dict[str, Any]]:
    name_parts("columns", values)
    return [_column(value) for value in values or []]


def _column(value: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: value[name] for name in ("key", "kind", "label", "required")}
    labels = list(value["choices"] or [])
    if labels:
        names = named([("", label) for label in labels], "choice")
        choices = [{"value": n, "label": w} for n, w in zip(names, labels, strict=True)]
        found["options"] = {"choices": choices}
    return found


def _shown_columns(values: Any) -> list[dict[str, Any]]:
    return [
        {
            "label": v["label"],
            "kind": v["kind"],
            "required": v.get("required", True),
            "key": v["key"],
            "choices": [c["label"] for c in v.get("options", {}).get("choices", [])],
        }
        for v in values or []
    ]


FIELDS = {
    "integer": Field(_number),
    "decimal": Field(_decimal, _as_text, _as_number),
    "money": Field(_decimal, _as_pounds, _as_number),
    "text": Field(_text),
    "boolean": Field(_boolean),
    "lines": Field(_many(lambda: blocks.CharBlock(max_length=SHORT)), list),
    "choices": Field(_many(ChoiceBlock), _choices),
    "categories": Field(_many(ChoiceBlock), _choices),
    "columns": Field(_many(ColumnBlock), _columns, _shown_columns),
}
# The financial years are those in which the projects of the call run.
FROM_THE_CALL = {"years"}
