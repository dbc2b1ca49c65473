"""What is read before a bid is assessed: due diligence, subsidies, bids that look alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from carefund.core import clock, years
from grants.bids.models import Bid, BidPartner, RequestedAmount, Submission
from programmes.calls.models import Call

from ..likeness import Sketch, plain_name, similarity, sketch, texts
from ..models import DueDiligence, Likeness, SubsidyTest
from ..subsidy import SubsidyRule, rule_on

# Of what is the same in two texts, the share from which an officer should look.
ALIKE = 30

FRAUD_QUESTIONS = (
    ("identity", "Is anything about who bids, or who signed, unclear or new?"),
    ("accounts", "Did bank details or the account to be paid change lately?"),
    ("costs", "Are costs round, unusually high, or not explained?"),
    ("suppliers", "Is a supplier or partner linked to the people who bid?"),
    ("elsewhere", "Could the same cost be funded from somewhere else?"),
    ("pressure", "Was there pressure to decide fast or to leave out a check?"),
    ("history", "Is there a history of fraud, recovery or late returns?"),
)


def due_diligence_of(bid: Bid) -> DueDiligence | None:
    return bid.due_diligence.select_related("by").first()


def spotlight_fields(bid: Bid) -> dict[str, Any]:
    """What we know for the fields of a Spotlight record; the officer adds the rest."""
    organisation = bid.organisation
    scheme, _, number = organisation.org_id.rpartition("-")
    return {
        "organisation_name": organisation.name,
        "organisation_type": organisation.get_kind_display(),
        "country": "England",
        "charity_number": number if scheme == "GB-CHC" else "",
        "company_number": number if scheme == "GB-COH" else "",
        "application_amount": bid.requested or Decimal(0),
        "application_number": bid.reference,
        "funder_id": bid.call.programme.funder.org_id,
    }


def subsidy_test_of(bid: Bid) -> SubsidyTest | None:
    return bid.subsidy_tests.select_related("by").first()


@dataclass(frozen=True)
class Assistance:
    """The rule in force today, and what we ourselves awarded within its years."""

    rule: SubsidyRule | None
    first_year: int
    awarded: Decimal

    @property
    def last_year(self) -> int:
        return years.financial_year(clock.today())


def assistance_of(bid: Bid) -> Assistance:
    rule, today = rule_on(clock.today()), clock.today()
    first = rule.first_year(today) if rule else years.financial_year(today)
    known = RequestedAmount.objects.filter(
        bid__organisation=bid.organisation_id,
        bid__state="awarded",
        financial_year__range=(first, years.financial_year(today)),
    ).exclude(bid=bid)
    return Assistance(rule, first, known.aggregate(sum=Sum("amount"))["sum"] or Decimal(0))


@dataclass(frozen=True)
class Pair:
    first: Bid
    second: Bid
    similarity: int
    same_authority: bool
    partners: tuple[str, ...]


def pairs_alike(call: Call) -> Iterator[Pair]:
    """Bids of the call beside each other and beside the programme's other bids.

    Two bids are named when their texts are alike, when the same organisation bids twice, or when
    a partner stands in both. Earlier bids first.
    """
    programme = Bid.objects.with_department().filter(call__programme=call.programme_id)
    rows = list(programme.select_related("organisation").order_by("pk"))
    sketches, partners = _sketches(rows), _partners(rows)
    for first, second in combinations(rows, 2):
        if call.pk not in (first.call_id, second.call_id):
            continue
        alike = similarity(sketches[first.pk], sketches[second.pk])
        shared = partners[first.pk].keys() & partners[second.pk].keys()
        names = tuple(sorted(partners[first.pk][name] for name in shared))
        same = first.organisation_id == second.organisation_id
        if alike >= ALIKE or same or names:
            yield Pair(first, second, alike if alike >= ALIKE else 0, same, names)


def _sketches(rows: list[Bid]) -> dict[int, Sketch]:
    latest = _contents(rows)
    return {bid.pk: sketch(texts(latest.get(bid.pk, {}))) for bid in rows}


def _partners(rows: list[Bid]) -> dict[int, dict[str, str]]:
    """Bid -> plain name -> the name as it was written first."""
    found: dict[int, dict[str, str]] = {bid.pk: {} for bid in rows}
    named = BidPartner.objects.filter(bid__in=rows).exclude(answer=BidPartner.Answer.DECLINED)
    for bid_id, name in named.values_list("bid_id", "organisation"):
        found[bid_id].setdefault(plain_name(name), name)
    for bid_id, content in _contents(rows).items():
        for name in _named_in(content):
            found[bid_id].setdefault(plain_name(name), name)
    return found


def _contents(rows: list[Bid]) -> dict[int, Any]:
    stored = Submission.objects.filter(bid__in=rows).order_by("number")
    return {key: content["answers"] for key, content in stored.values_list("bid_id", "content")}


def _named_in(answers: dict[str, Any]) -> Iterator[str]:
    """Partners that an answer lists: rows with a name and what each brings in."""
    for value in answers.values():
        for row in value if isinstance(value, list) else ():
            if isinstance(row, dict) and "commitment" in row and row.get("name"):
                yield str(row["name"])


def likenesses_of(bid: Bid, seen: QuerySet[Bid]) -> QuerySet[Likeness]:
    """The pairs that the bid is in, as far as the other one is among `seen`."""
    known = seen.values("pk")
    rows = Likeness.objects.filter(Q(first=bid) | Q(second=bid), first__in=known, second__in=known)
    return rows.select_related("first__organisation", "second__organisation", "noted_by")


def records_of(call: Call, bids: QuerySet[Bid]) -> QuerySet[DueDiligence]:
    """The record of due diligence that stands for each bid of the call."""
    latest = DueDiligence.objects.filter(bid=OuterRef("bid")).order_by("-at", "-pk")
    rows = DueDiligence.objects.filter(bid__call=call, bid__in=bids.values("pk"))
    return rows.filter(pk=Subquery(latest.values("pk")[:1])).order_by("application_number")


def sift_of(call: Call, bids: QuerySet[Bid]) -> QuerySet[Bid]:
    """The call's bids with what was found of each, those still to be decided first."""
    pair = Likeness.objects.filter(Q(first=OuterRef("pk")) | Q(second=OuterRef("pk")))
    diligence = DueDiligence.objects.filter(bid=OuterRef("pk")).order_by("-at", "-pk")
    tested = SubsidyTest.objects.filter(bid=OuterRef("pk")).order_by("-at", "-pk")
    return (
        bids.filter(call=call)
        .select_related("call__programme", "organisation__region", "theme")
        .annotate(
            overridden=Count("overrides", distinct=True),
            diligence=diligence.values("outcome")[:1],
            subsidy=tested.values("finding")[:1],
            alike=Exists(pair),
            to_look_at=Exists(pair.filter(finding="")),
            waits=Exists(Bid.objects.filter(pk=OuterRef("pk"), state="submitted")),
        )
        .order_by("-waits", "reference")
    )
