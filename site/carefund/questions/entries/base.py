"""One question on the page: what stands saved, what was typed, what will be stored."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Files:
    """How uploads are kept, given by who owns the page.

    `refusal` says why an upload cannot be taken; `keep` stores one for a question and gives what
    the answer remembers of it.
    """

    refusal: Callable[[Any], str]
    keep: Callable[[Any, str], dict[str, Any]]


@dataclass(frozen=True)
class Page:
    """What an entry may need to know beyond its question and its value."""

    # What was sent; None while nothing was.
    data: Any = None
    uploads: Any = None
    # The question to which an empty row is added; the row taken out, as (question, number).
    extra: str = ""
    removed: tuple[str, int] | None = None
    # What is searched for, as (question, words).
    find: tuple[str, str] = ("", "")
    # Financial years that the form speaks of.
    years: tuple[int, ...] = ()
    files: Files | None = None
    # Keys of the questions that must be answered now.
    required: frozenset[str] = frozenset()
    # Question key -> words, for what is computed.
    computed: Mapping[str, str] = field(default_factory=dict)


class Entry(ABC):
    """`forms` hold every field of the question, so that errors are listed in their order."""

    template = ""
    wide = False
    # Files are sent with it.
    multipart = False
    # Which revision of the answer the person was looking at; when the question is asked.
    revision = 0
    revealed: Any = None
    # Where to talk about it: href and text; where there is such a page.
    talk: Mapping[str, str] | None = None

    def __init__(self, question: Any, value: Any, page: Page) -> None:
        self.question, self.value, self.page = question, value, page
        if not question.type.fits(value, question.options):
            self.value = None
        self.data = page.data
        self.forms = self.make_forms()

    def make_forms(self) -> list[Any]:
        return []

    @abstractmethod
    def stored(self) -> Any:
        """What to keep; only after every form of the entry was found valid."""

    @property
    def required(self) -> bool:
        return self.question.key in self.page.required

    @property
    def refused(self) -> str:
        """Why the answer as a whole cannot be kept, beside what its fields say."""
        return ""

    def is_valid(self) -> bool:
        return not self.refused and not [form for form in self.forms if not form.is_valid()]

    @property
    def hint(self) -> dict[str, str]:
        """Component parameters of the hint; none where there is nothing to say."""
        revealed = self.revealed.words if self.revealed else ""
        words = [revealed, self.question.hint, self.question.type.advice]
        text = " ".join(word for word in words if word)
        return {"text": text} if text else {}
