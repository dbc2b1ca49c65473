"""A bid as the department works it."""

from django.core.paginator import Paginator
from django.shortcuts import render

from carefund.audit.queries import entries_about, items
from carefund.audit.queries import timeline as timeline_of
from carefund.core import sheets
from carefund.core.access import permitted, permitted_on_object
from carefund.core.listing import Counted
from programmes.funds.queries import programmes_for
from programmes.funds.rules import CASE_READERS

from .. import case_tabs, history, queries, words, written
from ..exports import BidSheet
from ..forms import BidFilter
from ..rules import access_case, cases_visible_to
from ..states import WORDS
from ..uploads import documents_of


def _chosen(request):
    """The filter form and exactly the bids that it lets through, in the order asked for."""
    form = BidFilter(request.GET, programmes=programmes_for(request.user, *CASE_READERS))
    found = queries.filtered(cases_visible_to(request.user).for_lists(), form.wanted)
    typed = form.wanted.get("q", "")
    return form, queries.ordered(found, request.GET.get("sort", ""), typed)


@permitted("funds.work_cases")
def manage_list(request):
    form, found = _chosen(request)
    pages = Counted(found, "requested")
    page = pages.get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    said = words.snippets(page.object_list, form.wanted.get("q", ""))
    for bid in page.object_list:
        bid.said = said.get(bid.pk)
    context = {
        "heading": "Bids",
        "noun": "bid",
        "filter_form": form,
        "page_obj": page,
        "total": pages.total,
        "exports": sheets.links(request, f"{request.path}export/"),
        "any_bids": bool(form.wanted),
    }
    return render(request, "bids/manage/list.html", context)


@permitted("funds.work_cases")
def export(request, kind):
    _, found = _chosen(request)
    return sheets.download(BidSheet().table(found), kind, "bids")


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
