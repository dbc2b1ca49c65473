"""Reading the mails of the example, which the folder backend keeps as files."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

MOST = 200


@dataclass(frozen=True)
class Mail:
    name: str
    subject: str
    to: str
    at: datetime
    text: str


def mails() -> list[Mail]:
    """The newest mails, newest first."""
    paths = sorted(_folder().glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [_read(path) for path in paths[:MOST]]


def mail(name: str) -> Mail | None:
    """One mail by its file name without the ending; None when there is none."""
    path = _folder() / f"{name}.eml"
    # Only what lies in the folder itself: a name is a name, never a way somewhere else.
    return _read(path) if path in set(_folder().glob("*.eml")) else None


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


def _read(path: Path) -> Mail:
    found = message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=policy.default)
    body = found.get_body(("plain",))
    return Mail(
        path.stem,
        str(found["Subject"]),
        str(found["To"]),
        datetime.fromtimestamp(path.stat().st_mtime, UTC),
        body.get_content() if body else "",
    )
