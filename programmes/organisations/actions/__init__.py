"""Who belongs to an organisation, and how organisations change."""

from .invitations import (
    accept_invitation,
    invite,
    resend,
    revoke,
    send_invitation,
)
from .joining import (
    ask_to_join,
    ask_to_join_by_mail,
    confirm_joining,
    decide_joining,
)
from .memberships import (
    LastAdministrator,
    change_roles,
    end_membership,
    end_sessions_without_access,
)
from .places import add_domain, change_code, end_domain, rename
from .succession import merge_organisations

__all__ = [
    "LastAdministrator",
    "accept_invitation",
    "add_domain",
    "ask_to_join",
    "ask_to_join_by_mail",
    "change_code",
    "change_roles",
    "confirm_joining",
    "decide_joining",
    "end_domain",
    "end_membership",
    "end_sessions_without_access",
    "invite",
    "merge_organisations",
    "rename",
    "resend",
    "revoke",
    "send_invitation",
]
