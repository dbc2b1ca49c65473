"""Forms of the sift, the pool, scoring and the panel."""

from .panel import AgreeForm, PanelForm
from .pool import PoolMemberForm, ProposalForm
from .scoring import (
    AssignForm,
    DeclareForm,
    EligibilityForm,
    ReasonForm,
    ReopenForm,
    ScoreForm,
    ScoreForms,
)
from .sift import DueDiligenceForm, LikenessForm, SubsidyForm

__all__ = [
    "AgreeForm",
    "AssignForm",
    "DeclareForm",
    "DueDiligenceForm",
    "EligibilityForm",
    "LikenessForm",
    "PanelForm",
    "PoolMemberForm",
    "ProposalForm",
    "ReasonForm",
    "ReopenForm",
    "ScoreForm",
    "ScoreForms",
    "SubsidyForm",
]
