import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from carefund.accounts import ties
from carefund.accounts.models import User
from carefund.accounts.roles import AuthorityRole
from carefund.core import clock
from carefund.core.listed import Listed
from carefund.core.prepared import Prepared
from carefund.questions.answers import Checked, Problem
from carefund.questions.definition import FormDefinition, Screening, Section
from programmes.calls.facts import facts_of
from programmes.calls.models import Call, CutOff, FormVersion
from programmes.calls.queries import cut_off_of
from programmes.organisations.models import Organisation
from programmes.waivers.queries import waived
from programmes.waivers.registry import Rule

from . import words
from .models import Answer, Bid, BidGuest, Submission
from .states import WITH_DEPARTMENT

LONGEST_VERSION = 4


GUEST = "guest_of_bids"
CONFLICT = "conflicts"


def guest_roles(user: Any) -> dict[int, str]:
    """Bid -> role, for the bids to which the person is let in as a guest; read once."""
    if not user.is_authenticated or not user.is_active:
        return {}
    if ties.has_none(user, GUEST):
        return {}
    if not hasattr(user, "_guest_bids"):
        rows = BidGuest.objects.current().filter(user=user)
        user._guest_bids = dict(  # noqa: SLF001 - kept beside the person for one request
            rows.order_by("role").values_list("bid_id", "role")
        )
    return dict(user._guest_bids)  # noqa: SLF001 - as above


def guests_of(organisation: Organisation) -> QuerySet[BidGuest]:
    """Guests, also those only invited, of the bids that the organisation holds."""
    return _guests(BidGuest.objects.filter(bid__organisation=organisation))


def guests_of_bid(bid: Bid) -> QuerySet[BidGuest]:
    return _guests(bid.guests.all())


def _guests(rows: QuerySet[BidGuest]) -> QuerySet[BidGuest]:
    return (
        rows.filter(pk__in=BidGuest.objects.standing().values("pk"))
        .select_related("bid", "user", "invitation")
        .order_by("pk")
    )


ONE_BID = Rule(
    "bids.one_bid",
    "One bid per organisation and call",
    "An organisation bids once to a call, unless the call allows several bids.",
)


def _no_grace(subject: Any) -> str:
    """Of a bid or a call: the call may say that no late bid is taken."""
    call = getattr(subject, "call", subject)
    if getattr(call, "late_by_grace", True):
        return ""
    return "The call says that late bids are not taken, whatever the reason."


# A senior officer lets a bid in late, for a recorded reason, by agreeing to a waiver of this.
IN_TIME = Rule(
    "bids.in_time",
    "Bids are submitted before the call closes",
    "A bid is submitted before the call closes. A waiver lets it in until the waiver ends, "
    "while the assessment of the call has not started.",
    _no_grace,
)


def takes(bid: Bid) -> bool:
    """Whether the bid can be submitted now, by the clock or by grace."""
    call = bid.call
    if call.is_open:
        return True
    if not call.late_by_grace:
        return False
    over = call.state in {"open", "forecast", "closed"} and call.closes_at <= clock.now()
    grace = over and waived(IN_TIME.key, bid.organisation, call.programme_id, call, bid)
    return bool(grace)


def why_no_other(call: Call, organisation: Organisation, besides: Bid | None = None) -> str:
    """Why the organisation may not start one more bid, as a sentence; empty when it may.

    `besides` does not count: a bid that was withdrawn and is taken up again.
    """
    if call.several_bids_allowed:
        return ""
    live = Bid.objects.filter(call=call, organisation=organisation).exclude(state="withdrawn")
    live = live.exclude(pk=besides.pk) if besides else live
    if not live.exists() or waived(ONE_BID.key, organisation, call.programme_id, call):
        return ""
    return "Your organisation has already started a bid to this call."


def screened_out(asked: Iterable[Screening], given: Mapping[str, Any]) -> str:
    """Why these answers end before a bid begins, as sentences; empty when they do not."""
    reasons = []
    for one in asked:
        if one.key not in given or one.type.is_empty(given[one.key]):
            reasons.append(f"Answer “{one.label}” first.")
        elif not one.accepts(given[one.key]):
            reasons.append(one.reason)
    return " ".join(reasons)


# Where a form that was read as text has it.
TEXT = "definition_text"


def form_of(bid: Bid) -> FormDefinition:
    return read_form(bid.form, bid.call)


def read_form(form: FormVersion, call: Call) -> FormDefinition:
    text = form.__dict__.get(TEXT)
    if text is not None:
        return FormDefinition.written(text, facts_of(call))
    return FormDefinition.stored(form.definition, facts_of(call))


def older_form(bid: Bid, number: str) -> FormVersion | None:
    """The version of that number, if the bid has gone on to a later one."""
    if not number.isdecimal() or len(number) > LONGEST_VERSION:
        return None
    rows = bid.call.forms.filter(version=int(number), version__lt=bid.form.version)
    return rows.first()


def lost_between(before: FormDefinition, now: FormDefinition) -> list[str]:
    """Questions of a form that another does not ask, or asks in another way."""
    return [
        key
        for key, question in before.asked.items()
        if key not in now.asked or now.asked[key].kind != question.kind
    ]


class Kept(NamedTuple):
    """An answer as it stands: what was said, for the how-manieth time, on which page, by whom."""

    value: Any
    revision: int
    page: str
    saved_by_id: int | None


def kept_answers(bid: Bid) -> dict[str, Kept]:
    """Question key -> the answer as it stands now, as little of it as saving has to know.

    What was read with the bid is taken for it once; after that they are read anew.
    """
    rows = bid.__dict__.pop(ANSWERS, None)
    rows = _kept(bid=bid.pk) if rows is None else rows
    return {question: Kept(*row) for question, *row in rows}


# Where a bid that was read with its answers has them.
ANSWERS = "answers_read"
KEPT = ("question", *Kept._fields)
_kept = Prepared(lambda bid: Answer.objects.filter(bid=bid).order_by("pk").values_list(*KEPT))


def with_answers(bids: QuerySet[Bid]) -> QuerySet[Bid]:
    rows = Answer.objects.filter(bid=OuterRef("pk")).order_by("pk")
    return bids.annotate(**{ANSWERS: Listed(rows, KEPT)})


def answers_of(bid: Bid) -> dict[str, Any]:
    """Question key -> stored value, as saved now."""
    return dict(_answers(bid=bid.pk))


_answers = Prepared(
    lambda bid: Answer.objects.filter(bid=bid).order_by("pk").values_list("question", "value")
)


def problems_of(bid: Bid) -> list[Problem]:
    """What still stands between the bid and its certificate."""
    return Checked(form_of(bid), answers_of(bid)).problems


@dataclass(frozen=True)
class SectionProgress:
    section: Section
    state: str
    last: Answer | None


@dataclass(frozen=True)
class Progress:
    """Where a bid stands: each section with who saved it last, and what is missing."""

    form: FormDefinition
    sections: list[SectionProgress]
    problems: list[Problem]

    @property
    def complete(self) -> int:
        return sum(part.state in {"complete", "not_asked"} for part in self.sections)


def standing_answers(bid: Bid) -> dict[str, Answer]:
    """Question key -> the current answer with who saved it."""
    return {answer.question: answer for answer in bid.answers.select_related("saved_by")}


def progress_of(bid: Bid) -> Progress:
    form, standing = form_of(bid), standing_answers(bid)
    values = {key: answer.value for key, answer in standing.items()}
    checked = Checked(form, values)
    sections = [
        SectionProgress(section, checked.section_state(section), last_saved(section, standing))
        for section in form.sections
    ]
    return Progress(form, sections, checked.problems)


def last_saved(section: Section, standing: Mapping[str, Answer]) -> Answer | None:
    """The answer of the section that was saved last."""
    saved = [standing[q.key] for q in section.questions if q.key in standing]
    return max(saved, key=lambda answer: answer.saved_at, default=None)


def amounts_in(
    form: FormDefinition, answers: Mapping[str, Any]
) -> dict[tuple[int, str], Decimal] | None:
    """(Financial year, kind) -> pounds asked for; None where no budget can be read."""
    question = form.first("budget")
    if question is None:
        return None
    value = form.counted(answers).get(question.key)
    kind: Any = question.type
    if kind.is_empty(value) or kind.problem(value, kind.without_limits(question.options)):
        return None
    amounts: dict[tuple[int, str], Decimal] = kind.by_year_and_kind(value)
    return amounts


def submitted_answers(bid: Bid) -> dict[str, Any]:
    """The answers as they were submitted; those of the draft while there is no submission."""
    content = _content.first(bid=bid.pk)
    return content["answers"] if content else answers_of(bid)


_content = Prepared(
    lambda bid: (
        Submission.objects.filter(bid=bid).order_by("-number").values_list("content", flat=True)[:1]
    )
)


def with_latest(bids: QuerySet[Bid]) -> QuerySet[Bid]:
    """Bids with what is known of the last submission: `latest`, its id, and all that changes it."""
    last = Submission.objects.filter(bid=OuterRef("pk")).order_by("-number")
    return bids.annotate(
        latest=Subquery(last.values("pk")[:1]),
        latest_fingerprint=Subquery(last.values("fingerprint")[:1]),
        latest_erased_at=Subquery(last.values("erased_at")[:1]),
    )


def held_files(bid: Bid, only: Collection[str] | None = None) -> list[str]:
    """The identifiers of the files in the submitted answers, to the questions `only` or to all."""
    answers = submitted_answers(bid)
    asked = [q.key for q in form_of(bid).questions() if q.kind == "files"]
    return [
        item["id"]
        for key in asked
        if (only is None or key in only) and isinstance(answers.get(key), list)
        for item in answers[key]
        if isinstance(item, dict) and "id" in item
    ]


SORTS = {
    "reference": ("reference",),
    "organisation": ("organisation__name", "reference"),
    "title": ("title", "reference"),
    "requested": ("requested", "reference"),
    "submitted": ("submitted_at", "reference"),
    "score": ("score", "reference"),
}


def filtered(bids: QuerySet[Bid], wanted: Mapping[str, Any]) -> QuerySet[Bid]:
    """`bids` narrowed by what was chosen: programme, call, state, region, theme, words."""
    fields = {
        "programme": "call__programme",
        "call": "call",
        "state": "state",
        "region": "organisation__region",
        "theme": "theme",
    }
    chosen = {column: wanted[name] for name, column in fields.items() if wanted.get(name)}
    return words.having(bids.filter(**chosen), wanted.get("q") or "")


def ordered(bids: QuerySet[Bid], sort: str, typed: str = "") -> QuerySet[Bid]:
    """By one of `SORTS`, backwards with a leading minus.

    Otherwise those that match what was typed best; without that the newest submission first.
    """
    columns = SORTS.get(sort.removeprefix("-"))
    if columns is None:
        return words.best_first(bids, typed)
    sign = "-" if sort.startswith("-") else ""
    return bids.order_by(*(f"{sign}{column}" for column in columns))


def sum_requested(bids: QuerySet[Bid]) -> Decimal:
    total: Decimal | None = bids.aggregate(total=Sum("requested"))["total"]
    return total or Decimal(0)


def calls_with_numbers(calls: QuerySet[Call]) -> QuerySet[Call]:
    """Calls with how many bids were started and received, and what those ask for."""
    received = Q(bids__state__in=WITH_DEPARTMENT)
    return calls.select_related("programme").annotate(
        started=Count("bids"),
        received=Count("bids", filter=received),
        requested=Sum("bids__requested", filter=received),
    )


def states_of(call: Call) -> dict[str, int]:
    """State -> number of the call's bids."""
    rows = Bid.objects.filter(call=call).values_list("state").annotate(n=Count("pk")).order_by()
    return dict(rows)


def people_of(bid: Bid, *roles: AuthorityRole) -> list[User]:
    """Members of the bidding organisation who hold one of `roles` now."""
    return _people(organisation=bid.organisation_id, roles=[str(role) for role in roles])


_people = Prepared(
    lambda organisation, roles: (
        User.objects.filter(
            memberships__organisation=organisation,
            memberships__role__in=roles,
            memberships__ended_at__isnull=True,
        )
        .distinct()
        .order_by("pk")
    )
)


def bidders_of(organisation: Organisation) -> list[User]:
    """Who writes bids for an organisation, and who administers it."""
    rows = User.objects.filter(
        is_active=True,
        memberships__organisation=organisation,
        memberships__role__in=[AuthorityRole.BID_AUTHOR, AuthorityRole.ADMINISTRATOR],
        memberships__ended_at__isnull=True,
    )
    return list(rows.distinct().order_by("pk"))


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content in one canonical spelling, in hexadecimal."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def first_phase_bid(bid: Bid) -> Bid | None:
    """The bid by which the organisation was funded in the call that this one follows."""
    return next(iter(first_phase_bids(bid.call, [bid.organisation])), None)


def first_phase_bids(call: Call, organisations: Collection[Organisation]) -> list[Bid]:
    """The bid of each by which it was funded in the call that this one follows; its last."""
    if call.follows_id is None:
        return []
    rows = Bid.objects.filter(
        call=call.follows_id, organisation__in=organisations, state="awarded"
    ).select_related("form", "organisation")
    last = {row.organisation_id: row for row in rows.order_by("submitted_at", "pk")}
    return list(last.values())


def awarded_organisations(call: Call) -> QuerySet[Organisation]:
    """Who was funded in a call and still is: an offer that was declined does not count."""
    rows = Bid.objects.filter(call=call, state="awarded")
    return Organisation.objects.filter(pk__in=rows.values("organisation")).order_by("name")


def earlier_bids(organisations: Collection[Organisation]) -> QuerySet[Bid]:
    """What the organisations have bid for, the newest first, whatever became of it."""
    rows = Bid.objects.filter(organisation__in=organisations)
    return rows.select_related("call", "organisation").order_by("-started_at", "-pk")


AUDIENCES = {
    "all": "Everybody who has begun a bid",
    "live": "Who has not submitted yet",
    "received": "Whose bid we have received",
}


def audience_of(call: Call, audience: str) -> QuerySet[Bid]:
    """The bids of one of `AUDIENCES`, without those that were withdrawn."""
    received = Bid.objects.filter(call=call).with_department()
    chosen = {"live": live_bids(call), "received": received}
    found = chosen.get(audience, live_bids(call) | received.select_related("call", "organisation"))
    return found.order_by("pk")


def arrivals(call: Call, most: int) -> list[Bid]:
    """The bids received last."""
    rows = Bid.objects.filter(call=call, state__in=WITH_DEPARTMENT).select_related("organisation")
    return list(rows.order_by("-submitted_at", "-pk")[:most])


def live_bids(call: Call) -> QuerySet[Bid]:
    """Every bid that somebody has begun and that still can be submitted."""
    rows = Bid.objects.filter(call=call, state__in=["draft", "awaiting_certificate", "certified"])
    return rows.select_related("call", "organisation").order_by("pk")


def calls_in_phase(calls: QuerySet[Call], phase: str) -> QuerySet[Call]:
    """`calls` that are in `phase` as the clock has it, whatever the scheduler has done."""
    now = clock.now()
    announced = calls.filter(state__in=["forecast", "open"])
    if phase == "forecast":
        return announced.filter(opens_at__gt=now)
    if phase == "open":
        return announced.filter(opens_at__lte=now, closes_at__gt=now)
    if phase == "closed":
        return calls.filter(Q(state="closed") | Q(pk__in=announced.filter(closes_at__lte=now)))
    return calls.filter(state=phase) if phase else calls


@dataclass(frozen=True)
class Turn:
    """A cut-off with the number of bids that belong to it."""

    cut_off: CutOff
    bids: int


def turns_of(call: Call) -> list[Turn]:
    """The cut-offs of an always-open call, each with its bids."""
    rows = list(call.cut_offs.order_by("at"))
    if not rows:
        return []
    moments = Bid.objects.filter(call=call, state__in=WITH_DEPARTMENT)
    found = [cut_off_of(call, at, rows) for at in moments.values_list("submitted_at", flat=True)]
    return [Turn(row, sum(one == row for one in found)) for row in rows]
