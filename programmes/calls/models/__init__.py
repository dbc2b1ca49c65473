"""Funding calls, what is asked about them, and who follows them."""

from .asking import Clarification
from .base import Call, CallQuerySet, CallUpdate, Criterion, CutOff, FormVersion, Invitation
from .following import Follower, FollowRequest

__all__ = [
    "Call",
    "CallQuerySet",
    "CallUpdate",
    "Clarification",
    "Criterion",
    "CutOff",
    "FollowRequest",
    "Follower",
    "FormVersion",
    "Invitation",
]
