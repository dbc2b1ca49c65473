"""What every part of a definition is read with."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..expressions import Known
from ..facts import FACTS
from ..question import Question
from ..types.settings import LONGEST_TEXT
from .faults import BadDefinition, Fault

LARGEST = 600_000  # characters of JSON


class Parts:
    """Holds the JSON of a form; `faults` collects what is wrong with it."""

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

    def _items(self) -> Iterator[Mapping[str, Any]]:
        for section in self.section_items:
            questions = section.get("questions")
            for item in questions if isinstance(questions, list) else []:
                if isinstance(item, Mapping) and self._is_text(item.get("label")):
                    yield item

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
