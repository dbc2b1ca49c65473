"""Allocation rounds, offers and agreements."""

from .agreeing import TextChanged, change_clause, sign, write_message
from .amending import amend, approve_amendment, withdraw_amendment
from .approving import ContentChanged, ask_for_approval
from .chain import add_step, remove_step
from .deciding import approve, publish, publish_on_its_day
from .determinations import (
    abandon_determination,
    hold_drafts,
    issue_determination,
    make_determination,
    pay_determination,
    set_share,
    vary_determination,
    withdraw_determination,
)
from .explaining import explain_further
from .offers import OfferChanged, OfferExpired, accept, decline, expire
from .published import register_published_award
from .rearranging import NoRoom, rearrange
from .reserve import move_up
from .rounds import (
    RoundChanged,
    choose,
    make_round,
    recommend,
    return_to_draft,
)
from .scenarios import (
    ScenarioChanged,
    add_constraint,
    keep_selection,
    make_scenario,
    remove_constraint,
    use_scenario,
)

__all__ = [
    "ContentChanged",
    "NoRoom",
    "OfferChanged",
    "OfferExpired",
    "RoundChanged",
    "ScenarioChanged",
    "TextChanged",
    "abandon_determination",
    "accept",
    "add_constraint",
    "add_step",
    "amend",
    "approve",
    "approve_amendment",
    "ask_for_approval",
    "change_clause",
    "choose",
    "decline",
    "expire",
    "explain_further",
    "hold_drafts",
    "issue_determination",
    "keep_selection",
    "make_determination",
    "make_round",
    "make_scenario",
    "move_up",
    "pay_determination",
    "publish",
    "publish_on_its_day",
    "rearrange",
    "recommend",
    "register_published_award",
    "remove_constraint",
    "remove_step",
    "return_to_draft",
    "set_share",
    "sign",
    "use_scenario",
    "vary_determination",
    "withdraw_amendment",
    "withdraw_determination",
    "write_message",
]
