"""Organisations with their dates, and the people in them."""

from .holding import HolderChange
from .people import (
    Capacity,
    GuestAccess,
    Invitation,
    JoinRequest,
    Membership,
    not_the_same,
)
from .places import (
    BoardShare,
    DatedQuerySet,
    FormerCode,
    Organisation,
    OrganisationDomain,
    OrganisationName,
    Region,
    Succession,
    dated,
)

__all__ = [
    "BoardShare",
    "Capacity",
    "DatedQuerySet",
    "FormerCode",
    "GuestAccess",
    "HolderChange",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Organisation",
    "OrganisationDomain",
    "OrganisationName",
    "Region",
    "Succession",
    "dated",
    "not_the_same",
]
