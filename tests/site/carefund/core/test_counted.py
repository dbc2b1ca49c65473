"""Pages of a list: counted and added up in the statement that reads them."""

from decimal import Decimal

import pytest
from django.db.models import Count
from django.db.models.functions import Cast

from carefund.core import counted
from carefund.core.counted import Counted
from carefund.core.money import MoneyField
from programmes.calls.models import Call
from programmes.funds.models import Programme
from tests import make

pytestmark = pytest.mark.django_db
LAST = 3


@pytest.fixture
def programmes():
    return [make.programme(f"p-{number}") for number in range(2 * 50 + 7)]


def rows():
    return Programme.objects.filter(code__startswith="p-").order_by("-pk")


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        *((1, 1), ("2", 2), ("3", LAST), ("4", LAST), ("99999999999999999999", 1)),
        *((None, 1), ("", 1), ("0", 1), ("-1", 1), ("two", 1), ("²", 1), ("1.5", 1)),
    ],
)
def test_a_page_that_there_is_none_of_is_the_first_or_the_last(programmes, asked, number):
    page = Counted(rows()).get_page(asked)
    assert page.number == number
    assert page.paginator.count == len(programmes)
    assert page.paginator.num_pages == LAST
    assert list(page) == list(rows()[(number - 1) * 50 : number * 50])


@pytest.mark.parametrize("number", range(1, LAST + 1))
def test_far_pages_are_the_same_from_either_end(programmes, number, monkeypatch):
    monkeypatch.setattr(counted, "NEAR", 0)
    for chosen in (rows(), rows().order_by("summary", "-pk"), rows().annotate(n=Count("calls"))):
        page = Counted(chosen).get_page(number)
        assert list(page) == list(chosen[(number - 1) * 50 : number * 50])
        assert (page.number, page.paginator.count) == (number, len(programmes))


def test_one_statement_reads_counts_and_adds_up(programmes, django_assert_num_queries):
    worth = Cast(250, MoneyField())
    pages = Counted(rows().annotate(worth=worth), "worth")
    with django_assert_num_queries(1):
        page = pages.get_page(2)
        assert len(list(page)) == 50
    assert (pages.count, pages.total) == (107, Decimal("267.50"))


def test_an_amount_is_added_up_in_pounds(story, django_assert_num_queries):
    pages = Counted(Call.objects.order_by("pk"), "total")
    with django_assert_num_queries(1):
        assert list(pages.get_page(1)) == [story.call]
    assert pages.total == story.call.total > 0


def test_amounts_of_what_the_rows_belong_to_are_added_up(story, monkeypatch):
    Call.objects.update(several_bids_allowed=True)
    bids = [make.draft_bid(story) for _ in range(2)]
    chosen = type(bids[0]).objects.filter(pk__in=[bid.pk for bid in bids]).order_by("pk")
    for near in (counted.NEAR, 0):
        monkeypatch.setattr(counted, "NEAR", near)
        pages = Counted(chosen, "call__total")
        assert list(pages.get_page(1)) == bids
        assert (pages.count, pages.total) == (2, 2 * story.call.total)


def test_rows_taken_once_only_are_counted_and_added_up_one_by_one(story):
    Call.objects.update(several_bids_allowed=True)
    bids = [make.draft_bid(story) for _ in range(3)]
    chosen = type(bids[0]).objects.filter(pk__in=[bid.pk for bid in bids]).distinct()
    for amount, total in (("", None), ("call__total", 3 * story.call.total)):
        pages = Counted(chosen.order_by("pk"), amount)
        assert list(pages.get_page(1)) == bids
        assert (pages.count, pages.total) == (3, total)


def test_no_rows_are_a_page_of_none(db):
    pages = Counted(Call.objects.filter(code="none"), "total")
    page = pages.get_page(7)
    assert (list(page), page.number, pages.count, pages.total) == ([], 1, 0, Decimal(0))


def test_groups_are_counted_as_groups(programmes):
    pages = Counted(rows().annotate(calls_made=Count("calls")))
    page = pages.get_page(LAST)
    assert (len(list(page)), pages.count, pages.total) == (7, 107, None)
    assert page.object_list[0].calls_made == 0
