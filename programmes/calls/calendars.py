"""The dates of a call as RFC 5545 has it."""

from collections.abc import Iterator
from datetime import UTC, datetime

from .models import Call

LONGEST = 75  # octets in one line


def calendar(call: Call, address: str, host: str) -> str:
    """A calendar file with an event for each moment of the call; lines end as the standard asks."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Digital Care Fund//Calls//EN"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    changed = call.updates.order_by("-at").values_list("at", flat=True).first() or call.opens_at
    for name, words, moment in moments(call):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{call.code}-{name}@{host}",
            f"DTSTAMP:{_utc(changed)}",
            f"SEQUENCE:{call.updates.count()}",
            f"DTSTART:{_utc(moment)}",
            f"SUMMARY:{_text(f'{words}: {call.title}')}",
            f"DESCRIPTION:{_text(call.summary)}",
            f"URL:{address}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in [_folded(line)])


def moments(call: Call) -> Iterator[tuple[str, str, datetime]]:
    yield "opens", "Call opens", call.opens_at
    if call.questions_until:
        yield "questions", "Last moment for questions", call.questions_until
    for cut_off in call.cut_offs.all():
        yield f"cut-off-{cut_off.pk}", "Cut-off", cut_off.at
    yield "closes", "Call closes", call.closes_at


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _folded(line: str) -> str:
    """No line longer than 75 octets, and no letter cut in two."""
    parts, current, size = [], "", 0
    for letter in line:
        length = len(letter.encode())
        if size + length > LONGEST:
            parts.append(current)
            current, size = " ", 1
        current += letter
        size += length
    return "\r\n".join([*parts, current])
