"""What the service says about files. Connected to their news in `apps.py`."""

from dataclasses import dataclass
from typing import Any, ClassVar

from .actions import send
from .message import Message


@dataclass(frozen=True, kw_only=True)
class VirusFound(Message):
    kind: ClassVar[str] = "files.virus_found"
    name: str

    def subject(self) -> str:
        return "A file that you uploaded holds a virus"

    def paragraphs(self) -> list[str]:
        return [
            f"The virus scanner found something harmful in {self.name}.",
            "The file has been locked away and nobody can open it.",
            "Check the computer that it came from. Then upload a clean copy.",
        ]


def tell_uploader(*, stored: Any, **_: Any) -> None:
    if stored.uploaded_by:
        about = stored.subject or stored
        send(VirusFound(name=stored.name), to=[stored.uploaded_by], about=about, key=str(stored.pk))
