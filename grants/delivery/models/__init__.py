from .base import (
    CONFIDENCE,
    ChangeRequest,
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
from .conditions import LevelCondition
from .holding import OfProject

__all__ = [
    "CONFIDENCE",
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
