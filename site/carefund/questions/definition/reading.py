"""From JSON, whatever it holds, to a form or to sentences that say what is wrong with it."""

from collections.abc import Mapping
from typing import Any

from ..expressions.kinds import TRUTH
from ..question import Rule, Screening
from ..types.settings import KEY, LONGEST_TEXT
from .questions import Questions

MOST_RULES = 100
MOST_SCREENING = 20


class Reader(Questions):
    """Reads a definition part by part."""

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
