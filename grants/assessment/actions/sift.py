"""What officers find before a bid is assessed. The machine flags; people decide."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from carefund.core import clock
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.formats import money
from carefund.core.permissions import require
from carefund.core.record import record
from grants.bids.models import Bid
from programmes.calls.models import Call

from .. import queries
from ..models import CheckOverride, DueDiligence, Likeness, SubsidyTest
from ..subsidy import rule_on
from . import reminding


def override_check(*, bid: Bid, key: str, reason: str, by: Actor) -> CheckOverride:
    """Accept a bid although an automatic check failed. Once for each check."""
    require(by, "assessment.check_eligibility", bid)
    if not reason.strip():
        raise Refused("Give the reason why the bid is accepted all the same.")
    with transaction.atomic():
        locked = Bid.objects.select_for_update(of=("self",)).get(pk=bid.pk)
        if locked.state != "submitted":
            raise Refused("Eligibility of this bid has been decided.")
        found = {row.key: row for row in queries.checkpoints(bid)}.get(key)
        if found is None or found.stands:
            raise Refused("This check has not failed, or was accepted already.")
        row = CheckOverride.objects.create(
            bid=bid,
            check_key=key,
            evidence=found.evidence,
            reason=reason.strip(),
            at=clock.now(),
            by=person(by),
        )
        record(
            "bid.override_check", bid, by=by, changes={found.check: (False, True)}, reason=reason
        )
    return row


def record_due_diligence(
    *, bid: Bid, fields: dict[str, Any], fraud: dict[str, dict[str, str]], by: Actor
) -> DueDiligence:
    """Write down what was looked up. A later record stands; the earlier ones are kept."""
    require(by, "assessment.check_eligibility", bid)
    asked = {key for key, _ in queries.FRAUD_QUESTIONS}
    if set(fraud) != asked:
        raise Refused("Answer every question about the risk of fraud.")
    for one in fraud.values():
        if one["answer"] == "yes" and not one["note"].strip():
            raise Refused("Where the answer is yes, say what was found.")
    if fields["outcome"] == "concerns" and not fields["note"].strip():
        raise Refused("Say what the concerns are.")
    with transaction.atomic():
        row = DueDiligence.objects.create(
            bid=bid, **fields, fraud=fraud, at=clock.now(), by=person(by)
        )
        record("bid.due_diligence", bid, by=by, changes={"outcome": ("", row.outcome)})
    return row


def record_subsidy_test(
    *,
    bid: Bid,
    finding: str,
    earlier: Decimal,
    decided_on: date | None,
    entered_on: date | None,
    note: str,
    by: Actor,
) -> SubsidyTest:
    """Hold the award against the rule of the day. `earlier`: assistance in its financial years."""
    require(by, "assessment.check_eligibility", bid)
    day = decided_on or clock.today()
    rule = rule_on(day)
    if rule is None:
        raise Refused("Before 4 January 2023 the law on State aid held; no test is kept for it.")
    amount = bid.requested or Decimal(0)
    total = earlier + amount
    if finding == "minimal" and total > rule.threshold:
        raise Refused(
            f"With this award it would be {money(total)}. Minimal financial assistance is at most "
            f"{money(rule.threshold)} in three financial years ({rule.source})."
        )
    enters = rule.must_be_entered(finding, amount)
    with transaction.atomic():
        row = SubsidyTest.objects.create(
            bid=bid,
            finding=finding,
            rule_from=rule.valid_from,
            threshold=rule.threshold,
            earlier=earlier,
            total=total,
            enters_database=enters,
            decided_on=decided_on,
            enter_by=rule.enter_by(decided_on) if enters and decided_on else None,
            entered_on=entered_on,
            note=note.strip(),
            at=clock.now(),
            by=person(by),
        )
        record("bid.test_subsidy", bid, by=by, changes={"finding": ("", finding)})
        reminding.plan_entry_reminder(test=row)
    return row


def look_for_likeness(*, call: Call, by: Actor) -> int:
    """Compare the call's bids with each other and with the programme's; how many pairs are new."""
    require(by, "assessment.assign_call", call)
    new = 0
    with transaction.atomic():
        for pair in queries.pairs_alike(call):
            told = {
                "similarity": pair.similarity,
                "same_authority": pair.same_authority,
                "partners": list(pair.partners),
            }
            _, made = Likeness.objects.update_or_create(
                first=pair.first,
                second=pair.second,
                defaults=told,
                create_defaults={**told, "found_at": clock.now()},
            )
            new += made
        record("call.look_for_likeness", call, by=by, changes={"pairs": (None, new)})
    return new


def note_likeness(*, likeness: Likeness, finding: str, note: str, by: Actor) -> Likeness:
    """An officer says what two bids are to each other; that may be said again."""
    for bid in (likeness.first, likeness.second):
        require(by, "assessment.check_eligibility", bid)
    if finding not in {"different", "duplicate", "double"}:
        raise Refused("Say what the two bids are to each other.")
    if not note.strip():
        raise Refused("Give the reason for what you found.")
    with transaction.atomic():
        row = Likeness.objects.select_for_update(of=("self",)).get(pk=likeness.pk)
        before = row.finding
        row.finding, row.note = finding, note.strip()
        row.noted_at, row.noted_by = clock.now(), person(by)
        row.save()
        for bid in (likeness.first, likeness.second):
            change = {"finding": (before, finding)}
            record("bid.note_likeness", bid, by=by, changes=change, reason=note)
    return row
