import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.test import Client

from carefund.accounts.roles import AuthorityRole, StaffRole
from carefund.notify.models import OutboxMessage
from tests import make
from tests.support import signing_in

PASSWORD = "a long password"


@pytest.fixture
def author(db):
    return make.member(make.authority(), AuthorityRole.BID_AUTHOR, "Author")


@pytest.fixture
def officer(db):
    """Staff with an authenticator app."""
    person = make.staff(StaffRole.PROGRAMME_OFFICER, name="Officer")
    give_app(person)
    return person


def give_app(person):
    totp.TOTP.activate(person, totp.generate_totp_secret())


def app_code(person):
    row = Authenticator.objects.get(user=person, type="totp")
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(decrypt(row.data["secret"]), counter))


def by_password(client, person, password=PASSWORD, **extra):
    sent = {"login": getattr(person, "email", person), "password": password}
    return client.post("/account/login/password/", sent, **extra)


def ask_code(client, email, **extra):
    return client.post("/account/login/", {"email": email}, **extra)


def mailed_code(mailoutbox):
    return re.search(r"^([A-Z]{4}-[A-Z]{4})$", mailoutbox[-1].body, re.MULTILINE)[1]


def told(person):
    """The last thing that the service told this person, in the outbox and under “Messages”."""
    return OutboxMessage.objects.filter(recipient=person).order_by("-pk").first()


def plain(person):
    """A client of somebody signed in without a second factor, a moment ago."""
    client = Client()
    signing_in.plainly(client, person)
    return client
