"""Which roles one person never holds together, and why (rule 6 of the design)."""

from collections.abc import Iterable

from carefund.accounts.roles import StaffRole

Held = tuple[str, int | None]
DECIDES = {StaffRole.PROGRAMME_OFFICER, StaffRole.SENIOR_OFFICER}
CASE_WORK = {*DECIDES, StaffRole.FINANCE_OFFICER}


def overlap(first: int | None, second: int | None) -> bool:
    """Two scopes meet when they are one programme, or either is all programmes."""
    return first is None or second is None or first == second


def clash(wanted: Held, held: Iterable[Held]) -> str:
    """Why `wanted` may not be held beside `held`, as a sentence; nothing when it may."""
    role, scope = wanted
    for other, where in held:
        if StaffRole.AUDITOR in {role, other} and role != other:
            return (
                "An auditor reads everything and changes nothing, so an auditor holds no other "
                "role. End one before you give the other."
            )
        if not overlap(scope, where):
            continue
        pair = {role, other}
        if StaffRole.FINANCE_OFFICER in pair and pair & DECIDES:
            return (
                "One person cannot both approve and release money of the same programme. Officers "
                "approve, finance officers release: give one of the two roles to somebody else."
            )
    return ""
