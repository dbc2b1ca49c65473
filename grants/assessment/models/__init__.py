"""The sift, the pool of assessors, their scores, the panel."""

from .base import Assignment, EligibilityCheck, Score, ScoreDraft
from .panels import Attendance, Panel, PanelDecision, PoolMember
from .sift import CheckOverride, DueDiligence, Likeness, SubsidyTest

__all__ = [
    "Assignment",
    "Attendance",
    "CheckOverride",
    "DueDiligence",
    "EligibilityCheck",
    "Likeness",
    "Panel",
    "PanelDecision",
    "PoolMember",
    "Score",
    "ScoreDraft",
    "SubsidyTest",
]
