"""The money of programmes, and who in the department works on them."""

from .ledger import Movement, NoBudgetLine, Overspent, change_budget, post, reverse
from .roles import (
    DutiesClash,
    end_role,
    give_role,
    invite_first_administrator,
    invite_staff,
    take_up_staff_role,
)

__all__ = [
    "DutiesClash",
    "Movement",
    "NoBudgetLine",
    "Overspent",
    "change_budget",
    "end_role",
    "give_role",
    "invite_first_administrator",
    "invite_staff",
    "post",
    "reverse",
    "take_up_staff_role",
]
