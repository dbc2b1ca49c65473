"""Reads of rounds, their scenarios and approvals, offers and letters."""

from .base import (
    LATE_ANSWER,
    LineUse,
    amount_of,
    can_be_answered,
    choices_of,
    for_lists,
    free_by_pot,
    granted_amount,
    granted_lines,
    late_answer_allowed,
    left_of_total,
    promises_of,
    use_of_lines,
)
from .clauses import Wording, clause_of, clauses_in_force
from .deciding import Step, chain, content_of, fingerprint_of, lapsed, next_step, standing
from .determinations import given_by, left_out_of, published_determinations
from .scenarios import compared, explained, is_stale, measured, named
from .wishes import AIMS, bids_of, in_words, inputs_of, problem_of, problems_of, wishes_of

__all__ = [
    "AIMS",
    "LATE_ANSWER",
    "LineUse",
    "Step",
    "Wording",
    "amount_of",
    "bids_of",
    "can_be_answered",
    "chain",
    "choices_of",
    "clause_of",
    "clauses_in_force",
    "compared",
    "content_of",
    "explained",
    "fingerprint_of",
    "for_lists",
    "free_by_pot",
    "given_by",
    "granted_amount",
    "granted_lines",
    "in_words",
    "inputs_of",
    "is_stale",
    "lapsed",
    "late_answer_allowed",
    "left_of_total",
    "left_out_of",
    "measured",
    "named",
    "next_step",
    "problem_of",
    "problems_of",
    "promises_of",
    "published_determinations",
    "standing",
    "use_of_lines",
    "wishes_of",
]
