from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.utils.safestring import SafeString

from carefund.core.markup import text

from ..comparing import Difference
from ..entries import Entry, Page, SingleEntry
from ..fields import TextField
from .settings import Setting

Options = Mapping[str, Any]
# Headings under which a designer offers the types, in this order.
GROUPS = (
    *("Text", "Numbers and dates", "Choices", "Contacts", "Places and organisations"),
    *("Files", "Tables", "Plans and money", "Statements"),
)
LONGEST_SHOWN = 2000


@dataclass(frozen=True)
class Table:
    """An answer to be read as a table; `numeric` names columns of numbers by place."""

    head: list[str]
    rows: list[list[str]]
    total: list[str] | None = None
    numeric: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class Column:
    """A question inside a question: a column of a table, one of the answers of a row."""

    key: str
    kind: str
    label: str
    type: Any
    hint: str = ""
    required: bool = True
    options: Options = field(default_factory=dict)


class QuestionType:
    """All that the service knows about one kind of question.

    A value is what JSON holds: text, numbers as text, lists, objects. None means no answer. What
    is stored may be of another shape (the question was of another kind once): every method that
    reads a value first asks `fits`, and nothing here raises for any value.
    """

    name: ClassVar[str] = ""
    # For the designer: what it is called, its Wagtail icon, where it stands, what it is for.
    title: ClassVar[str] = ""
    icon: ClassVar[str] = "help"
    group: ClassVar[str] = "Text"
    help: ClassVar[str] = ""
    settings: ClassVar[tuple[Setting, ...]] = ()
    # On the page where it is answered; `advice` ends its hint.
    advice: ClassVar[str] = ""
    entry_class: ClassVar[type[Entry]] = SingleEntry
    # May stand in a group of answers; may stand in a cell of a table.
    in_groups: ClassVar[bool] = False
    in_tables: ClassVar[bool] = False
    # Nothing is typed or stored: the value follows from other answers.
    is_computed: ClassVar[bool] = False
    # A text as somebody typed it says itself; there may be a hundred of them in a form.
    is_its_words: ClassVar[bool] = False
    # Read as a table of its own rather than as a line.
    is_table: ClassVar[bool] = False
    # How two answers can be joined: as "text", as a "list", or (empty) not at all.
    joins: ClassVar[str] = ""
    # The answer tells how to reach a person; the retention rule takes it out.
    holds_contact: ClassVar[bool] = False
    # What it is to the rules: number, text, truth, date, list, rows, budget.
    reading: ClassVar[str] = "text"

    # -- definition

    @property
    def group_order(self) -> int:
        return GROUPS.index(self.group)

    def definition_problems(self, label: str, options: Options) -> list[str]:
        """What is wrong with a question of this type as its author wrote it, as sentences."""
        found = [setting.problem(options) for setting in self.settings]
        return [f"Question “{label}” {words}." for words in found if words]

    def setting(self, options: Options, name: str) -> Any:
        """What the author set, or the default."""
        return next(s for s in self.settings if s.name == name).value(options)

    def columns(self, options: Options) -> list[Column]:
        """The questions inside a question of this type."""
        return []

    def posted_names(self, key: str) -> set[str]:
        """The names under which a page sends an answer; two questions never share one."""
        return {key}

    # -- storage

    def fits(self, value: Any, options: Options) -> bool:
        """Whether the value has the shape in which this type stores answers, finished or not."""
        return isinstance(value, str)

    def is_empty(self, value: Any) -> bool:
        return value in (None, "", [], {})

    def is_blank(self, value: Any) -> bool:
        """Nothing in it is worth storing; a half answer may be empty and yet not blank."""
        return self.is_empty(value)

    # -- form

    def entry(self, question: Any, value: Any, page: Page) -> Entry:
        return self.entry_class(question, value, page)

    def field(self, question: Any, base: dict[str, Any]) -> forms.Field:
        """The field of a question answered in one place; `base` has its label and `required`."""
        return TextField(**base)

    def cell_field(self, question: Any, base: dict[str, Any]) -> forms.Field:
        """The same in a cell of a table: always one control."""
        return self.field(question, base)

    def field_settings(self, question: Any) -> dict[str, Any]:
        """Component parameters for the field."""
        return {}

    def show(self, value: Any) -> Any:
        """A stored value as the field holds it."""
        return value

    def store(self, cleaned: Any) -> Any:
        """What to store of what the field made of the input."""
        return "" if cleaned is None else cleaned

    # -- validation

    def missing(self, label: str) -> str:
        return f"Answer “{label}”."

    def problem(self, value: Any, options: Options) -> str:
        """A sentence on what is wrong with a value that is there, or nothing."""
        return self.wrong(value, options) if self.fits(value, options) else "Answer this again."

    def wrong(self, value: Any, options: Options) -> str:
        """As `problem`, for a value that fits."""
        return ""

    # -- display

    def display(self, value: Any, options: Options) -> str:
        """The answer in words, as one text."""
        if self.is_its_words and type(value) is str:
            return value
        if self.is_empty(value):
            return ""
        return self.words(value, options) if self.fits(value, options) else raw(value)

    def words(self, value: Any, options: Options) -> str:
        """As `display`, for a value that fits and is not empty."""
        return str(value)

    def html(self, value: Any, options: Options) -> str:
        """The answer as markup: its words with their line breaks, unless the type knows better."""
        said = self.display(value, options)
        return SafeString(f'<span class="cf-plain">{text(said)}</span>') if said else ""

    def table(self, value: Any, options: Options) -> Table:
        """The answer as a table; it may be a draft, and what is missing is shown as empty."""
        return Table([], [])

    # -- comparison

    def differences(self, old: Any, new: Any, options: Options) -> list[Difference]:
        """What became of what, in words; none where the two read the same."""
        before, after = self.display(old, options), self.display(new, options)
        return [] if before == after else [Difference("", before, after)]

    def joined(self, first: Any, second: Any) -> Any:
        """Both answers in one, for a type that `joins`."""
        if self.joins == "text":
            return "\n\n".join(text for text in (first, second) if isinstance(text, str) and text)
        rows = list(first) if isinstance(first, list) else []
        more = second if isinstance(second, list) else []
        return [*rows, *(row for row in more if row not in rows)]

    # -- export

    def headings(self, label: str, options: Options) -> list[str]:
        """The columns that an answer takes in a spreadsheet."""
        return [label]

    def cells(self, value: Any, options: Options) -> list[Any]:
        """One cell for each heading."""
        return [self.display(value, options)]

    # -- rules

    def members(self, options: Options) -> dict[str, str]:
        """What a rule can name inside the answer, and what each is: columns, categories."""
        return {column.key: column.type.reading for column in self.columns(options)}

    def read(self, value: Any, options: Options) -> Any:
        """The value as the rules see it; None for nothing."""
        return value if self.fits(value, options) and not self.is_empty(value) else None


def raw(value: Any) -> str:
    """A value of a shape that nobody expected, so that it is never hidden."""
    return value if isinstance(value, str) else str(value)[:LONGEST_SHOWN]


def text_or_nothing(values: Sequence[Any]) -> bool:
    return all(value is None or isinstance(value, str) for value in values)
