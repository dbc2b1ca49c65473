"""Letters and agreements as PDFs, drawn as bids are."""

from carefund.core.formats import money, uk_date, uk_instant
from carefund.core.years import label
from carefund.questions.types.base import Table
from grants.bids.paper import paper_of as bid_paper
from grants.bids.paper.content import Item, Paper, Part

from .models import Agreement, Letter


def paper_of(letter: Letter) -> Paper:
    paragraphs = [Item("", text.strip()) for text in letter.body.split("\n\n") if text.strip()]
    parts = [Part("", "", paragraphs)]
    if letter.feedback:
        rows = [Item(_head(row), row["comment"] or " ") for row in letter.feedback]
        parts.append(Part("Feedback of the assessors", "", rows))
    reference = letter.choice.bid.reference
    funder = letter.choice.round.call.programme.funder
    mark = f"{funder}. {letter.get_kind_display()}, {reference}, {uk_date(letter.sent_at)}"
    if letter.choice.bid.is_sample:
        mark = f"Sample data. {mark}"
    return Paper(letter.subject, mark, [], parts)


def _head(row: dict[str, str]) -> str:
    score = f", {row['score']} of {row['highest']}" if row["score"] else ""
    return f"{row['criterion']}: {row['assessor']}{score}"


def agreement_paper(agreement: Agreement) -> Paper:
    """The frozen text with its schedules, both signatures, and the bid as its annex."""
    content = agreement.content
    facts = [
        ("Funder", content["funder"]),
        ("Recipient", f"{content['recipient']['name']} ({content['recipient']['id']})"),
        ("Programme", content["programme"]),
        ("Project", content["project"]),
        ("Maximum sum", money(content["maximum_sum"])),
    ]
    clauses = [
        Item(f"{number}. {clause['title']}", clause["text"])
        for number, clause in enumerate(content["clauses"], 1)
    ]
    schedules = [
        Part(f"Schedule {number}: {schedule['title']}", "", [Item("", schedule["text"])])
        for number, schedule in enumerate(content.get("schedules", []), 2)
    ]
    annex = bid_paper(agreement.offer.bid)
    first = Part("Annex 1: the bid as it was submitted", "", [Item(annex.title, annex.mark)])
    parts = [Part("Clauses", "", clauses), _amounts(content), *schedules, _signatures(agreement)]
    mark = f"Agreement {content['reference']}. Fingerprint {agreement.fingerprint}."
    if agreement.offer.is_sample:
        mark = f"Sample data. {mark}"
    return Paper("Grant agreement", mark, facts, [*parts, first, *annex.parts])


def _amounts(content: dict) -> Part:
    rows = [
        [label(row["year"]), row["kind"].capitalize(), money(row["amount"])]
        for row in content["schedule_of_amounts"]
    ]
    total = ["Maximum sum", "", money(content["maximum_sum"])]
    table = Table(["Financial year", "Kind", "Amount"], rows, total)
    return Part("Schedule 1: amounts", "", [Item("", table=table)])


def _signatures(agreement: Agreement) -> Part:
    signature = getattr(agreement, "signature", None)
    theirs = f"Accepted on {uk_instant(agreement.accepted_at)} (UK time)"
    ours = "Not signed yet"
    if signature:
        who = signature.signed_by or "the funder"
        ours = f"Signed on {uk_instant(signature.signed_at)} (UK time) by {who}"
    by = f" by {agreement.accepted_by}" if agreement.accepted_by else ""
    items = [
        Item(f"For {agreement.content['recipient']['name']}", theirs + by),
        Item(f"For {agreement.content['funder']}", ours),
    ]
    return Part("Signatures", "", items)
