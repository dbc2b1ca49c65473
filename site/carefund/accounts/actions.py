import logging

from allauth.account.models import EmailAddress
from django.db import transaction

from carefund.core.actors import SYSTEM, Actor
from carefund.core.record import origin, record

from .models import SignInFailure, User

logger = logging.getLogger(__name__)


def add_person(
    *, email: str, name: str, by: Actor, password: str | None = None, is_sample: bool = False
) -> User:
    """Make an account whose address is known to be the person's own.

    Without a password the person signs in with a code sent to the address.
    """
    with transaction.atomic():
        user = User.objects.create_user(email, password, name=name, is_sample=is_sample)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        record("person.add", user, by=by)
    return user


def note_failure(*, way: str, email: str = "", user: User | None = None) -> SignInFailure:
    """Put a failed sign-in on record, in the same time whether the address is known or not.

    The address that was typed is not kept: people type passwords there.
    """
    if user is None:
        user = User.objects.filter(email__iexact=email.strip()).first()
    with transaction.atomic():
        failure = SignInFailure.objects.create(
            user=user, way=way, address=origin.get().address or None
        )
        record("sign_in.fail", failure, by=SYSTEM, reason=failure.get_way_display())
    logger.warning("Failed sign-in by %s", way)
    return failure


def remove_password(*, user: User, by: Actor) -> None:
    """The person signs in with a code, a passkey or their department from now on."""
    with transaction.atomic():
        user.set_unusable_password()
        user.save(update_fields=["password"])
        record("person.remove_password", user, by=by)
