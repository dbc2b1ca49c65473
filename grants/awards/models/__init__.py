"""Rounds with their constraints and scenarios, approvals, offers, agreements and letters."""

from .deciding import Approval, ApprovalStep
from .letters import Letter, LetterTemplate
from .offers import Agreement, Offer, OfferLine
from .rounds import AllocationRound, Choice
from .scenarios import Constraint, Scenario

__all__ = [
    "Agreement",
    "AllocationRound",
    "Approval",
    "ApprovalStep",
    "Choice",
    "Constraint",
    "Letter",
    "LetterTemplate",
    "Offer",
    "OfferLine",
    "Scenario",
]
