"""Allocation rounds, offers and agreements."""

from .offers import OfferExpired, accept, decline, expire
from .published import register_published_award
from .rounds import (
    RoundChanged,
    approve,
    choose,
    make_round,
    recommend,
    return_to_draft,
)

__all__ = [
    "OfferExpired",
    "RoundChanged",
    "accept",
    "approve",
    "choose",
    "decline",
    "expire",
    "make_round",
    "recommend",
    "register_published_award",
    "return_to_draft",
]
