"""Statements of lists that were asked lately: asked again as they stand, and never for others."""

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from carefund.core import counted
from carefund.core.counted import Counted
from carefund.core.lately import Statements, told
from programmes.funds.models import Programme
from tests import make

pytestmark = pytest.mark.django_db
READS = ("code", "name")


@pytest.fixture
def programmes():
    return [make.programme(f"p-{number}") for number in range(5)]


def rows(start="p-"):
    return Programme.objects.filter(code__startswith=start).order_by("-pk")


def page_of(chosen):
    pages = Counted(chosen, reads=READS)
    return [row.code for row in pages.get_page(1)], pages.count


def test_what_was_asked_lately_is_asked_of_the_database_again(programmes):
    assert page_of(rows()) == (["p-4", "p-3", "p-2", "p-1", "p-0"], 5)
    Programme.objects.filter(code="p-4").update(code="q-4")
    make.programme("p-5")
    with CaptureQueriesContext(connection) as asked:
        assert page_of(rows()) == (["p-5", "p-3", "p-2", "p-1", "p-0"], 5)
    assert len(asked) == 1


@pytest.mark.parametrize(
    "other",
    [
        lambda: rows("p-1"),
        lambda: rows().order_by("pk"),
        lambda: rows().exclude(name=""),
        lambda: rows().annotate(n=Count("calls")),
        lambda: rows()[:3],
    ],
)
def test_other_rows_are_told_apart(programmes, other):
    assert told(rows()) == told(rows())
    assert told(other()) != told(rows())


def test_values_are_told_apart_by_their_kind(programmes):
    assert told(rows().filter(pk=1)) != told(rows().filter(pk=2))
    assert told(rows().filter(summary="1")) != told(rows().filter(summary="2"))


def test_nothing_is_found_where_nothing_can_be(programmes):
    assert told(rows().none()) is None
    assert page_of(rows().none()) == ([], 0)
    assert Statements().ask("none", rows().none) == []


def test_words_with_every_odd_sign_are_asked_as_they_are(programmes):
    for word in ("100%", "a'b", "%s", "{}", "\\", '"', "?"):
        Programme.objects.filter(code="p-0").update(name=f"Care {word} home")
        for _ in range(3):
            assert page_of(rows().filter(name__contains=word)) == (["p-0"], 1)


def test_only_so_many_are_kept(programmes):
    lately = Statements(most=2)
    built = []

    def ask(start):
        return lately.ask(start, lambda: built.append(start) or rows(start))

    for start in ("p-1", "p-2", "p-1", "p-3", "p-1", "p-2"):
        ask(start)
    assert built == ["p-1", "p-2", "p-3", "p-2"]


@pytest.mark.parametrize("near", [counted.NEAR, 0])
def test_a_page_is_the_same_the_first_time_and_later(programmes, near, monkeypatch):
    monkeypatch.setattr(counted, "NEAR", near)
    monkeypatch.setattr(counted, "PAGE", 2)
    for number in (1, 2, 3, 1, 2, 3):
        found = [row.pk for row in Counted(rows(), reads=READS).get_page(number)]
        assert found == [row.pk for row in rows()[(number - 1) * 2 : number * 2]]
