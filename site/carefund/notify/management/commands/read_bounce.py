import sys
from email import message_from_binary_file, policy
from typing import Any

from django.core.management.base import BaseCommand

from carefund.notify.actions import note_bounce
from carefund.notify.queries import row_of_reference

MOST_BYTES = 1024 * 1024


class Command(BaseCommand):
    """Read a delivery report (RFC 3464) from standard input, as a mail server pipes it.

    Only a report on a message that this service sent, about the address it was sent to, stops
    that address: nobody can stop another's mail by writing a report.
    """

    help = "Read a bounced mail from standard input and stop mail to its address."

    def handle(self, *args: Any, **options: Any) -> None:
        report = message_from_binary_file(sys.stdin.buffer, policy=policy.default)
        refused, original = _refused(report), _original(report)
        row = row_of_reference(original) if original else None
        if row is None or row.address.lower() not in refused:
            self.stdout.write("Not a permanent failure of a mail of ours: nothing was changed.")
            return
        note_bounce(address=row.address, reason=refused[row.address.lower()], message=row)
        self.stdout.write(f"Nothing more is mailed to {row.address}.")


def _refused(report: Any) -> dict[str, str]:
    """Reasons by address, of the recipients that failed for good."""
    found = {}
    for part in report.walk():
        if "Final-Recipient" in part and str(part.get("Action", "")).strip().lower() == "failed":
            if not str(part.get("Status", "")).startswith("5"):
                continue
            address = str(part["Final-Recipient"]).split(";", 1)[-1].strip().lower()
            found[address] = str(part.get("Diagnostic-Code") or part["Status"])
    return found


def _original(report: Any) -> str:
    """The Message-ID of the mail that came back."""
    for part in report.walk():
        if part is not report and "Message-ID" in part:
            return str(part["Message-ID"])
        if part.get_content_type() == "text/rfc822-headers":
            for line in str(part.get_content()).splitlines():
                if line.lower().startswith("message-id:"):
                    return line.split(":", 1)[1].strip()
    return ""
