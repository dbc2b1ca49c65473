from allauth.account.models import EmailAddress
from django.db import transaction

from carefund.core.actors import Actor
from carefund.core.record import record

from .models import User


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
