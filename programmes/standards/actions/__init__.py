"""Every write to a self-assessment and to what calls ask of it."""

from .assessing import (
    Changed,
    Unfinished,
    discard,
    remove_evidence,
    save_answer,
    start,
    submit,
)
from .demanding import copy_demands, demand, drop

__all__ = [
    "Changed",
    "Unfinished",
    "copy_demands",
    "demand",
    "discard",
    "drop",
    "remove_evidence",
    "save_answer",
    "start",
    "submit",
]
