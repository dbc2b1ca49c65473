"""A form in use was corrected: bids in progress go on with the new version, nothing is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from carefund.core import states
from carefund.core.actors import SYSTEM, Actor
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.notify.actions import send
from carefund.questions.answers import Checked
from carefund.questions.definition import FormDefinition, Question
from programmes.calls.models import FormVersion

from .. import messages, queries
from ..models import Answer, AnswerSetAside, Bid
from ..states import IN_PROGRESS
from .answering import keep, take_over_budget

Why = AnswerSetAside.Why


@dataclass(frozen=True)
class Step:
    """From one version to the next, both read."""

    old: FormDefinition
    new: FormDefinition
    form: FormVersion


def carry_over(*, form: FormVersion) -> int:
    """Take every bid in progress of the call to `form`. A submitted bid stays on its version.

    A certificate that was asked for or given lapses only where what counts has changed, or where
    the bid is no longer complete.
    """
    with transaction.atomic():
        rows = Bid.objects.filter(call=form.call, state__in=IN_PROGRESS).exclude(form=form)
        found = list(rows.select_related("call", "form").select_for_update(of=("self",)))
        for bid in found:
            _carry(bid, form)
    return len(found)


def keep_late(*, bid: Bid, older: FormVersion, values: Mapping[str, Any], by: Actor) -> list[str]:
    """Set aside what was typed into an older version and that the bid's form has no place for.

    Returns the keys of the questions whose text was kept in this way.
    """
    require(by, "bids.edit", bid)
    before, now = queries.read_form(older, bid.call), queries.form_of(bid)
    kept = []
    with transaction.atomic():
        for key in queries.lost_between(before, now):
            question = before.asked[key]
            if key in values and not question.type.is_blank(values[key]):
                why = Why.RETYPED if key in now.asked else Why.GONE
                _set_aside(bid, bid.form, values[key], question, why)
                kept.append(key)
        if kept:
            record("bid.keep_late", bid, by=by, changes={"answers": (None, kept)})
    return kept


def _carry(bid: Bid, form: FormVersion) -> None:
    was = bid.form
    step = Step(queries.form_of(bid), queries.read_form(form, bid.call), form)
    standing = {answer.question: answer for answer in bid.answers.all()}
    before = step.old.counted({key: answer.value for key, answer in standing.items()})
    for key, answer in standing.items():
        _carry_answer(bid, step, answer, step.old.asked.get(key), step.new.asked.get(key))
    bid.form = form
    bid.save(update_fields=["form"])
    record("bid.carry_over", bid, by=SYSTEM, changes={"form": (was.version, form.version)})
    after = Checked(step.new, queries.answers_of(bid))
    take_over_budget(bid, step.new)
    bid.save(update_fields=["requested"])
    lapsed = bid.state != "draft" and (after.applied.answers != before or bool(after.problems))
    if lapsed:
        states.move(
            bid,
            "reopen",
            by=SYSTEM,
            reason="The form was corrected.",
            certified_by=None,
            certified_at=None,
        )
    send(messages.FormCorrected(bid=bid, lapsed=lapsed), key=f"{bid.pk}:{form.version}")


def _carry_answer(
    bid: Bid, step: Step, answer: Answer, old: Question | None, new: Question | None
) -> None:
    """What the new question cannot hold is set aside; what merely breaks a limit stays as well."""
    if old is None:
        _return(bid, answer, new)
        return
    if old.type.is_blank(answer.value):
        return
    if new is None:
        _set_aside(bid, step.form, answer.value, old, Why.GONE)
    elif new.kind != old.kind:
        _set_aside(bid, step.form, answer.value, old, Why.RETYPED)
        keep(bid, answer.question, "", answer, SYSTEM)
    elif _newly_wrong(answer.value, old, new):
        _set_aside(bid, step.form, answer.value, old, Why.UNFIT)


def _return(bid: Bid, answer: Answer, new: Question | None) -> None:
    """A question that is asked again takes its old answer back, if it is answered in that way."""
    if new is None:
        return
    aside = bid.set_aside.filter(question=answer.question, why=Why.GONE).last()
    if aside and aside.kind != new.kind:
        keep(bid, answer.question, "", answer, SYSTEM)


def _newly_wrong(value: Any, old: Question, new: Question) -> bool:
    if old.options == new.options:
        return False
    return bool(new.type.problem(value, new.options)) and not old.type.problem(value, old.options)


def _set_aside(bid: Bid, form: FormVersion, value: Any, old: Question, why: str) -> None:
    AnswerSetAside.objects.update_or_create(
        bid=bid,
        question=old.key,
        form=form,
        defaults={
            "label": old.label,
            "kind": old.kind,
            "options": dict(old.options),
            "value": value,
            "why": why,
        },
    )
