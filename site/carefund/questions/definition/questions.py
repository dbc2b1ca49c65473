"""Sections and questions, with their conditions and totals."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..conditions import BadCondition, Condition, misfit
from ..conditions import parse as parse_condition
from ..expressions import Expression, ExpressionError, Known, read_expression
from ..expressions.kinds import NUMBER
from ..expressions.parsing import WORDS
from ..question import Question, Section
from ..types import question_type
from ..types.settings import KEY, LONGEST_LABEL, VALUE
from .circles import circles, told
from .parts import Parts

MOST_QUESTIONS = 300
MOST_SECTIONS = 60
# Names of the buttons and fields that every section has of its own.
TAKEN = {"add", "remove", "find", "continue", "later", "clash", "csrfmiddlewaretoken", "call"}
TEXTS = ("hint", "guidance", "example", "assessment")


class Questions(Parts):
    # -- sections and questions

    def sections(self) -> tuple[Section, ...]:
        items = self._list(self.data, "sections", MOST_SECTIONS, "sections")
        self.section_items = items
        if not items and not self.faults:
            self.fault("The form has no section.")
        number = sum(len(i["questions"]) for i in items if isinstance(i.get("questions"), list))
        if number > MOST_QUESTIONS:
            self.fault(f"The form has {number:,} questions. It can have {MOST_QUESTIONS}.")
            return ()
        found = tuple(self._section(item) for item in items)
        keys = [section.key for section in found]
        for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
            self.fault(f"Two sections have the key “{key}”.", key)
        self._names()
        self._cycles()
        return found

    def _section(self, item: Mapping[str, Any]) -> Section:
        key, title = item.get("key"), item.get("title")
        if not self._is_text(key) or not self._is_text(title):
            self.fault("Every section needs a key and a title.", key)
            key, title = str(key)[:60], str(title)[:60]
        elif not VALUE.fullmatch(str(key)) or "." in str(key):
            self.fault(f"The key of section “{title}” is letters, digits and hyphens.", key)
        for name in ("group", "introduction"):
            self._text(item, name, f"Section “{title}”", key)
        questions = self._list(item, "questions", MOST_QUESTIONS, "questions")
        if not questions:
            self.fault(f"Section “{title}” has no question.", key)
        return Section(
            key=str(key),
            title=str(title),
            questions=tuple(filter(None, [self._question(q) for q in questions])),
            group=str(item.get("group") or ""),
            introduction=str(item.get("introduction") or ""),
        )

    def _question(self, item: Mapping[str, Any]) -> Question | None:
        key, label = item.get("key"), item.get("label")
        if not self._is_text(key) or not self._is_text(label):
            self.fault("Every question needs a key and a label.", key)
            return None
        if not self._names_and_texts(item) or not self._kind(item):
            return None
        kind = question_type(item["kind"])
        made = Question(
            key=item["key"],
            kind=kind.name,
            label=item["label"],
            **{name: item.get(name) or "" for name in TEXTS},
            required=item.get("required", True),
            options=item.get("options") or {},
            show_if=self._condition(item, "show_if"),
            require_if=self._condition(item, "require_if"),
            expression=self._computed(item) if kind.is_computed else None,
        )
        self._known(made)
        return made

    def _names_and_texts(self, item: Mapping[str, Any]) -> bool:
        before, name = len(self.faults), f"Question “{item['label'][:LONGEST_LABEL]}”"
        if not KEY.fullmatch(item["key"]) or item["key"] in WORDS | TAKEN:
            self.fault(
                f"{name}: the key “{item['key'][:80]}” cannot be used. A key begins with a letter "
                "and holds letters, digits and underscores.",
                item["key"],
            )
        if len(item["label"]) > LONGEST_LABEL:
            self.fault(f"{name}: the label is longer than {LONGEST_LABEL} characters.", item["key"])
        for text in TEXTS:
            self._text(item, text, name, item["key"])
        if not isinstance(item.get("required", True), bool):
            self.fault(f"{name} must be required or not.", item["key"])
        if item["key"] in self.asked:
            self.fault(f"Two questions have the key “{item['key']}”.", item["key"])
        return len(self.faults) == before

    def _kind(self, item: Mapping[str, Any]) -> bool:
        """Whether the type is known and its settings are right."""
        label, options = item["label"], item.get("options") or {}
        if not isinstance(options, Mapping):
            self.fault(f"Question “{label}” has options that are no options.", item["key"])
            return False
        try:
            kind = question_type(item.get("kind", ""))
        except (KeyError, TypeError):
            kind_name = str(item.get("kind", ""))[:60]
            self.fault(f"Question “{label}” is of the unknown type “{kind_name}”.", item["key"])
            return False
        found = kind.definition_problems(label, options)
        for text in found:
            self.fault(text, item["key"])
        return not found

    def _known(self, question: Question) -> None:
        kind = question.type
        self.asked[question.key] = question
        members = kind.members(question.options)
        self.scope[question.key] = Known(kind.reading, members, question.label)

    # -- conditions

    def _condition(self, item: Mapping[str, Any], name: str) -> Condition | None:
        if not item.get(name):
            return None
        label = item["label"]
        try:
            found = parse_condition(item[name])
        except BadCondition as error:
            self.fault(f"Question “{label}”: {error}", item["key"])
            return None
        before = len(self.faults)
        for test in found.tests():
            asked = self.asked.get(test.question)
            if asked is None:
                self.fault(
                    f"Question “{label}” depends on “{self._called(test.question)}”, "
                    "which is not asked before it.",
                    item["key"],
                )
            elif wrong := misfit(test, asked):
                self.fault(f"Question “{label}”: {wrong}", item["key"])
        return found if len(self.faults) == before else None

    def _called(self, key: str) -> str:
        """The label of a question wherever it stands, or its key."""
        return next((str(i["label"]) for i in self._items() if i.get("key") == key), key)[:200]

    def _cycles(self) -> None:
        """Questions that wait for each other are named together."""
        needs = {str(i.get("key")): dict.fromkeys(_looked_at(i)) for i in self._items()}
        for circle in circles(needs):
            self.fault(told([self._called(key) for key in circle]), circle[0])

    def _names(self) -> None:
        """No two questions send their answers under one name."""
        owners: dict[str, str] = {}
        for question in self.asked.values():
            for name in question.type.posted_names(question.key):
                other = owners.setdefault(name, question.key)
                if other != question.key:
                    self.fault(
                        f"The keys “{other}” and “{question.key}” are too much alike: rename one.",
                        question.key,
                    )

    # -- expressions

    def _computed(self, item: Mapping[str, Any]) -> Expression | None:
        return self._expression(
            item["options"]["expression"], NUMBER, f"Question “{item['label']}”", item["key"]
        )

    def _expression(self, text: Any, kind: str, name: str, key: str) -> Expression | None:
        try:
            return read_expression(text, self.scope, kind=kind)
        except ExpressionError as error:
            self.fault(f"{name}: {error}", key)
            return None


def _looked_at(item: Mapping[str, Any]) -> Iterator[str]:
    for name in ("show_if", "require_if"):
        try:
            yield from (test.question for test in parse_condition(item.get(name)).tests())
        except BadCondition:
            continue
