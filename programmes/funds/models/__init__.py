"""Programmes, their money, and how they are governed."""

from .base import (
    BudgetLine,
    LedgerEntry,
    Programme,
    RoleAssignment,
    RoleAssignmentQuerySet,
    StaffInvitation,
    Theme,
)
from .governance import AnnualReview, FundingSource, RequirementAnswer
from .virements import Virement

__all__ = [
    "AnnualReview",
    "BudgetLine",
    "FundingSource",
    "LedgerEntry",
    "Programme",
    "RequirementAnswer",
    "RoleAssignment",
    "RoleAssignmentQuerySet",
    "StaffInvitation",
    "Theme",
    "Virement",
]
