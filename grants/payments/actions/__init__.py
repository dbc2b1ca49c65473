"""From a claim to money that has left: prepared, certified, approved, released."""

from .claims import OverGrant, certify, change_claim, make_claim, reopen, submit, withdraw
from .releases import approve, recover, refuse, release, return_to_authority
from .settling import close_grant, give_back_rest

__all__ = [
    "OverGrant",
    "approve",
    "certify",
    "change_claim",
    "close_grant",
    "give_back_rest",
    "make_claim",
    "recover",
    "refuse",
    "release",
    "reopen",
    "return_to_authority",
    "submit",
    "withdraw",
]
