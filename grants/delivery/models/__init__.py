from .base import (
    CONFIDENCE,
    Milestone,
    MilestoneFact,
    MonitoringReturn,
    Project,
    ProjectGuest,
    ProjectHolder,
    ProjectQuerySet,
    Risk,
    RiskAssessment,
)
from .changes import ChangeAmount, ChangeRequest
from .conditions import LevelCondition
from .holding import OfProject

__all__ = [
    "CONFIDENCE",
    "ChangeAmount",
    "ChangeRequest",
    "LevelCondition",
    "Milestone",
    "MilestoneFact",
    "MonitoringReturn",
    "OfProject",
    "Project",
    "ProjectGuest",
    "ProjectHolder",
    "ProjectQuerySet",
    "Risk",
    "RiskAssessment",
]
