"""Starting a bid, finding it again and seeing what is left to do."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render

from carefund.audit.queries import entries_about, items, reads_all
from carefund.audit.queries import timeline as timeline_of
from carefund.core.access import permitted, permitted_on_object
from carefund.core.errors import NotAllowed, Refused
from carefund.core.paths import path_to
from carefund.questions.definition import Section
from programmes.calls.eligibility import checks, may_bid
from programmes.calls.rules import visible_to as calls_visible_to
from programmes.organisations.queries import organisations_of

from .. import actions, colleagues, forms_read, history, queries
from ..forms import OwnBidFilter, StartForm
from ..models import Bid
from ..rules import access_bid, own_bids, steps_for
from ..states import WITH_DEPARTMENT, WORDS

# Earlier bids that are offered to copy from, and that are shown.
MOST_OFFERED, MOST_SHOWN = 10, 20
TAGS = {
    "not_started": {"tag": {"text": "Not started", "classes": "govuk-tag--grey"}},
    "in_progress": {"tag": {"text": "In progress", "classes": "govuk-tag--teal"}},
    "complete": {"text": "Complete"},
    "not_asked": {"text": "Does not apply"},
}


@permitted_on_object("bids.start")
def start(request, code):
    calls = calls_visible_to(request.user).select_related("programme")
    call = get_object_or_404(calls, code=code)
    choices = _choices(request.user, call)
    if not choices:
        raise NotAllowed("Only bid authors of an organisation can start a bid.")
    able = [choice["organisation"] for choice in choices if not choice["reason"]]
    asked = forms_read.screening_of(call)
    carried = queries.first_phase_bids(call, able)
    form = None
    if able:
        form = StartForm(
            request.POST or None,
            call=call,
            organisations=able,
            screening=asked,
            earlier=queries.earlier_bids(able)[:MOST_OFFERED],
            carried=carried,
        )
    if request.method == "POST" and form and form.is_valid():
        try:
            bid = actions.start_bid(
                call=call,
                organisation=form.organisation,
                title=form.cleaned_data["title"],
                theme=form.theme,
                screening=form.screening,
                copy_from=form.copy_from,
                by=request.user,
            )
        except Refused as error:
            form.add_error(None, error.message)
        else:
            if source := form.copy_from or queries.first_phase_bid(bid):
                _say_what_was_copied(request, bid, source)
            return redirect("bids:task_list", bid.reference)
    held = queries.earlier_bids(able)[:MOST_SHOWN]
    context = {"call": call, "form": form, "choices": choices, "able": able, "held": held}
    return render(request, "bids/start.html", context | {"carried": carried})


def _say_what_was_copied(request, bid, source):
    count = len(queries.standing_answers(bid))
    told = "1 answer was" if count == 1 else f"{count} answers were"
    messages.success(
        request, f"{told} copied from {source.reference}. Read each one before you submit."
    )


def _choices(user, call):
    """The organisations for which the person may start bids, each with the reason why not here."""
    mine = [row for row in organisations_of(user) if user.has_perm("bids.start", row)]
    live = Bid.objects.filter(call=call, organisation__in=mine).exclude(state="withdrawn")
    started = {bid.organisation_id: bid for bid in live.order_by("-pk")}
    choices = []
    for row in mine:
        bid = started.get(row.pk)
        reason = "" if call.is_open else "This call is not open for bids."
        reason = reason or may_bid(call, row)
        reason = reason or queries.why_no_other(call, row)
        rules = [] if bid else checks(call, row)
        choices.append({"organisation": row, "reason": reason, "bid": bid, "rules": rules})
    return choices


@permitted("bids.view_own")
def bid_list(request):
    form = OwnBidFilter(request.GET)
    found = queries.filtered(own_bids(request.user).for_lists(), form.wanted)
    page = Paginator(found.order_by("-started_at", "-pk"), 50).get_page(request.GET.get("page"))
    context = {
        "heading": "Bids",
        "noun": "bid",
        "filter_form": form,
        "page_obj": page,
        "total": queries.sum_requested(found),
        "any_bids": page.paginator.count or form.wanted,
    }
    return render(request, "bids/list.html", context)


@permitted_on_object("bids.view_own")
def task_list(request, reference):
    bid = access_bid(request.user, reference, "bids.view_own")
    progress = queries.progress_of(bid)
    steps = steps_for(request.user, bid)
    context = {
        "bid": bid,
        "steps": steps,
        "heading": bid.title,
        "groups": _groups(bid, progress, _who(request.user, bid), editable=steps["edit"]),
        "sections": [part.section for part in progress.sections],
        "progress": progress,
        "may_give": request.user.has_perm("bids.prepare", bid),
        "reads_notes": request.user.has_perm("bids.read_notes", bid),
        "unconfirmed": bid.partners.exclude(answer="confirmed").count(),
        "guests": queries.guests_of_bid(bid).count(),
        "progress_text": f"{progress.complete} of {len(progress.sections)}",
        "words": WORDS[bid.state],
        "is_over": not queries.takes(bid),
        "submission": bid.submissions.order_by("-number").first(),
        "with_department": bid.state in WITH_DEPARTMENT,
        "corrected": forms_read.corrections_since(bid),
        "requests": bid.clarification_requests.filter(taken_back_at=None).order_by(
            F("replied_at").desc(nulls_first=True), "pk"
        ),
        "timeline": timeline_of(bid, to=request.user, most=5),
    }
    return render(request, "bids/task_list.html", context)


def _who(user, bid):
    """What colleagues have to do with each section: who has it, who is in it, what was returned."""
    told = {key: [f"{row.person} sees to it"] for key, row in colleagues.holders_of(bid).items()}
    for key, names in colleagues.everywhere(bid, user).items():
        told.setdefault(key, []).append(f"{' and '.join(names)} has it open now")
    for row in bid.section_returns.filter(settled_at=None):
        told.setdefault(row.section, []).insert(0, "Returned by the certifier: see why")
    return told


def _groups(bid, progress, who, *, editable):
    groups = {}
    for part in progress.sections:
        name = part.section.group or "Your bid"
        item = _item(bid, part, who.get(part.section.key, []), editable=editable)
        groups.setdefault(name, []).append(item)
    return [{"heading": name, "items": items} for name, items in groups.items()]


def _item(bid, part, who, *, editable):
    item = {
        "title": {"text": part.section.title},
        "href": section_url(bid, part.section, editable=editable),
        "status": TAGS[part.state],
    }
    lines = list(who)
    if part.last:
        author = part.last.saved_by or "the system"
        lines.append(f"Last saved by {author}, {history.moment(part.last.saved_at)}")
    if lines:
        item["hint"] = {"text": ". ".join(lines)}
    return item


def section_url(bid: Bid, section: Section, *, editable: bool = True) -> str:
    if editable:
        return path_to("bids:section", bid.reference, section.key)
    return f"{path_to('bids:check', bid.reference)}#section-{section.key}"


@permitted_on_object("bids.view_own")
def bid_history(request, reference):
    bid = access_bid(request.user, reference, "bids.view_own")
    page = Paginator(entries_about(bid, to=request.user), 50).get_page(request.GET.get("page"))
    context = {
        "bid": bid,
        "page_obj": page,
        "timeline": items(page.object_list, to=request.user, whole=reads_all(request.user, bid)),
    }
    return render(request, "bids/history.html", context)
