"""Public pages of a call and of awards, kept for a minute or made for each visitor.

Kept, the floor is a view without any middleware that sends the same bytes from the same cache.
Made, it is the same rows by SQL and the same bytes by the plainest code.
"""

from decimal import ROUND_HALF_UP, Decimal
from html import escape

from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from bench import stencil
from bench.stencil import day, pounds
from carefund.core import shared
from carefund.core.clock import LONDON
from carefund.website.example.tree import _call_page
from carefund.website.models import CallIndexPage, CallPage
from programmes.calls.models import Call

TENTH = Decimal("0.1")
VARIANTS = ["award, kept", "call, kept", "award, made", "call, made"]
AWARD = "SELECT reference FROM delivery_project ORDER BY id LIMIT 1"
PROJECT = """SELECT p.id, o.name, p.title, p.summary, p.story, f.amount, g.name, t.name,
        p.starts_on, p.ends_on, p.offer_id FROM delivery_project p
    JOIN awards_offer f ON f.id = p.offer_id AND f.state = 'accepted'
    JOIN organisations_organisation o ON o.id = f.organisation_id
    JOIN funds_programme g ON g.id = p.programme_id
    LEFT JOIN funds_theme t ON t.id = p.theme_id WHERE p.reference = %s"""
VERIFIED = """SELECT b.title, b.unit, o.amount, o.improvement, o.period_starts_on, o.period_ends_on
    FROM benefits_benefitobservation o JOIN benefits_benefitprofile b ON b.id = o.benefit_id
    JOIN benefits_verification v ON v.observation_id = o.id AND v.accepted
    WHERE b.project_id = %s AND NOT EXISTS
        (SELECT 1 FROM benefits_benefitobservation n WHERE n.supersedes_id = o.id) ORDER BY o.id"""
ACHIEVED = """SELECT title, achieved_on FROM delivery_milestone
    WHERE project_id = %s AND state = 'achieved' ORDER BY achieved_on, position"""
LINES = """SELECT kind, amount FROM awards_offerline WHERE offer_id = %s
    ORDER BY financial_year, kind"""
# A page of the editors has a text of its own beside the call's.
CALL = """SELECT p.title, w.summary, w.eligibility, c.smallest_award, c.largest_award, c.total,
        c.id, c.opens_at, c.closes_at, c.project_starts_on, c.project_ends_on
    FROM website_callpage w JOIN wagtailcore_page p ON p.id = w.page_ptr_id AND p.live
    JOIN calls_call c ON c.id = w.call_id WHERE p.slug = %s"""
CRITERIA = """SELECT title, guidance, weight FROM calls_criterion
    WHERE call_id = %s ORDER BY position"""
BESIDE = [
    "SELECT text, at FROM calls_callupdate WHERE call_id = %s ORDER BY at DESC",
    "SELECT question, answer FROM calls_clarification WHERE call_id = %s AND state = 'published'",
    "SELECT at, state FROM calls_cutoff WHERE call_id = %s ORDER BY at",
    "SELECT level, due_on FROM standards_calldemand WHERE call_id = %s",
]
agree = stencil.agree


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
    pieces = (_award_pieces if variant.startswith("award") else _call_pieces)(bench, name)
    return stencil.written(bench, f"stencil {variant}", lambda: case(bench, variant), pieces)


def _award_pieces(bench, reference):
    row = bench.one(PROJECT, [reference])
    pk, *texts, amount, programme, theme, starts, ends, offer = row
    pieces = [escape(text) for text in texts]
    verified = bench.rows(VERIFIED, [pk])
    pieces.append(pounds(sum(seen[2] or 0 for seen in verified)))
    for title, unit, worth, improvement, begins, until in verified:
        much = f"{_tenths(improvement)} {unit}" if worth is None else pounds(worth)
        pieces.append(f"<li>{escape(title)}: {much}, {day(begins)} to {day(until)}")
    milestones = bench.rows(ACHIEVED, [pk])
    pieces += [f"<li>{escape(title)}, {day(on)}" for title, on in milestones]
    pieces.append(pounds(amount))
    lines = bench.rows(LINES, [offer])
    pieces += [f"{kind}</dt><dd>{pounds(pence)}</dd>" for kind, pence in lines]
    return [*pieces, escape(programme), escape(theme), f"{day(starts)} to {day(ends)}"]


def _tenths(value):
    return value.quantize(TENTH, ROUND_HALF_UP) if value % 1 else int(value)


def _call_pieces(bench, slug):
    row = bench.one(CALL, [slug])
    title, summary, eligibility, *amounts, pk, opens, closes, starts, ends = row
    smallest, largest, total = map(pounds, amounts)
    moments = [day(opens.astimezone(LONDON)), day(closes.astimezone(LONDON))]
    # The card with the dates and the money stands before the text.
    pieces = [escape(title), escape(summary), total, smallest, largest, *moments]
    pieces += [escape(eligibility), smallest, largest, total]
    for title, guidance, weight in bench.rows(CRITERIA, [pk]):
        pieces += [escape(title), escape(guidance), f"{weight}%"]
    for sql in BESIDE:
        bench.rows(sql, [pk])
    return [*pieces, *moments, f"{day(starts)} to {day(ends)}"]


def _bare(bench, variant):
    if ("client", variant) not in bench.frames:
        client = Client()
        client.handler.load_middleware()
        client.handler._middleware_chain = lambda _request: HttpResponse(  # noqa: SLF001 - bare
            cache.get(f"floor:{variant.replace(', ', '-')}")
        )
        bench.frames["client", variant] = client
    return bench.frames["client", variant]
