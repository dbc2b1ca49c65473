"""A letter as a PDF, drawn as bids are."""

from carefund.core.formats import uk_date
from grants.bids.paper.content import Item, Paper, Part

from .models import Letter


def paper_of(letter: Letter) -> Paper:
    paragraphs = [Item("", text.strip()) for text in letter.body.split("\n\n") if text.strip()]
    parts = [Part("", "", paragraphs)]
    if letter.feedback:
        rows = [Item(_head(row), row["comment"] or " ") for row in letter.feedback]
        parts.append(Part("Feedback of the assessors", "", rows))
    reference = letter.choice.bid.reference
    mark = f"{letter.get_kind_display()}, {reference}, {uk_date(letter.sent_at)}"
    return Paper(letter.subject, mark, [], parts)


def _head(row: dict[str, str]) -> str:
    score = f", {row['score']} of {row['highest']}" if row["score"] else ""
    return f"{row['criterion']}: {row['assessor']}{score}"
