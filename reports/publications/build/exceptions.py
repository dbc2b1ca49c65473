"""Which rules did not hold for somebody."""

from ..document.model import Column, Kind, Paragraph, Part, Row, Table
from .reading import Reading, day, plural

SOURCE = "The register of waivers: each asked for by one officer and agreed by another"


def waivers(reading: Reading) -> list[Part]:
    """One part; none in a report that was frozen before there was a register."""
    if "waivers" not in reading.data:
        return []
    found = reading.data["waivers"]
    table = Table(
        title="Waivers in force",
        name="Waivers",
        columns=(
            Column(heading="Organisation", width=2),
            Column(heading="Rule", width=2),
            Column(heading="For", width=2),
            Column(heading="Reason", width=3),
            Column(heading="From", kind=Kind.DATE, width=1.3),
            Column(heading="Last day", kind=Kind.DATE, width=1.3),
        ),
        rows=tuple(
            Row(
                (
                    line["organisation"],
                    line["rule"],
                    line["scope"],
                    line["reason"],
                    day(line["starts_on"]),
                    day(line["ends_on"]),
                ),
                sample=line["sample"],
            )
            for line in found
        ),
        source=SOURCE,
        empty="No rule was waived.",
    )
    if not found:
        return [Part("Waivers", (Paragraph("No rule was waived for anybody."),))]
    words = f"{plural(len(found), 'waiver')} in force: each says for whom, why and until when."
    return [Part("Waivers", (table,), summary=words)]
