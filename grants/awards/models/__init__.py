"""Rounds with their constraints and scenarios, approvals, offers, agreements and letters."""

from .agreeing import Clause, FunderSignature, OfferMessage
from .amending import AmendmentApproval, OfferAmendment
from .deciding import Approval, ApprovalStep
from .determinations import Determination, DeterminationShare
from .letters import Letter, LetterTemplate
from .offers import Agreement, Offer, OfferLine
from .rounds import AllocationRound, Choice
from .scenarios import Constraint, Scenario

__all__ = [
    "Agreement",
    "AllocationRound",
    "AmendmentApproval",
    "Approval",
    "ApprovalStep",
    "Choice",
    "Clause",
    "Constraint",
    "Determination",
    "DeterminationShare",
    "FunderSignature",
    "Letter",
    "LetterTemplate",
    "Offer",
    "OfferAmendment",
    "OfferLine",
    "OfferMessage",
    "Scenario",
]
