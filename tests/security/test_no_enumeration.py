"""Whether an address has an account cannot be read from any answer, nor from its time."""

import re
import time

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client

from tests import make

UNKNOWN = "nobody.at.all@example.org"


@pytest.fixture
def people(author):
    inactive = make.user("Inactive")
    inactive.is_active = False
    inactive.save()
    passwordless = make.user("Passwordless")
    passwordless.set_unusable_password()
    passwordless.save()
    return [author.email, inactive.email, passwordless.email, UNKNOWN]


def seen(email, answers):
    """Everything a visitor sees, without what is random in any answer and what they typed."""
    parts = []
    for answer in answers:
        text = answer.content.decode().replace(email, "ADDRESS")
        text = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", text)
        text = re.sub(r'nonce="[^"]+"', "", text)
        names = sorted(answer.headers.keys())
        cookies = sorted(answer.cookies.keys())
        parts.append((answer.status_code, answer.headers.get("Location"), names, cookies, text))
    return parts


def ask_code(email):
    client = Client()
    first = client.post("/account/login/", {"email": email, "next": "/bids/"})
    page = client.get(first.url)
    wrong = [client.post("/account/login/code/confirm/", {"code": "BBBB"}) for _ in range(5)]
    again = client.post("/account/login/", {"email": email})
    resent = client.post("/account/login/code/confirm/", {"action": "resend"})
    return seen(email, [first, page, *wrong, again, resent, client.get(resent.url)])


def by_password(email):
    client = Client()
    sent = {"login": email, "password": "wrong"}
    return seen(email, [client.post("/account/login/password/", sent) for _ in range(7)])


def forgotten(email):
    client = Client()
    sent = client.post("/account/password/reset/", {"email": email})
    return seen(email, [sent, client.get(sent.url)])


@pytest.mark.parametrize("way", [ask_code, by_password, forgotten])
def test_the_answers_are_the_same_byte_for_byte(people, way):
    answers = [way(email) for email in people]
    assert all(answer == answers[-1] for answer in answers)


@pytest.mark.parametrize("address", ["/account/login/", "/account/password/reset/"])
def test_one_mail_leaves_for_every_address(people, mailoutbox, address):
    for email in people:
        Client().post(address, {"email": email})
    assert [mail.to for mail in mailoutbox] == [[email] for email in people]


def test_the_limit_is_reached_at_the_same_try(author):
    def tries(email):
        found = []
        for _ in range(8):
            answer = Client(REMOTE_ADDR="198.51.100.9").post("/account/login/", {"email": email})
            found.append(answer.status_code)
        return found

    assert tries(author.email) == tries(UNKNOWN)


def test_a_taken_address_looks_like_a_free_one_when_one_changes_ones_own(author):
    other = make.user("Other")
    pages = []
    for email in (other.email, "free@example.org"):
        client = Client()
        client.force_login(author)
        sent = client.post("/account/email/", {"action_add": "", "email": email})
        pages.append(seen(email, [sent, client.get(sent.url)]))
    assert pages[0] == pages[1]


def test_known_and_unknown_addresses_take_the_same_work(people, settings, monkeypatch):
    """Hashing is what takes time: it is done as often for nobody as for somebody."""
    hasher = "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    settings.PASSWORD_HASHERS = [hasher]
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 1000)
    done = []
    plain = PBKDF2PasswordHasher.encode

    def counted(self, *args, **kwargs):
        done.append(1)
        return plain(self, *args, **kwargs)

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counted)
    work = {}
    for email in (people[0], people[2], UNKNOWN):
        person = make.User.objects.filter(email=email).first()
        if person and person.has_usable_password():
            person.set_password("a long password")
            person.save()
        done.clear()
        Client().post("/account/login/password/", {"login": email, "password": "wrong"})
        work[email] = len(done)
    assert len(set(work.values())) == 1, work


@pytest.mark.parametrize("address", ["/account/login/", "/account/password/reset/"])
def test_known_and_unknown_addresses_take_the_same_time(author, address, settings):
    """Roughly: no answer takes three times as long as the other."""
    settings.ACCOUNT_RATE_LIMITS = False

    def taken(email, n):
        began = time.perf_counter()
        Client(REMOTE_ADDR=f"10.1.{n}.{len(email)}").post(address, {"email": email})
        return time.perf_counter() - began

    # In turn and the fastest of nine: what takes longer because a machine is busy is no answer.
    pairs = [(taken(author.email, n), taken(UNKNOWN, n)) for n in range(9)]
    known, unknown = (min(times) for times in zip(*pairs, strict=True))
    assert max(known, unknown) < 3 * min(known, unknown)
