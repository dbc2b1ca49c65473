"""Contact details leave a bid without a grant when their time is over."""

from django.db import transaction
from django.db.models import QuerySet

from carefund.core import clock
from carefund.core.actors import SYSTEM
from carefund.core.appendonly import update_lawfully
from carefund.core.record import record
from carefund.questions.types import types

from .. import queries, words
from ..models import Answer, AnswerRevision, Bid, KeptAnswer, Submission

# The database lets a revision become this and nothing else.
REMOVED = "Removed under the retention rule"


def forget_contacts(*, bids: QuerySet[Bid]) -> int:
    """Take the answers that say how to reach somebody out of `bids`, in every version.

    A submission keeps the fingerprint of what was submitted and says that it was emptied.
    """
    with transaction.atomic():
        found = list(bids.select_related("form").select_for_update(of=("self",)))
        for bid in found:
            asked = [q.key for q in queries.form_of(bid).questions() if q.type.holds_contact]
            if asked:
                _take_out(bid, asked)
            kinds = [kind.name for kind in types() if kind.holds_contact]
            bid.set_aside.filter(kind__in=kinds).update(value=REMOVED)
            Bid.objects.filter(pk=bid.pk).update(contacts_removed_at=clock.now())
            record("bid.forget_contacts", bid, by=SYSTEM, changes={"answers": (None, asked)})
    return len(found)


def _take_out(bid: Bid, asked: list[str]) -> None:
    Answer.objects.filter(bid=bid, question__in=asked).update(value=REMOVED)
    # Past the model, which refuses every change: the trigger knows this one.
    revisions = AnswerRevision._base_manager.filter(bid=bid, question__in=asked)
    update_lawfully(revisions.exclude(value=REMOVED), value=REMOVED)
    aside = KeptAnswer._base_manager.filter(bid=bid, question__in=asked)
    update_lawfully(aside.exclude(value=REMOVED), value=REMOVED)
    for row in Submission.objects.filter(bid=bid).order_by("number"):
        content = {**row.content}
        answers = content.get("answers", {})
        content["answers"] = {k: REMOVED if k in asked else v for k, v in answers.items()}
        rows = Submission._base_manager.filter(pk=row.pk)
        update_lawfully(rows, content=content, erased_at=clock.now())
        words.keep(bid, content)
