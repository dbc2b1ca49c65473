"""Allocation rounds, offers and agreements."""

from .chain import add_step, remove_step
from .deciding import ContentChanged, approve, publish
from .explaining import explain_further
from .offers import OfferExpired, accept, decline, expire
from .published import register_published_award
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
    "OfferExpired",
    "RoundChanged",
    "ScenarioChanged",
    "accept",
    "add_constraint",
    "add_step",
    "approve",
    "choose",
    "decline",
    "expire",
    "explain_further",
    "keep_selection",
    "make_round",
    "make_scenario",
    "move_up",
    "publish",
    "recommend",
    "register_published_award",
    "remove_constraint",
    "remove_step",
    "return_to_draft",
    "use_scenario",
]
