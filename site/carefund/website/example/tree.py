"""The pages of the website: home, calls, and the pages every public service has."""

from wagtail.models import Locale, Page, Site

from carefund.core.clock import LONDON
from carefund.website.actions import criterion_of, design_of
from carefund.website.models import CallIndexPage, CallPage, HomePage, PageCutOff, TextPage
from programmes.calls.models import Call

TEXTS = {
    "accessibility": (
        "Accessibility statement",
        (
            "We want as many people as possible to be able to use this service. It is built to "
            "meet the Web Content Accessibility Guidelines 2.2 at level AA, works with a keyboard, "
            "with a screen reader and without JavaScript, and every page is tested in each change. "
            "If you find a problem, write to the programme team."
        ),
    ),
    "privacy": (
        "Privacy notice",
        (
            "We keep your name, your email address and what you did in the service, because "
            "public money needs a record. We use cookies only to keep you signed in. We do not "
            "track you and do not share your data for advertising."
        ),
    ),
    "open-data": (
        "Open data",
        (
            "Awards are published in the 360Giving Data Standard at /data/360giving.json and "
            "through the API at /api/docs. Sample awards of the example are not part of it."
        ),
    ),
}


def ensure_home() -> HomePage:
    """The home page and the site that serves it; what exists is left alone."""
    Locale.objects.get_or_create(language_code="en-gb")
    home = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
        for welcome in root.get_children():
            welcome.delete()
        root.refresh_from_db()
        home = root.add_child(
            instance=HomePage(
                title="Funding for digital social care",
                slug="home",
                introduction="Find funding that helps people live at home for longer, see what "
                "has been funded and what came of it.",
            )
        )
    Site.objects.get_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": "Digital Care Fund"},
    )
    Site.objects.filter(is_default_site=True).update(root_page=home)
    return home


def load() -> CallIndexPage:
    home = ensure_home()
    for slug, (title, text) in TEXTS.items():
        if not home.get_children().filter(slug=slug).exists():
            page = TextPage(title=title, slug=slug, body=[("text", f"<p>{text}</p>")])
            home.add_child(instance=page)
    index = CallIndexPage.objects.first()
    if index is None:
        index = home.add_child(
            instance=CallIndexPage(
                title="Funding calls",
                slug="calls",
                introduction="What you can bid for now, what comes next and what has closed.",
            )
        )
    for call in Call.objects.filter(page__isnull=True).exclude(state="draft").order_by("opens_at"):
        _call_page(index, call)
    return index


def _call_page(index: CallIndexPage, call: Call) -> None:
    same = (
        "title", "summary", "programme", "opens_at", "closes_at", "total", "smallest_award",
        "largest_award", "eligibility", "project_starts_on", "project_ends_on",
        "assessors_per_bid", "questions_until", "always_open", "invited_only",
        "several_bids_allowed", "assessors_read_all",
        "anonymous_assessment", "late_by_grace", "follows",
    )  # fmt: skip
    page = CallPage(
        slug=call.code,
        call=call,
        eligible_kinds=",".join(call.eligible_kinds),
        **{name: getattr(call, name) for name in same},
        **design_of(call),
    )
    page.criteria = [criterion_of(row, number) for number, row in enumerate(call.criteria.all())]
    page.cut_offs = [PageCutOff(at=row.at) for row in call.cut_offs.all()]
    page.first_published_at = call.opens_at.astimezone(LONDON)
    index.add_child(instance=page)
    page.themes.set(call.themes.all())
    page.regions.set(call.eligible_regions.all())
    page.save()
