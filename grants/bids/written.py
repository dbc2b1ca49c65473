"""The answers of a submission as markup, written once: a submission never changes."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from carefund.core.prepared import Prepared
from carefund.questions.definition import FormDefinition
from carefund.questions.display import shown
from programmes.calls.facts import facts_of
from programmes.calls.models import FormVersion

from . import queries
from .models import Bid, Submission

# A bid is read again and again while it is assessed. In memory only, and not many.
LATELY = 64


def for_the_department(bid: Bid) -> SafeString:
    """The answers as submitted (those of the draft while nothing is), with notes for assessors."""
    last = _last.first(bid=bid.pk)
    if last is None:
        return _written(queries.form_of(bid), queries.answers_of(bid))
    made = (bid.form_id, bid.form.made_at)
    return _of_submission(
        last.pk, last.fingerprint, last.erased_at, made, tuple(facts_of(bid.call).items())
    )


_last = Prepared(
    lambda bid: Submission.objects.filter(bid=bid).order_by("-number").defer("content")[:1]
)


@lru_cache(maxsize=LATELY)
def _of_submission(
    pk: int,
    _fingerprint: str,
    _erased_at: datetime | None,
    form: tuple[int, datetime],
    facts: tuple[tuple[str, Any], ...],
) -> SafeString:
    """By all that makes it another: of a submission only email addresses are erased one day."""
    content = Submission.objects.values_list("content", flat=True).get(pk=pk)
    definition = FormVersion.objects.values_list("definition", flat=True).get(pk=form[0])
    return _written(FormDefinition.stored(definition, dict(facts)), content["answers"])


def forget() -> None:
    """The next reading writes anew."""
    _of_submission.cache_clear()


def _written(form: FormDefinition, answers: dict[str, Any]) -> SafeString:
    context = {"sections": shown(form, answers, notes=True)}
    return render_to_string("questions/answers.html", context)
