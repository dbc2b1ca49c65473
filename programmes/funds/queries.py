from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from carefund.accounts import ties
from carefund.accounts.models import User
from carefund.accounts.roles import AuthorityRole, StaffRole
from carefund.core import years
from carefund.core.money import ZERO
from carefund.core.prepared import Prepared
from programmes.organisations.models import Invitation, Organisation

from .models import (
    AnnualReview,
    BudgetLine,
    LedgerEntry,
    Programme,
    RequirementAnswer,
    RoleAssignment,
)
from .requirements import Requirement, requirements

YEAR = 365
LAST = 10_000  # a year after all years
STAFF = "staff_roles"


def staff_roles(user: Any) -> frozenset[tuple[str, int | None]]:
    """(role, programme id or None for all) pairs that the person holds now, read once."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if not hasattr(user, "_staff_roles"):
        known = ties.facts_of(user, STAFF)
        rows = _current(user=user.pk) if known is None else map(tuple, known)
        user._staff_roles = frozenset(rows)  # noqa: SLF001 - for one request
    return user._staff_roles  # noqa: SLF001 - as above


_current = Prepared(
    lambda user: (
        RoleAssignment.objects.current().filter(user=user).values_list("role", "programme_id")
    )
)


def forget(user: Any) -> None:
    """The person's roles have changed: read them again."""
    ties.forget(user, STAFF)
    if hasattr(user, "_staff_roles"):
        del user._staff_roles  # noqa: SLF001 - as above


def administers_everything(user: Any) -> bool:
    return (StaffRole.ADMINISTRATOR, None) in staff_roles(user)


def has_staff_role(user: Any) -> bool:
    return RoleAssignment.objects.current().filter(user=user).exists()


def staff(words: str = "", role: str = "", programme: str = "") -> QuerySet[User]:
    """People with a role in the department now; their roles are in `roles_now`."""
    current = RoleAssignment.objects.current().select_related("programme")
    chosen = current.filter(role=role) if role else current
    if programme:
        chosen = chosen.filter(Q(programme__code=programme) | Q(programme=None))
    rows = User.objects.filter(pk__in=chosen.values("user"))
    for word in words.split()[:6]:
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return rows.prefetch_related(
        Prefetch("role_assignments", current.order_by("role", "pk"), "roles_now")
    ).order_by("name", "pk")


def open_staff_invitations() -> QuerySet[Invitation]:
    rows = Invitation.objects.waiting().filter(kind="staff")
    return rows.select_related("staff__programme", "invited_by").order_by("-invited_at")


def with_administrators(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Organisations with how many members and administrators they have now."""
    now = Q(memberships__ended_at__isnull=True)
    chief = Q(memberships__role=AuthorityRole.ADMINISTRATOR)
    return rows.annotate(
        members=Count("memberships__user", filter=now, distinct=True),
        administrators=Count("memberships__user", filter=now & chief, distinct=True),
    ).order_by("name", "pk")


def holds(user: Any, *roles: StaffRole, programme_id: int | None = None) -> bool:
    """Whether the person holds one of `roles` for the programme (for any, when None)."""
    return any(
        role in roles and (programme_id is None or scope is None or scope == programme_id)
        for role, scope in staff_roles(user)
    )


def roles_on(user: Any, obj: Any) -> list[str]:
    """The roles in the department that count for the object's programme, in words."""
    programme_id = obj.pk if isinstance(obj, Programme) else getattr(obj, "programme_id", None)
    return [
        str(StaffRole(role).label)
        for role, scope in staff_roles(user)
        if scope is None or programme_id is None or scope == programme_id
    ]


def scopes_of(user: Any, *roles: StaffRole) -> frozenset[int | None]:
    """The programmes for which the person holds one of `roles`, by number; None is all of them."""
    return frozenset(scope for role, scope in staff_roles(user) if role in roles)


def programmes_for(user: Any, *roles: StaffRole) -> QuerySet[Programme]:
    """The programmes for which the person holds one of `roles`."""
    return Programme.objects.filter(held_at(user, *roles, path="pk"))


def held_at(user: Any, *roles: StaffRole, path: str = "programme") -> Q:
    """What rows satisfy whose programme, at `path`, is one for which the person holds a role.

    A role for all programmes is no condition at all: the database need not look any of them up.
    """
    scopes = scopes_of(user, *roles)
    if None in scopes:
        return ~Q(pk__in=[])
    return Q(**{f"{path}__in": [scope for scope in scopes if scope is not None]})


def totals_as_at(moment: datetime, programme: Programme) -> dict[tuple[int, str, str], Decimal]:
    """Pounds by (financial year, kind, column) from the entries known at `moment`."""
    rows = (
        LedgerEntry.objects.filter(line__programme=programme, recorded_at__lte=moment)
        .values_list("line__financial_year", "line__kind", "column")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    return {(year, kind, column): total for year, kind, column, total in rows}


Difference = tuple[BudgetLine, str, Decimal, Decimal]


def unreconciled() -> list[Difference]:
    """(line, column, total kept, sum of entries) wherever the two differ; empty when sound."""
    sums = {
        (line, column): total
        for line, column, total in LedgerEntry.objects.values_list("line", "column")
        .annotate(total=Sum("amount"))
        .order_by()
    }
    return _differences(BudgetLine.objects.select_related("programme"), sums)


def _differences(
    lines: Iterable[BudgetLine], sums: dict[tuple[int, str], Decimal]
) -> list[Difference]:
    return [
        (line, column, getattr(line, column), sums.get((line.pk, column), ZERO))
        for line in lines
        for column in LedgerEntry.Column.values
        if getattr(line, column) != sums.get((line.pk, column), ZERO)
    ]


def entries_about(subject: Any, column: str) -> list[LedgerEntry]:
    """The entries of one column that stand for `subject` and were not reversed."""
    kind = ContentType.objects.get_for_model(subject)
    rows = LedgerEntry.objects.filter(
        subject_type=kind, subject_id=str(subject.pk), column=column, reverses__isnull=True
    )
    return list(rows.filter(reversed_by__isnull=True).order_by("pk"))


@dataclass(frozen=True)
class LedgerRow:
    """Pounds of one year and kind by column; the total has neither year nor kind."""

    financial_year: int | None
    kind: str
    budget: Decimal
    reserved: Decimal
    committed: Decimal
    claimed: Decimal
    paid: Decimal

    @property
    def free(self) -> Decimal:
        return self.budget - self.reserved - self.committed

    @property
    def year_short(self) -> str:
        return years.short(self.financial_year) if self.financial_year else "All years"

    @property
    def kind_label(self) -> str:
        return years.Kind(self.kind).label if self.kind else "Capital and revenue"

    def parts(self) -> list[tuple[str, Decimal]]:
        return [(column, getattr(self, column)) for column in LedgerEntry.Column.values]


def ledger(programme: Programme, moment: datetime) -> list[LedgerRow]:
    """The programme's money as known at `moment`: each year and kind, each year, everything.

    A year's row has no kind; the last row has no year. One query.
    """
    return _ledger(totals_as_at(moment, programme))


def proven_ledger(
    programme: Programme, moment: datetime
) -> tuple[list[LedgerRow], list[BudgetLine], list[Difference]]:
    """`ledger`, the budget lines, and where their totals differ from the sums of all entries.

    Two queries, one of them over the programme's entries.
    """
    lines = {line.pk: line for line in programme.budget_lines.all()}
    known = Sum("amount", filter=Q(recorded_at__lte=moment))
    found = list(
        LedgerEntry.objects.filter(line__in=list(lines))
        .values_list("line", "column")
        .annotate(total=Sum("amount"), known=known)
        .order_by()
    )
    totals = {
        (lines[line].financial_year, lines[line].kind, column): then
        for line, column, _, then in found
        if then is not None
    }
    sums = {(line, column): total for line, column, total, _ in found}
    return _ledger(totals), list(lines.values()), _differences(lines.values(), sums)


def _ledger(totals: dict[tuple[int, str, str], Decimal]) -> list[LedgerRow]:
    """The total stands last, each year after its kinds."""
    sums: dict[tuple[int, str], dict[str, Decimal]] = {(LAST, ""): {}}
    for (year, kind, column), amount in totals.items():
        for key in ((year, kind), (year, ""), (LAST, "")):
            row = sums.setdefault(key, {})
            row[column] = row.get(column, ZERO) + amount
    return [
        LedgerRow(
            None if year == LAST else year,
            kind,
            *(sums[year, kind].get(column, ZERO) for column in LedgerEntry.Column.values),
        )
        for year, kind in sorted(sums, key=lambda key: (key[0], not key[1], key[1]))
    ]


def without_echoes(rows: Sequence[LedgerRow]) -> list[LedgerRow]:
    """The rows for people: no total that repeats the one row that it sums."""
    several = {
        year
        for year, count in Counter(row.financial_year for row in rows if row.kind).items()
        if count > 1
    }
    parts = sum(1 for row in rows if row.kind)
    return [
        row
        for row in rows
        if row.kind or (row.financial_year in several if row.financial_year else parts != 1)
    ]


def entries(
    programme: Programme,
    moment: datetime,
    *,
    year: int | None = None,
    kind: str = "",
    column: str = "",
) -> QuerySet[LedgerEntry]:
    """The entries behind a cell of the ledger, newest first."""
    rows = LedgerEntry.objects.filter(line__programme=programme, recorded_at__lte=moment)
    if year is not None:
        rows = rows.filter(line__financial_year=year)
    if kind:
        rows = rows.filter(line__kind=kind)
    # What is free is the budget less what is reserved and committed: all are behind it.
    columns = ["budget", "reserved", "committed"] if column == "free" else [column]
    rows = rows.filter(column__in=columns) if column else rows
    joined = rows.select_related("line__programme", "organisation", "recorded_by", "reversed_by")
    return joined.prefetch_related("subject").order_by("-recorded_at", "-pk")


def service_administrators() -> QuerySet[User]:
    """Who runs the service now, for all programmes or for one."""
    rows = RoleAssignment.objects.current().filter(role=StaffRole.ADMINISTRATOR)
    return User.objects.filter(pk__in=rows.values("user"), is_active=True).order_by("pk")


def roles_of(user: Any) -> QuerySet[RoleAssignment]:
    """What a person holds in the department now."""
    rows = RoleAssignment.objects.current().filter(user=user)
    return rows.select_related("programme").order_by("role", "pk")


def senior_officers(programme: Programme) -> QuerySet[User]:
    """Who approves changes of the programme's budget."""
    scope = Q(programme=programme) | Q(programme=None)
    rows = RoleAssignment.objects.current().filter(scope, role=StaffRole.SENIOR_OFFICER)
    return User.objects.filter(pk__in=rows.values("user"), is_active=True).order_by("pk")


def reserved_by(subject: Any) -> dict[int, Decimal]:
    """Budget line id -> pounds that are set aside for `subject` now."""
    kind = ContentType.objects.get_for_model(subject)
    rows = LedgerEntry.objects.filter(
        subject_type=kind, subject_id=str(subject.pk), column=LedgerEntry.Column.RESERVED
    )
    sums = rows.values_list("line").annotate(total=Sum("amount")).order_by()
    return {line: total for line, total in sums if total}


@dataclass(frozen=True)
class Standing:
    """A minimum requirement beside the answer that stands, and how many came before it."""

    requirement: Requirement
    answer: RequirementAnswer | None
    earlier: int


def checklist(programme: Programme) -> list[Standing]:
    """The ten minimum requirements, in order."""
    given: dict[int, list[RequirementAnswer]] = {}
    for row in programme.requirement_answers.select_related("recorded_by").order_by("-pk"):
        given.setdefault(row.number, []).append(row)
    return [
        Standing(one, found[0] if found else None, max(len(found) - 1, 0))
        for one in requirements()
        for found in [given.get(one.number, [])]
    ]


def review_due(programme: Programme, day: date) -> date | None:
    """The day by which the next annual review is held; None once the programme is over."""
    last = AnnualReview.objects.filter(programme=programme).order_by("-reviewed_on").first()
    if (last and last.decision == AnnualReview.Decision.DISCONTINUE) or programme.ends_on < day:
        return None
    return (last.reviewed_on if last else programme.starts_on) + timedelta(days=YEAR)
