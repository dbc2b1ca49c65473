"""From JSON, whatever it holds, to a form or to sentences that say what is wrong with it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..conditions import BadCondition, Condition, misfit
from ..conditions import parse as parse_condition
from ..expressions import Expression, ExpressionError, Known, read_expression
from ..expressions.kinds import NUMBER, TRUTH
from ..expressions.parsing import WORDS
from ..facts import FACTS
from ..question import Question, Rule, Screening, Section
from ..types import question_type
from ..types.settings import KEY, LONGEST_LABEL, LONGEST_TEXT, VALUE
from .faults import BadDefinition, Fault

MOST_QUESTIONS = 300
MOST_SECTIONS = 60
MOST_RULES = 100
MOST_SCREENING = 20
LARGEST = 600_000  # characters of JSON
# Names of the buttons and fields that every section has of its own.
TAKEN = {"add", "remove", "find", "continue", "later", "clash", "csrfmiddlewaretoken", "call"}
TEXTS = ("hint", "guidance", "example", "assessment")


class Reader:
    """Reads a definition part by part; `faults` collects what is wrong with any."""

    def __init__(self, data: Any) -> None:
        self.faults: list[Fault] = []
        self.asked: dict[str, Question] = {}
        self.scope: dict[str, Known] = dict(FACTS)
        self.section_items: list[Any] = []
        self.data = self._whole(data)

    def fault(self, text: str, key: Any = "") -> None:
        self.faults.append(Fault(text, key if isinstance(key, str) else ""))

    def _whole(self, data: Any) -> Mapping[str, Any]:
        """Raises `BadDefinition` at once for what could not even be looked through."""
        if not isinstance(data, Mapping):
            raise BadDefinition([Fault("The form is no form.")])
        try:
            size = len(json.dumps(data))
        except (RecursionError, TypeError, ValueError):
            raise BadDefinition([Fault("The form is nested too deeply to be read.")]) from None
        if size > LARGEST:
            raise BadDefinition([Fault(f"The form is larger than {LARGEST:,} characters.")])
        return data

    def _list(self, data: Mapping[str, Any], name: str, most: int, words: str) -> list[Any]:
        found = data.get(name) or []
        if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
            self.fault(f"The {words} of the form must be a list.")
            return []
        if len(found) > most:
            self.fault(f"The form has {len(found):,} {words}. It can have {most:,}.")
            return []
        return found

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
        self._cycles(found)
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

    def _items(self) -> Iterator[Mapping[str, Any]]:
        for section in self.section_items:
            questions = section.get("questions")
            for item in questions if isinstance(questions, list) else []:
                if isinstance(item, Mapping) and self._is_text(item.get("label")):
                    yield item

    def _cycles(self, sections: tuple[Section, ...]) -> None:
        """Two questions that wait for each other are named together."""
        needs = {str(i.get("key")): set(_looked_at(i)) for i in self._items()}
        for key, looked in needs.items():
            for other in looked:
                if key < other and key in needs.get(other, set()):
                    names = f"“{self._called(key)}” and “{self._called(other)}”"
                    self.fault(f"{names} depend on each other.", key)

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

    def rules(self) -> tuple[Rule, ...]:
        items = self._list(self.data, "rules", MOST_RULES, "rules")
        return tuple(filter(None, [self._rule(n, item) for n, item in enumerate(items, 1)]))

    def _rule(self, number: int, item: Mapping[str, Any]) -> Rule | None:
        message = item.get("message")
        if not self._is_text(message) or len(str(message)) > LONGEST_TEXT:
            self.fault(f"Rule {number} needs a message for the people who break it.")
            return None
        found = self._expression(item.get("expression"), TRUTH, f"Rule {number}", "")
        if found is None:
            return None
        names = tuple(name for name in found.names if name in self.asked)
        concerns = self._concerns(number, item.get("concerns") or [])
        if not (concerns or names):
            self.fault(f"Rule {number} looks at no question.")
            return None
        return Rule(found, str(message), concerns or names)

    def _concerns(self, number: int, wanted: Any) -> tuple[str, ...]:
        """Questions by key; the key of a section stands for its first question."""
        if not isinstance(wanted, list) or not all(isinstance(key, str) for key in wanted):
            self.fault(f"Rule {number} concerns a list of questions.")
            return ()
        firsts = {
            section["key"]: section["questions"][0].get("key")
            for section in self.section_items
            if self._is_text(section.get("key")) and section.get("questions")
        }
        keys = [key if key in self.asked else firsts.get(key, key) for key in wanted]
        for key in keys:
            if key not in self.asked:
                self.fault(f"Rule {number} concerns “{str(key)[:60]}”, which is no question.")
        return tuple(key for key in keys if key in self.asked)

    # -- screening

    def eligibility(self) -> tuple[Screening, ...]:
        items = self._list(self.data, "eligibility", MOST_SCREENING, "screening questions")
        found = tuple(filter(None, [self._screening(item) for item in items]))
        keys = [one.key for one in found]
        for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
            self.fault(f"Two screening questions have the key “{key}”.", key)
        return found

    def _screening(self, item: Mapping[str, Any]) -> Screening | None:
        key, label = item.get("key"), item.get("label")
        if not self._is_text(key) or not self._is_text(label) or not KEY.fullmatch(str(key)):
            self.fault("Every screening question needs a key and a label.", key)
            return None
        if not self._kind(item) or not self._is_screening(item):
            return None
        accept = item.get("accept", [True])
        accept = accept if isinstance(accept, list) else [accept]
        made = Screening(
            key=item["key"],
            kind=item["kind"],
            label=item["label"],
            accept=tuple(accept),
            reason=str(item["reason"]),
            hint=str(item.get("hint") or ""),
            options=item.get("options") or {},
        )
        if not accept or any(made.type.problem(value, made.options) for value in accept):
            self.fault(f"Screening question “{label}” accepts no answer that can be given.", key)
            return None
        return made

    def _is_screening(self, item: Mapping[str, Any]) -> bool:
        if item["kind"] not in {"yes_no", "one_of"}:
            self.fault(f"Screening question “{item['label']}” must be yes or no, or one of many.")
            return False
        if not self._is_text(item.get("reason")) or len(str(item["reason"])) > LONGEST_TEXT:
            self.fault(f"Screening question “{item['label']}” needs the reason that is shown.")
            return False
        self._text(item, "hint", f"Screening question “{item['label']}”", item["key"])
        return True

    # -- texts

    @staticmethod
    def _is_text(value: Any) -> bool:
        return isinstance(value, str) and bool(value.strip()) and len(value) <= LONGEST_TEXT

    def _text(self, item: Mapping[str, Any], name: str, where: str, key: Any) -> None:
        value = item.get(name) or ""
        if not isinstance(value, str):
            self.fault(f"{where}: the {name} is no text.", key)
        elif len(value) > LONGEST_TEXT:
            self.fault(f"{where}: the {name} is longer than {LONGEST_TEXT:,} characters.", key)


def _looked_at(item: Mapping[str, Any]) -> Iterator[str]:
    for name in ("show_if", "require_if"):
        try:
            yield from (test.question for test in parse_condition(item.get(name)).tests())
        except BadCondition:
            continue
