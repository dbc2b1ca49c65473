"""Django's own permissions, which only the editing of pages asks for."""

from datetime import date
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import OuterRef, Q

from . import ties
from .models import User

PERMISSIONS, GROUPS = "permissions", "groups"


def permissions_of_a_person(_today: date) -> Any:
    return User.user_permissions.through.objects.filter(user=OuterRef("pk"))


def groups_of_a_person(_today: date) -> Any:
    return User.groups.through.objects.filter(user=OuterRef("pk"))


class OneReading(ModelBackend):
    """Reads a person once a request, with what they surely have none of."""

    def get_user(self, user_id: Any) -> User | None:
        found = ties.person(int(user_id))
        return found if found and self.user_can_authenticate(found) else None


class SigningIn(OneReading, AuthenticationBackend):
    """Sign-in by email address."""


class OneQuestion(OneReading):
    """What a person may do by themselves and by their groups, read at once and once a request."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not user_obj.is_superuser and not hasattr(user_obj, "_perm_cache"):
            by_groups = Permission.objects.filter(group__in=user_obj.groups.all())
            if all(ties.has_none(user_obj, name) for name in (PERMISSIONS, GROUPS)):
                user_obj._perm_cache = set()  # noqa: SLF001 - where Django keeps them
                return set()
            own = user_obj.user_permissions.all()
            of = Q(pk__in=own.values("pk")) | Q(pk__in=by_groups.values("pk"))
            names = Permission.objects.filter(of).values_list("content_type__app_label", "codename")
            user_obj._perm_cache = {  # noqa: SLF001 - where Django keeps them
                f"{label}.{codename}" for label, codename in names.order_by()
            }
        return super().get_all_permissions(user_obj, obj)
