"""The money of programmes, and who in the department works on them."""

from .governing import (
    add_source,
    answer_requirement,
    create_programme,
    remove_source,
    review_programme,
    save_themes,
    update_programme,
)
from .ledger import Movement, NoBudgetLine, Overspent, change_budget, post, reverse
from .reserving import NotEnough, commit, give_back, release, reserve
from .roles import (
    DutiesClash,
    end_role,
    give_role,
    invite_first_administrator,
    invite_staff,
    take_up_staff_role,
)
from .virements import (
    approve_virement,
    decline_virement,
    propose_virement,
    withdraw_virement,
)

__all__ = [
    "DutiesClash",
    "Movement",
    "NoBudgetLine",
    "NotEnough",
    "Overspent",
    "add_source",
    "answer_requirement",
    "approve_virement",
    "change_budget",
    "commit",
    "create_programme",
    "decline_virement",
    "end_role",
    "give_back",
    "give_role",
    "invite_first_administrator",
    "invite_staff",
    "post",
    "propose_virement",
    "release",
    "remove_source",
    "reserve",
    "reverse",
    "review_programme",
    "save_themes",
    "take_up_staff_role",
    "update_programme",
    "withdraw_virement",
]
