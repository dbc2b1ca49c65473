"""Mail as files in a folder, for the example and for development."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """One file a mail, named by its Message-ID: the same mail again is the same file."""

    def __init__(self, *, fail_silently: bool = False, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            content = mail.message()
            path = self._path(content["Message-ID"])
            part = path.with_suffix(".part")
            part.write_bytes(content.as_bytes())
            part.replace(path)
        return len(email_messages)

    def has_accepted(self, message_id: str) -> bool:
        return self._path(message_id).exists()

    def _path(self, message_id: str) -> Path:
        return self.folder / f"{re.sub(r'[^A-Za-z0-9.@_-]', '', message_id)[:120]}.eml"
