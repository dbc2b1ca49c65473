"""What the service says about files. Connected to their news in `apps.py`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Model

from .actions import send
from .message import Message, Topic, Typed


@dataclass(frozen=True, kw_only=True)
class VirusFound(Message):
    kind: ClassVar[str] = "files.virus_found"
    topic: ClassVar[Topic] = Topic.SERVICE
    stored: Any  # a StoredFile, of a floor beside this one

    def about(self) -> Model:
        found: Model = self.stored.subject or self.stored
        return found

    def recipients(self) -> Iterable[Any]:
        return [self.stored.uploaded_by] if self.stored.uploaded_by else []

    def subject(self) -> str:
        return "A file that you uploaded holds a virus"

    def paragraphs(self) -> list[str]:
        return [
            f"The virus scanner found something harmful in {Typed(self.stored.name)}.",
            "The file has been locked away and nobody can open it.",
            "Check the computer that it came from. Then upload a clean copy.",
        ]


def tell_uploader(*, stored: Any, **_: Any) -> None:
    send(VirusFound(stored=stored), key=str(stored.pk))
