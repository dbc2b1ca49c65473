"""A bid as the department works it."""

from functools import partial

from django.core.paginator import Paginator
from django.shortcuts import render

from carefund.audit.queries import entries_about, items
from carefund.audit.queries import timeline as timeline_of
from carefund.core import sheets
from carefund.core.access import permitted, permitted_on_object
from carefund.core.listing import Column, list_page
from carefund.core.paths import path_to
from programmes.funds.rules import CASE_READERS

from .. import case_tabs, history, queries, words, written
from ..exports import BidSheet
from ..forms import BidFilter
from ..rules import access_case, cases_visible_to, tally_of_cases
from ..states import WORDS
from ..uploads import documents_of


def _chosen(request):
    """The filter form and what finds exactly the bids that it lets through, in the order asked."""
    form = BidFilter(request.GET, reader=request.user, roles=CASE_READERS)

    def find():
        found = queries.filtered(cases_visible_to(request.user).for_lists(), form.wanted)
        return queries.ordered(found, request.GET.get("sort", ""), form.wanted.get("q", ""))

    return form, find


SORTS = queries.SORTS
COLUMNS = [
    Column(
        "Bid",
        lambda bid: bid.title,
        key="title",
        order=SORTS["title"],
        href=lambda bid: path_to("bids:case", bid.reference),
        below=lambda bid: bid.reference,
        said=lambda bid: bid.said,
    ),
    Column(
        "Organisation",
        lambda bid: bid.organisation.short_name,
        key="organisation",
        order=SORTS["organisation"],
        below=lambda bid: bid.organisation.region or "",
    ),
    Column("State", lambda bid: bid.status, "state"),
    Column("Asks for", lambda bid: bid.requested, "money", "requested", SORTS["requested"]),
    Column("Score", lambda bid: bid.score, "percent", "score", SORTS["score"]),
    Column("Submitted", lambda bid: bid.submitted_at, "date", "submitted", SORTS["submitted"]),
]
READS = (
    *("title", "reference", "state", "requested", "score", "submitted_at", "is_sample"),
    *("organisation__short_name", "organisation__region__name"),
)


@permitted("funds.work_cases")
def manage_list(request):
    form, find = _chosen(request)
    return list_page(
        request,
        find,
        COLUMNS,
        heading="Bids",
        noun="bid",
        filters=form,
        amount="requested",
        reads=READS,
        tally=tally_of_cases(request.user, form.wanted),
        complete=partial(words.mark, typed=form.wanted.get("q", "")),
        exports=sheets.links(request, f"{request.path}export/"),
        empty_title="No bids yet",
        empty_text="Bids are listed here once they are submitted to calls of your programmes.",
    )


@permitted("funds.work_cases")
def export(request, kind):
    _, find = _chosen(request)
    return sheets.download(BidSheet().table(find()), kind, "bids")


def case_context(request, bid, current):
    """What every page of a case shows: header, sub-navigation, what this person may do."""
    return {
        "bid": bid,
        "case": history.headline(bid),
        "subnav": case_tabs.tabs_for(request.user, bid, current),
        "todos": case_tabs.todos_for(request.user, bid),
    }


@permitted_on_object("bids.view_case")
def case(request, reference):
    bid = access_case(request.user, reference)
    context = {
        **case_context(request, bid, "overview"),
        "words": WORDS[bid.state],
        "submission": bid.submissions.order_by("-number").first(),
        "timeline": timeline_of(bid, to=request.user, most=5),
    }
    return render(request, "bids/manage/case.html", context)


@permitted_on_object("bids.view_case")
def answers(request, reference):
    bid = access_case(request.user, reference)
    context = {
        **case_context(request, bid, "answers"),
        "answers": written.for_the_department(bid),
    }
    return render(request, "bids/manage/answers.html", context)


@permitted_on_object("bids.view_case")
def money(request, reference):
    bid = access_case(request.user, reference)
    context = {
        **case_context(request, bid, "money"),
        "amounts": bid.requested_amounts.all(),
        "offer": getattr(bid, "offer", None),
    }
    return render(request, "bids/manage/money.html", context)


@permitted_on_object("bids.view_case")
def documents(request, reference):
    bid = access_case(request.user, reference)
    context = {**case_context(request, bid, "documents"), "files": documents_of(bid)}
    return render(request, "bids/manage/documents.html", context)


@permitted_on_object("bids.view_case")
def timeline(request, reference):
    bid = access_case(request.user, reference)
    page = Paginator(entries_about(bid, *bid.assignments.all(), to=request.user), 50)
    page = page.get_page(request.GET.get("page"))
    context = {
        **case_context(request, bid, "timeline"),
        "page_obj": page,
        "timeline": items(page.object_list, to=request.user, whole=True),
    }
    return render(request, "bids/manage/timeline.html", context)
