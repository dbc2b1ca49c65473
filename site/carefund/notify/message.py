from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Message:
    """One kind of message. A subclass per thing to tell; its fields are the facts it tells.

    What people typed may appear in a message as text only: the templates escape everything.
    """

    kind: ClassVar[str] = ""

    def subject(self) -> str:
        raise NotImplementedError

    def paragraphs(self) -> Sequence[str]:
        """What happened, what happens next and by when: short plain sentences."""
        raise NotImplementedError

    def path(self) -> str:
        """Where in the service to go on; empty when there is nowhere."""
        return ""
