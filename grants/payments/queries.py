from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, QuerySet, Sum, Value

from carefund.core.money import ZERO
from carefund.core.prepared import Prepared
from carefund.core.years import Kind
from carefund.files.models import StoredFile
from carefund.files.queries import files_of
from grants.awards.models import Offer, OfferLine
from grants.delivery.models import Project
from grants.delivery.purse import Closing, grant_by_pot
from programmes.funds.models import LedgerEntry
from programmes.waivers.models import Waiver
from programmes.waivers.queries import waived
from programmes.waivers.registry import Rule, around

from .models import Claim, ClaimLine, Recovery
from .states import CLOSED

Pot = tuple[int, str]  # financial year, kind
SENT_IN = ["submitted", "approved", "paid"]
UNSENT = ("draft", "certified")
# How the keys begin of ledger entries that give back what a closed project did not claim.
UNCLAIMED = "unclaimed:"


def claimed(
    project: Project, *, besides: Claim | None = None, without: Iterable[str] = ()
) -> dict[Pot, Decimal]:
    """Pounds by year and kind in the live claims of a project (refused and withdrawn are not)."""
    rows = ClaimLine.objects.filter(claim__project=project).exclude(
        claim__state__in=["refused", "withdrawn", *without]
    )
    if besides is not None:
        rows = rows.exclude(claim=besides)
    return _by_pot(rows)


def claimable(
    project: Project, *, besides: Claim | None = None, without: Iterable[str] = ()
) -> dict[Pot, Decimal]:
    """Pounds by year and kind that the grant still allows the project to claim.

    What went back to the budget is not among it. Claims `besides` or in a state of `without` are
    taken as not made.
    """
    taken, back = claimed(project, besides=besides, without=without), given_back(project)
    return {
        pot: amount - taken.get(pot, ZERO) - back.get(pot, ZERO)
        for pot, amount in grant_by_pot(project).items()
    }


def given_back(project: Project) -> dict[Pot, Decimal]:
    """Pounds by year and kind that a closed project did not claim and the budget has again."""
    rows = entries_given_back(project).values_list("line__financial_year", "line__kind")
    sums = rows.annotate(total=Sum("amount")).order_by()
    return {(year, kind): -total for year, kind, total in sums}


def entries_given_back(project: Project) -> QuerySet[LedgerEntry]:
    kind = ContentType.objects.get_for_model(Offer)
    return _entries_given_back(kind.pk, str(project.offer_id))


def _entries_given_back(kind: int, number: str) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(
        subject_type=kind,
        subject_id=number,
        column=LedgerEntry.Column.COMMITTED,
        key__startswith=UNCLAIMED,
    )


def rest(project: Project) -> Decimal:
    """Pounds of the grant that are in no claim and have not gone back."""
    return sum((left for left in claimable(project).values() if left > 0), ZERO)


def recovered_but_committed(project: Project) -> Decimal:
    """Pounds recovered before a closed grant freed them at once: the budget lacks them still."""
    rows = {str(pk): amount for pk, amount in project.recoveries.values_list("pk", "amount")}
    free = LedgerEntry.objects.filter(
        subject_type=ContentType.objects.get_for_model(Recovery),
        subject_id__in=rows,
        column=LedgerEntry.Column.COMMITTED,
    ).values_list("subject_id", flat=True)
    return sum((rows[number] for number in rows.keys() - set(free)), ZERO)


def freed(claim: Claim) -> str:
    """What becomes of what a claim holds once it is refused or withdrawn, after its subject."""
    if claim.project.state in CLOSED:
        return "goes back to the budget and can no longer be claimed"
    return "can be claimed again"


def why_no_claim(project: Project) -> str:
    """Why the state of a project allows no claim, in a sentence; empty where it allows one."""
    if project.state == "paused":
        return "This project is paused. You can claim again when it goes on."
    if project.state == "terminated":
        return "This project has ended early. Nothing more can be claimed."
    return ""


def why_nothing_goes_back(project: Project) -> str:
    if project.state not in CLOSED:
        return "The rest of a grant goes back when its project is completed or ends."
    is_left = rest(project) or recovered_but_committed(project)
    return "" if is_left else "Nothing is left of this grant."


def closing(project: Project, *, early: bool) -> Closing:
    """What completing the project, or ending it early, would do to its grant now."""
    states = Counter(project.claims.values_list("state", flat=True))
    waiting = project.claims.filter(state="submitted").order_by("pk")
    left = claimable(project, without=UNSENT if early else ())
    return Closing(
        unclaimed={pot: amount for pot, amount in left.items() if amount > 0},
        recovered=recovered(project),
        undecided=list(waiting.values_list("reference", flat=True)),
        unsent=sum(states[state] for state in UNSENT),
        approved=states["approved"],
    )


def total(claim: Claim) -> Decimal:
    """Pounds claimed in all, added up from the lines: what is decided on and paid."""
    return sum((line.amount for line in claim.lines.all()), Decimal(0))


def recovered(project: Project) -> Decimal:
    """Pounds that the project has to pay back."""
    rows = Recovery.objects.filter(project=project)
    return rows.aggregate(total=Sum("amount"))["total"] or Decimal(0)


@dataclass(frozen=True)
class PotUse:
    """What has become of one year and kind of a grant, in pounds."""

    financial_year: int
    kind: str
    awarded: Decimal
    claimed: Decimal
    paid: Decimal
    # Not claimed by a project that is closed: the budget has it again.
    back: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        return self.awarded - self.claimed - self.back


def sent_in(project: Project) -> dict[Pot, Decimal]:
    """Pounds by year and kind that the department has been asked for; drafts are not."""
    return _by_pot(ClaimLine.objects.filter(claim__project=project, claim__state__in=SENT_IN))


def _by_pot(lines: QuerySet[ClaimLine]) -> dict[Pot, Decimal]:
    sums = lines.values_list("financial_year", "kind").annotate(total=Sum("amount")).order_by()
    return {(year, kind): total for year, kind, total in sums}


@dataclass(frozen=True)
class Money:
    """A grant by year and kind, and what has to be paid back of it."""

    pots: list[PotUse]
    recovered: Decimal


def money_by_year(project: Project) -> list[PotUse]:
    """The grant by year and kind beside what was claimed and paid of it."""
    return money_of(project).pots


def _sums(project: int, offer: int, kind: int, number: str) -> QuerySet[Any, Any]:
    names = ("what", "financial_year", "kind")
    sent = ClaimLine.objects.filter(claim__project=project, claim__state__in=SENT_IN)
    rows = sent.annotate(what=F("claim__state")).values_list(*names)
    others: dict[str, QuerySet[Any]] = {
        "recovered": Recovery.objects.filter(project=project),
        "awarded": OfferLine.objects.filter(offer=offer),
    }
    sums: list[QuerySet[Any, Any]] = [rows.annotate(total=Sum("amount")).order_by()]
    for what, lines in others.items():
        named = lines.annotate(what=Value(what, CharField())).values_list(*names)
        sums.append(named.annotate(total=Sum("amount")).order_by())
    back: QuerySet[Any, Any] = _entries_given_back(kind, number)
    back = back.annotate(what=Value("back", CharField()))
    back = back.values_list("what", "line__financial_year", "line__kind")
    sums.append(back.annotate(total=Sum("amount")).order_by())
    return sums[0].union(*sums[1:], all=True)


_sums_of = Prepared(_sums)


def money_of(project: Project) -> Money:
    """Sums of the claims, the recoveries, the grant and what went back, in one statement."""
    by: dict[str, dict[Pot, Decimal]] = {}
    offer, type_of = project.offer_id, ContentType.objects.get_for_model(Offer).pk
    for what, year, kind, total in _sums_of(
        project=project.pk, offer=offer, kind=type_of, number=str(offer)
    ):
        by.setdefault(what, {})[year, kind] = total
    back, nothing = by.pop("recovered", {}), Decimal(0)
    awarded, out, unclaimed = by.pop("awarded", {}), by.get("paid", {}), by.pop("back", {})
    pots = [
        PotUse(
            year,
            str(Kind(kind).label),
            amount,
            sum((found.get((year, kind), nothing) for found in by.values()), nothing),
            out.get((year, kind), nothing) - back.get((year, kind), nothing),
            -unclaimed.get((year, kind), nothing),
        )
        for (year, kind), amount in sorted(awarded.items())
    ]
    return Money(pots, sum(back.values(), nothing))


def paid(project: Project) -> dict[Pot, Decimal]:
    """Pounds released by year and kind, less what was recovered."""
    rows = ClaimLine.objects.filter(claim__project=project, claim__state="paid")
    return _less_recovered(project, _by_pot(rows))


def _less_recovered(project: Project, found: dict[Pot, Decimal]) -> dict[Pot, Decimal]:
    for recovery in project.recoveries.all():
        pot = (recovery.financial_year, recovery.kind)
        found[pot] = found.get(pot, Decimal(0)) - recovery.amount
    return found


def totalled(rows: list[PotUse]) -> PotUse:
    """The sum of all years and kinds."""
    return PotUse(
        0,
        "",
        sum((r.awarded for r in rows), Decimal(0)),
        sum((r.claimed for r in rows), Decimal(0)),
        sum((r.paid for r in rows), Decimal(0)),
        sum((r.back for r in rows), Decimal(0)),
    )


def claims_of(project: Project) -> list[Claim]:
    """The claims of a project, the latest first."""
    found = _claims(project=project.pk)
    for claim in found:
        claim.project = project
    return found


_claims = Prepared(
    lambda project: (
        Claim.objects.filter(project=project)
        .only("project", "reference", "state", "period_ends_on", "total", "is_sample")
        .order_by("-pk")
    )
)


def for_lists(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Claims of many projects."""
    return claims.select_related("project__organisation", "project__programme")


def reaches_outside_the_project(claim: Claim) -> bool:
    """Whether part of the period of a claim that is not decided lies outside its project's."""
    undecided = claim.state in {"draft", "certified", "submitted"}
    project = claim.project
    within = project.starts_on <= claim.period_starts_on and claim.period_ends_on <= project.ends_on
    return undecided and not within


def evidence_of(claim: Claim) -> QuerySet[StoredFile]:
    return files_of(claim, "evidence")


PERIOD_ENDED = Rule(
    "payments.period_ended",
    "Claims for a period that has ended",
    "A claim is for money spent in a period that has ended.",
)


def claim_ahead_allowed(project: Project) -> Waiver | None:
    """The waiver by which this project may claim before a period has ended."""
    return waived(PERIOD_ENDED.key, project.organisation, project.programme_id, *around(project))
