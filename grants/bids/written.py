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

from . import queries
from .models import Submission

# A bid is read again and again while it is assessed. In memory only, and not many.
LATELY = 64


def for_the_department(bid: Any) -> SafeString:
    """The answers as submitted (those of the draft while nothing is), with notes for assessors.

    `bid` comes with its latest submission (`queries.with_latest`).
    """
    if bid.latest is None:
        return _written(queries.form_of(bid), queries.answers_of(bid))
    made = (bid.form_id, bid.form.made_at)
    facts = tuple(facts_of(bid.call).items())
    last = (bid.latest, bid.latest_fingerprint, bid.latest_erased_at)
    return _of_submission(last, made, facts)


@lru_cache(maxsize=LATELY)
def _of_submission(
    last: tuple[int, str, datetime | None],
    _form: tuple[int, datetime],
    facts: tuple[tuple[str, Any], ...],
) -> SafeString:
    """By all that makes it another: of a submission only email addresses are erased one day."""
    content, definition = _submitted(pk=last[0])[0]
    return _written(FormDefinition.written(definition, dict(facts)), content["answers"])


# The form as text: one that is known already is not taken apart again.
_submitted = Prepared(
    lambda pk: (
        Submission.objects.filter(pk=pk)
        .annotate(form=Cast("bid__form__definition", TextField()))
        .values_list("content", "form")
        .order_by()
    )
)


def forget() -> None:
    """The next reading writes anew."""
    _of_submission.cache_clear()


def _written(form: FormDefinition, given: dict[str, Any]) -> SafeString:
    return answers(shown(form, given, notes=True))
