"""Every write of assessment: the sift, the pool, scores, the panel."""

from .base import (
    NotScored,
    Typed,
    assign,
    check_eligibility,
    declare,
    decline,
    keep_draft,
    reopen_scores,
    save_score,
    save_scores,
    submit_scores,
)
from .panel import agree_score, record_panel
from .pool import describe_assessor, give_out
from .sift import (
    look_for_likeness,
    note_likeness,
    override_check,
    record_due_diligence,
    record_subsidy_test,
)

__all__ = [
    "NotScored",
    "Typed",
    "agree_score",
    "assign",
    "check_eligibility",
    "declare",
    "decline",
    "describe_assessor",
    "give_out",
    "keep_draft",
    "look_for_likeness",
    "note_likeness",
    "override_check",
    "record_due_diligence",
    "record_panel",
    "record_subsidy_test",
    "reopen_scores",
    "save_score",
    "save_scores",
    "submit_scores",
]
