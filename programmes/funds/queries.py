from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet, Sum

from carefund.accounts.roles import StaffRole
from carefund.core.money import ZERO

from .models import BudgetLine, LedgerEntry, Programme, RoleAssignment


def staff_roles(user: Any) -> frozenset[tuple[str, int | None]]:
    """(role, programme id or None for all) pairs that the person holds now, read once."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if not hasattr(user, "_staff_roles"):
        rows = RoleAssignment.objects.current().filter(user=user)
        user._staff_roles = frozenset(rows.values_list("role", "programme_id"))
    return frozenset(user._staff_roles)


def holds(user: Any, *roles: StaffRole, programme_id: int | None = None) -> bool:
    """Whether the person holds one of `roles` for the programme (for any, when None)."""
    return any(
        role in roles and (programme_id is None or scope is None or scope == programme_id)
        for role, scope in staff_roles(user)
    )


def programmes_for(user: Any, *roles: StaffRole) -> QuerySet[Programme]:
    """The programmes for which the person holds one of `roles`."""
    scopes = {scope for role, scope in staff_roles(user) if role in roles}
    if None in scopes:
        return Programme.objects.all()
    return Programme.objects.filter(pk__in=[scope for scope in scopes if scope is not None])


def totals_as_at(moment: datetime, programme: Programme) -> dict[tuple[int, str, str], Decimal]:
    """Pounds by (financial year, kind, column) from the entries known at `moment`."""
    rows = (
        LedgerEntry.objects.filter(line__programme=programme, recorded_at__lte=moment)
        .values_list("line__financial_year", "line__kind", "column")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    return {(year, kind, column): total for year, kind, column, total in rows}


def unreconciled() -> list[tuple[BudgetLine, str, Decimal, Decimal]]:
    """(line, column, total kept, sum of entries) wherever the two differ; empty when sound."""
    sums: dict[tuple[int, str], Decimal] = {
        (line, column): total
        for line, column, total in LedgerEntry.objects.values_list("line", "column")
        .annotate(total=Sum("amount"))
        .order_by()
    }
    return [
        (line, column, getattr(line, column), sums.get((line.pk, column), ZERO))
        for line in BudgetLine.objects.select_related("programme")
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
