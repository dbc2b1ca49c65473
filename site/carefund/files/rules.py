"""Who may open a file: whoever may see the object it belongs to."""

from typing import Any

import rules

_view_permissions: dict[str, str] = {}


def admit(model_label: str, permission: str) -> None:
    """Files of `model_label` may be opened by those who hold `permission` on the object."""
    _view_permissions[model_label] = permission


@rules.predicate
def may_see_its_subject(user: Any, stored: Any) -> bool:
    permission = _view_permissions.get(stored.subject_type.model_class()._meta.label)
    return bool(permission and stored.subject and user.has_perm(permission, stored.subject))


rules.add_perm("files.open", may_see_its_subject)
