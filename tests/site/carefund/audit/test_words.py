"""A timeline reads as sentences: whatever is recorded has words of its own."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse

from carefund.audit import telling
from carefund.core.states import StateTable
from carefund.files.models import StoredFile
from carefund.privacy.models import PersonRequest
from programmes.organisations import actions as organisations
from programmes.organisations.models import Membership
from tests import make

ROOT = Path(__file__).resolve().parents[4]


def moves():
    fields = (field for model in apps.get_models() for field in model._meta.get_fields())
    tables = {t for f in fields if isinstance(t := getattr(f, "table", None), StateTable)}
    assert len(tables) > 8
    return {f"{table.noun}.{move}" for table in tables for move in table.moves}


# Verbs that are put together where they are recorded, and what comes of it.
TOGETHER = {
    "f'{table.noun}.{name}'": moves,
    "f'join_request.{locked.state}'": lambda: {"join_request.approved", "join_request.declined"},
    "f'person.ask_{kind}'": lambda: {f"person.ask_{kind}" for kind in PersonRequest.Kind.values},
    """f"second_step.{('renew' if renewed else 'add')}\"""": lambda: {
        "second_step.renew",
        "second_step.add",
    },
    "verb.get(Scan(finding), 'file.not_scannable')": lambda: {
        "file.not_scannable",
        *{Scan.CLEAN: "file.pass_scan", Scan.INFECTED: "file.quarantine"}.values(),
    },
}
Scan = StoredFile.Scan


def recorded():
    """Each first argument of `record`, as it stands in the source, with where it stands."""
    for folder in ("site", "programmes", "grants", "reports"):
        for source in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(source.read_text())):
                named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record"
                if named and node.args:
                    yield node.args[0], f"{source.relative_to(ROOT)}:{node.lineno}"


def verbs():
    for argument, where in recorded():
        if isinstance(argument, ast.Constant):
            yield argument.value, where
        else:
            for verb in TOGETHER[ast.unparse(argument)]():
                yield verb, where


def test_every_verb_that_is_recorded_has_words_of_its_own():
    found = list(verbs())
    assert len(found) > 100
    assert [(v, where) for v, where in found if v not in telling.known_verbs()] == []


def test_no_words_are_the_verb_over_again():
    for verb in telling.known_verbs():
        words = telling.telling(verb).words
        assert words[0].isupper() or words[0].isdigit(), verb
        assert not words.endswith("."), verb
        assert "_" not in words, verb
        assert words != telling.in_words(verb), verb


@pytest.fixture
def changed(story):
    organisations.rename(
        organisation=story.authority,
        name="Here City Council",
        short_name="Here",
        on=make.clock.today(),
        reason="The order of 2026.",
        by=story.people.administrator,
    )
    return story


def test_the_timeline_of_an_organisation_reads_as_sentences(client, changed):
    client.force_login(changed.people.administrator)
    page = client.get(reverse("funds:organisation", args=[changed.authority.pk])).content.decode()
    assert "Name changed" in page
    assert "The order of 2026." in page
    assert "Organisation: rename" not in page


def test_an_administrator_reads_what_became_of_a_members_roles(client, story):
    author, chief = story.people.author, story.people.chief
    organisations.change_roles(
        organisation=story.authority, user=author, roles=["viewer"], by=chief
    )
    assert Membership.objects.current().filter(user=author).count() == 1
    client.force_login(chief)
    address = reverse("organisations:member", args=[story.authority.pk, author.pk])
    page = client.get(address).content.decode()
    assert "Role given" in page
    assert "Role ended" in page
