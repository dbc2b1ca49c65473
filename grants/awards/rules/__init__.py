"""Who recommends, who approves, who answers an offer."""

from .base import can_give_next, may_give, works_for_funder
from .doors import (
    access_agreement,
    access_call,
    access_chain,
    access_clauses,
    access_constraint,
    access_determination,
    access_determinations,
    access_letter,
    access_offer,
    access_published,
    access_round,
    access_scenario,
    access_step,
    determining_programmes,
    offers_visible_to,
    visible_to,
)
from .turns import approvers_of, concerned_with, rounds_to_approve

__all__ = [
    "access_agreement",
    "access_call",
    "access_chain",
    "access_clauses",
    "access_constraint",
    "access_determination",
    "access_determinations",
    "access_letter",
    "access_offer",
    "access_published",
    "access_round",
    "access_scenario",
    "access_step",
    "approvers_of",
    "can_give_next",
    "concerned_with",
    "determining_programmes",
    "may_give",
    "offers_visible_to",
    "rounds_to_approve",
    "visible_to",
    "works_for_funder",
]
