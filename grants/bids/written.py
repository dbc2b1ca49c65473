"""The answers of a submission as markup, written once: a submission never changes."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.safestring import SafeString

from carefund.core.prepared import Prepared
from carefund.questions.definition import FormDefinition
from carefund.questions.display import shown
from carefund.questions.writing import answers
from programmes.calls.facts import facts_of
from programmes.calls.models import FormVersion

from . import queries
from .models import Submission

# Its number, when it was made and when it was frozen.
Form = tuple[int, datetime, datetime | None]
# A bid is read again and again while it is assessed. In memory only, and not many.
LATELY, FORMS = 64, 32


def for_the_department(bid: Any) -> SafeString:
    """The answers as submitted (those of the draft while nothing is), with notes for assessors.

    `bid` comes with its latest submission (`queries.with_latest`).
    """
    if bid.latest is None:
        return _written(queries.form_of(bid), queries.answers_of(bid))
    made = (bid.form_id, bid.form.made_at, bid.form.frozen_at)
    facts = tuple(facts_of(bid.call).items())
    last = (bid.latest, bid.latest_fingerprint, bid.latest_erased_at)
    return _of_submission(last, made, facts)


@lru_cache(maxsize=LATELY)
def _of_submission(
    last: tuple[int, str, datetime | None],
    form: Form,
    facts: tuple[tuple[str, Any], ...],
) -> SafeString:
    """By all that makes it another: of a submission only email addresses are erased one day."""
    (content,) = _submitted(pk=last[0])
    asked = _frozen(form) if form[2] else _definition(pk=form[0])[0]
    return _written(FormDefinition.written(asked, dict(facts)), content["answers"])


_submitted = Prepared(
    lambda pk: Submission.objects.filter(pk=pk).values_list("content", flat=True).order_by()
)


@lru_cache(maxsize=FORMS)
def _frozen(form: Form) -> str:
    """The questions of a form as text: they never change once its call has opened."""
    return _definition(pk=form[0])[0]


_definition = Prepared(
    lambda pk: (
        FormVersion.objects.filter(pk=pk)
        .annotate(text=Cast("definition", TextField()))
        .values_list("text", flat=True)
        .order_by()
    )
)


def forget() -> None:
    """The next reading writes anew."""
    _of_submission.cache_clear()


def _written(form: FormDefinition, given: dict[str, Any]) -> SafeString:
    return answers(shown(form, given, notes=True))
