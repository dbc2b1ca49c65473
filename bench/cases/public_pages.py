"""Public pages of a call and of awards, kept for a minute or made for each visitor.

Kept, the floor is a view without any middleware that sends the same bytes from the same cache.
Made, it is the same rows by SQL with the bytes of the frame written as they are.
"""

from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from bench.kit import table_row
from carefund.core import shared
from carefund.website.example.tree import _call_page
from carefund.website.models import CallIndexPage, CallPage
from programmes.calls.models import Call

VARIANTS = ["award, kept", "call, kept", "award, made", "call, made"]
AWARD = "SELECT reference FROM delivery_project ORDER BY id LIMIT 1"
AWARD_ROWS = """SELECT p.title, p.summary, p.story, o.name, f.amount, f.answered_at, m.title,
        m.baseline_on, m.achieved_on FROM delivery_project p
    JOIN awards_offer f ON f.id = p.offer_id
    JOIN organisations_organisation o ON o.id = p.organisation_id
    LEFT JOIN delivery_milestone m ON m.project_id = p.id WHERE p.reference = %s"""
CALL_ROWS = """SELECT c.title, c.summary, c.opens_at, c.closes_at, c.total, c.smallest_award,
        c.largest_award, c.eligibility, c.eligible_kinds, k.title, k.guidance, k.weight
    FROM calls_call c JOIN calls_criterion k ON k.call_id = c.id WHERE c.code = %s"""


def target(variant):
    return 1.5 if variant.endswith("kept") else 3


def _address(bench, variant):
    what = variant.partition(",")[0]
    if what not in bench.addresses:
        bench.addresses[what] = (
            reverse("opendata:project", args=bench.one(AWARD)) if what == "award" else _call()
        )
    return bench.addresses[what]


def _call():
    """A page for one call, under the home page of the service; it is made once."""
    page = CallPage.objects.filter(call__isnull=False, live=True).first()
    if page is None:
        home = Site.objects.get(is_default_site=True).root_page
        index = CallIndexPage.objects.child_of(home).first()
        if index is None:
            index = home.add_child(instance=CallIndexPage(title="Funding", slug="funding"))
        _call_page(index, Call.objects.order_by("pk").first())
        page = CallPage.objects.get(call__isnull=False)
    return page.url


def case(bench, variant):
    address = _address(bench, variant)
    if variant.endswith("made"):
        shared.forget()
    return bench.get(address, bench.anonymous)


def floor(bench, variant):
    address = _address(bench, variant)
    if variant not in bench.frames:
        bench.frames[variant] = bench.get(address, bench.anonymous)
        cache.set(f"floor:{variant.replace(', ', '-')}", bench.frames[variant], None)
    if variant.endswith("kept"):
        return _bare(bench, variant).get(address).content
    name = address.strip("/").rpartition("/")[2]
    rows = bench.rows(AWARD_ROWS if variant.startswith("award") else CALL_ROWS, [name])
    body = "".join(table_row(row) for row in rows)
    return bench.frames[variant][: -len(body)] + body.encode() if rows else b""


def _bare(bench, variant):
    if ("client", variant) not in bench.frames:
        client = Client()
        client.handler.load_middleware()
        client.handler._middleware_chain = lambda _request: HttpResponse(  # noqa: SLF001 - bare
            cache.get(f"floor:{variant.replace(', ', '-')}")
        )
        bench.frames["client", variant] = client
    return bench.frames["client", variant]


def agree(ours, floors):
    if len(ours) < 2000 or len(floors) < 2000:
        raise AssertionError("One of them is not the page.")
