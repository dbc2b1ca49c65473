"""Who may open a file: whoever may see the object it belongs to."""

from collections.abc import Callable
from typing import Any

import rules

Opens = Callable[[Any, Any], bool]
Names = Callable[[Any, Any], str]
_doors: dict[str, tuple[str, Opens]] = {}
_names: dict[str, Names] = {}


def admit(
    model_label: str,
    permission: str,
    opens: Opens = lambda _user, _stored: True,
    names: Names = lambda _user, stored: str(stored.name),
) -> None:
    """Files of `model_label` may be opened by those who hold `permission` on the object.

    `opens` may say no to a person and a file, where not all who see the object see all of it;
    `names` gives the name under which a person gets a file.
    """
    _doors[model_label] = permission, opens
    _names[model_label] = names


def name_for(user: Any, stored: Any) -> str:
    return _names[stored.subject_type.model_class()._meta.label](user, stored)


@rules.predicate
def may_see_its_subject(user: Any, stored: Any) -> bool:
    door = _doors.get(stored.subject_type.model_class()._meta.label)
    if door is None or not stored.subject:
        return False
    permission, opens = door
    return user.has_perm(permission, stored.subject) and opens(user, stored)


rules.add_perm("files.open", may_see_its_subject)
