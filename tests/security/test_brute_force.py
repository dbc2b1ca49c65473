"""Guessing is slow for who guesses, and never shuts out the person who is attacked."""

import pytest
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.test import Client

from carefund.accounts import limits
from carefund.core.addresses import client_address, network_of
from tests.site.carefund.accounts.conftest import app_code, ask_code, by_password, mailed_code

ATTACKER, VICTIM = "198.51.100.7", "203.0.113.20"
CONFIRM = "/account/login/code/confirm/"
STEP = "/account/login/second-step/"


def attack(person, times=8):
    for _ in range(times):
        answer = by_password(Client(REMOTE_ADDR=ATTACKER), person, "a wrong guess")
    return answer


def test_passwords_are_guessed_five_times_and_no_more(author):
    assert "too many tries" in attack(author).content.decode()
    right = by_password(Client(REMOTE_ADDR=ATTACKER), author)
    assert right.status_code == 200  # even the right one, from there, for now


def test_the_person_attacked_signs_in_from_another_place(author):
    attack(author)
    assert by_password(Client(REMOTE_ADDR=VICTIM), author).status_code == 302


def test_the_person_attacked_signs_in_from_the_same_place_with_a_known_browser(author):
    known = Client(REMOTE_ADDR=ATTACKER)
    by_password(known, author)
    known.post("/account/logout/")
    attack(author)
    assert by_password(known, author).status_code == 302


def test_a_cookie_of_another_person_is_no_known_browser(author, officer):
    known = Client(REMOTE_ADDR=ATTACKER)
    by_password(known, author)
    known.post("/account/logout/")
    attack(officer)
    assert by_password(known, officer).status_code == 200


def test_many_addresses_from_one_place_are_stopped_too(db):
    answers = [
        by_password(Client(REMOTE_ADDR=ATTACKER), f"p{n}@example.org", "wrong").content.decode()
        for n in range(31)
    ]
    assert "too many tries" not in answers[29]
    assert "too many tries" in answers[30]


def test_a_right_password_costs_no_try(author):
    for _ in range(12):
        assert by_password(Client(), author).status_code == 302


def test_a_limit_ends(author, known_time):
    attack(author)
    known_time.shift(301)
    assert by_password(Client(REMOTE_ADDR=ATTACKER), author).status_code == 302


def test_a_code_dies_with_the_fifth_guess_and_a_new_one_is_had(client, author, mailoutbox):
    ask_code(client, author.email)
    code = mailed_code(mailoutbox)
    answers = [client.post(CONFIRM, {"code": "BBBB-BBBB"}) for _ in range(5)]
    assert answers[4].url == "/account/login/code/"
    assert client.post(CONFIRM, {"code": code}).status_code == 302
    assert "_auth_user_id" not in client.session
    ask_code(client, author.email)
    assert client.post(CONFIRM, {"code": mailed_code(mailoutbox)}).url == "/start/"


def test_guesses_sent_at_once_count_each(client, author, mailoutbox):
    """Requests that all read the session before one has written it: as if none had failed."""
    ask_code(client, author.email)
    code, before = mailed_code(mailoutbox), dict(client.session.items())
    for _ in range(5):
        client.post(CONFIRM, {"code": "BBBB-BBBB"})
        session = client.session
        session.update(before)
        session.save()
    assert client.post(CONFIRM, {"code": code}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_asking_for_codes_does_not_stop_the_person_from_asking(author, mailoutbox):
    for _ in range(8):
        ask_code(Client(REMOTE_ADDR=ATTACKER), author.email)
    assert len(mailoutbox) == 5
    assert ask_code(Client(REMOTE_ADDR=VICTIM), author.email).status_code == 302
    assert len(mailoutbox) == 6


def test_the_second_factor_is_guessed_five_times_and_the_person_gets_in(officer):
    thief = Client(REMOTE_ADDR=ATTACKER)
    by_password(thief, officer)
    for _ in range(6):
        answer = thief.post(STEP, {"code": "000000"})
    assert "too many tries" in answer.content.decode()
    assert thief.post(STEP, {"code": app_code(officer)}).status_code == 200
    person = Client(REMOTE_ADDR=VICTIM)
    by_password(person, officer)
    assert person.post(STEP, {"code": app_code(officer)}).status_code == 302


def test_many_places_together_do_not_guess_the_second_factor_for_ever(officer):
    known = Client(REMOTE_ADDR=VICTIM)
    by_password(known, officer)
    known.post(STEP, {"code": app_code(officer)})
    known.post("/account/logout/")
    for _ in range(limits.FACTOR_STRANGERS.seats):
        limits.FACTOR_STRANGERS.take(officer.pk)
    by_password(stranger := Client(REMOTE_ADDR="192.0.2.1"), officer)
    assert "too many tries" in stranger.post(STEP, {"code": "1"}).content.decode()
    by_password(known, officer)
    assert "too many tries" not in known.post(STEP, {"code": "1"}).content.decode()


@pytest.mark.parametrize(
    ("trusted", "header", "expected"),
    [
        (0, "1.2.3.4", "9.9.9.9"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 5.5.5.5", "1.2.3.4"),
        (2, "1.2.3.4", "9.9.9.9"),
        (1, "nonsense", "9.9.9.9"),
        (1, "", "9.9.9.9"),
    ],
)
def test_only_our_own_proxies_are_believed(rf, settings, trusted, header, expected):
    settings.TRUSTED_PROXIES = trusted
    request = rf.get("/", REMOTE_ADDR="9.9.9.9", HTTP_X_FORWARDED_FOR=header)
    assert client_address(request) == expected


def test_inventing_forwarded_addresses_gives_no_more_tries(author):
    for n in range(6):
        client = Client(headers={"x-forwarded-for": f"1.2.3.{n}"}, REMOTE_ADDR=ATTACKER)
        answer = by_password(client, author, "wrong")
    assert "too many tries" in answer.content.decode()


def test_all_addresses_of_one_subscriber_are_one_place():
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::9") == "2001:db8:1:2::"


def test_a_limit_holds_on_the_cache_of_the_embedded_service(db, settings, monkeypatch):
    """In the database, where all processes count together."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "seats"}
    }
    call_command("createcachetable", verbosity=0)
    caches["default"].clear()
    two = [DatabaseCache("seats", {}), DatabaseCache("seats", {})]
    limit = limits.Limit("try", 3, 60)
    taken = []
    for turn in range(6):
        monkeypatch.setattr(limits, "cache", two[turn % 2])
        taken.append(limit.take("a"))
    assert [seat is not None for seat in taken] == [True] * 3 + [False] * 3
    limits.free(taken[1])
    assert limit.take("a") == taken[1]


def test_the_embedded_service_and_production_count_in_a_shared_cache():
    embedded = __import__("carefund.settings.embedded", fromlist=["CACHES"]).CACHES
    assert embedded["default"]["BACKEND"].endswith("DatabaseCache")
