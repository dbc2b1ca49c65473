from decimal import Decimal

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from carefund.audit.queries import timeline
from carefund.core.access import fresh, permitted, permitted_on_object
from carefund.core.formats import financial_year, money
from carefund.core.listing import Column, list_page
from carefund.core.outcomes import NothingToEnter, form_page, sent
from carefund.core.paths import path_to
from carefund.core.permissions import require

from .. import actions, queries
from ..forms import ApproveForm, ChoiceForm, NewRoundForm, ReasonForm, RecommendForm, RoundFilter
from ..models import Choice
from ..rules import access_call, access_round, can_give_next, rounds_to_approve, visible_to

ROUND = Column(
    "Round",
    lambda r: f"Round {r.number}",
    key="round",
    order=("number",),
    href=lambda r: r.get_absolute_url(),
)
ROUND_COLUMNS = [
    ROUND,
    Column("Status", lambda r: r.status, "state"),
    Column(
        "Lowest score",
        lambda r: Decimal(r.method.get("minimum_score", 0)),
        "percent",
    ),
    Column("Made", lambda r: r.made_at, "instant", "made", ("made_at",)),
    Column("Recommended by", lambda r: r.recommended_by),
    Column("Approved by", lambda r: r.approved_by),
]


@permitted("awards.list_rounds")
def all_rounds(request):
    """The rounds of every call, with whose approval each waits for."""
    filters = RoundFilter(request.GET)
    rows = visible_to(request.user).select_related("call", "recommended_by").distinct()
    waiting = rows.filter(state="recommended").select_related("call__programme")
    turns = queries.turns(list(waiting))
    columns = [
        Column("Round", str, key="round", order=("call__title", "number"), href=ROUND.href),
        Column("Status", lambda r: r.status, "state", "status", ("state",)),
        Column("Waits for", lambda r: _waits_for(turns.get(r.pk))),
        Column("Recommended by", lambda r: r.recommended_by),
        Column(
            "Recommended", lambda r: r.recommended_at, "instant", "recommended", ("recommended_at",)
        ),
    ]
    return list_page(
        request,
        filters.apply(rows.order_by("-made_at", "-pk")),
        columns,
        heading="Allocation rounds",
        noun="round",
        filters=filters,
        yours=rounds_to_approve(request.user),
        template="awards/all_rounds.html",
        empty_text="A round is made on the page of its call, when bids have been assessed.",
    )


def _waits_for(turn):
    return queries.in_turn([turn.step]) if turn and turn.step else ""


@permitted_on_object("awards.view_round")
def rounds(request, code):
    call = access_call(request.user, code)
    rows = call.rounds.select_related("recommended_by", "approved_by").order_by("-number")
    actions_ = [{"text": "View the ranking", "href": f"/manage/calls/{code}/ranking/"}]
    actions_[0]["classes"] = "govuk-button--secondary"
    if request.user.has_perm("awards.make_round", call):
        href = path_to("awards:new_round", code)
        actions_.insert(0, {"text": "Make a round", "href": href})
    return list_page(
        request,
        rows,
        ROUND_COLUMNS,
        heading=f"Allocation rounds of {call.title}",
        noun="round",
        actions=actions_,
        empty_text="A round chooses among the assessed bids, within the budget lines of the call.",
    )


@permitted_on_object("awards.make_round")
def new_round(request, code):
    call = access_call(request.user, code, "awards.make_round")
    return form_page(
        request,
        sent(request, NewRoundForm, initial={"minimum_score": "50"}),
        do=lambda form: actions.make_round(call=call, by=request.user, **form.cleaned_data),
        to=lambda made: made.get_absolute_url(),
        done="The round is made. Nothing is promised before it is approved.",
        heading="Make an allocation round",
        caption=call.title,
        submit_label="Make the round",
        cancel_url=path_to("awards:rounds", code),
    )


@permitted_on_object("awards.view_round")
def allocation(request, pk):
    row = access_round(request.user, pk)
    choices = queries.choices_of(row)
    why = row.scenario.result.get("why", {}) if row.scenario else {}
    for choice in choices:
        choice.why = why.get(str(choice.bid_id), "")
    context = {
        "allocation": row,
        "choices": choices,
        "funded": [c for c in choices if c.decision == Choice.Decision.FUND],
        "lines": queries.use_of_lines(row),
        "left_of_total": queries.left_of_total(row.call),
        "wishes": [queries.in_words(wish) for wish in queries.wishes_of(row)],
        "problems": queries.problems_of(row) if row.is_open else [],
        "steps": (steps := queries.standing(row)),
        "who_decides": queries.in_turn(one.step for one in steps),
        "waits_for": queries.in_turn([one.step for one in steps if not one.approval][:1]),
        "lapsed": queries.lapsed(row) if row.is_open else [],
        "may_make": request.user.has_perm("awards.make_round", row),
        "may_approve": can_give_next(request.user, row),
        "may_return": row.state in {"recommended", "embargoed"}
        and request.user.has_perm("awards.return", row),
        "may_publish": row.state == "embargoed" and request.user.has_perm("awards.publish", row),
        "opens_bids": request.user.has_perm("funds.work_cases", row),
        "entries": timeline(row, to=request.user),
    }
    return render(request, "awards/round.html", context)


@permitted_on_object("awards.make_round")
def choose(request, pk, reference):
    row = access_round(request.user, pk, "awards.make_round")
    choice = get_object_or_404(
        row.choices.select_related("bid__organisation"), bid__reference=reference
    )
    initial = {
        name: getattr(choice, name) for name in ("decision", "reason", "share", "conditions")
    }
    return form_page(
        request,
        sent(request, ChoiceForm, initial=initial),
        do=lambda form: actions.choose(
            allocation=row, bid=choice.bid, by=request.user, **form.cleaned_data
        ),
        to=row.get_absolute_url(),
        done=f"The choice about {reference} is changed.",
        heading="Change a choice",
        caption=f"{reference}, {choice.bid.organisation}: {money(choice.bid.requested or 0)}",
        cancel_url=row.get_absolute_url(),
    )


@permitted_on_object("awards.make_round")
def recommend(request, pk):
    row = access_round(request.user, pk, "awards.make_round")
    return form_page(
        request,
        sent(request, RecommendForm),
        do=lambda form: actions.recommend(allocation=row, by=request.user, **form.cleaned_data),
        to=row.get_absolute_url(),
        done=f"The round is recommended. It is decided by: {queries.in_turn(queries.chain(row))}.",
        heading="Recommend this round",
        caption=str(row),
        submit_label="Recommend",
        cancel_url=row.get_absolute_url(),
    )


@permitted_on_object("awards.approve")
@fresh
def approve(request, pk):
    row = access_round(request.user, pk)
    content = queries.fingerprint_of(row)
    if row.state == "recommended" and queries.has_approved(request.user, row, content):
        messages.info(request, "You have approved this round. It waits for the next approval.")
        return redirect(row)
    require(request.user, "awards.approve", row)
    step = queries.next_step(row, content)
    return form_page(
        request,
        sent(request, ApproveForm, initial={"seen": content}),
        do=lambda form: (
            actions.approve(allocation=row, by=request.user, **form.cleaned_data) is not None
        ),
        to=row.get_absolute_url(),
        done="Your approval is given.",
        template="awards/approve.html",
        heading="Approve this round",
        caption=str(row),
        step=step,
        allocation=row,
        consequences=_consequences(row),
        submit_label="Approve",
        cancel_url=row.get_absolute_url(),
    )


@permitted_on_object("awards.publish")
@fresh
def publish(request, pk):
    row = access_round(request.user, pk, "awards.publish")
    return form_page(
        request,
        sent(request, NothingToEnter),
        do=lambda form: actions.publish(allocation=row, by=request.user) is not None,
        to=row.get_absolute_url(),
        done="The round is published: the money is committed and the offers are made.",
        template="layouts/confirm.html",
        heading="Publish this round now",
        caption=str(row),
        consequences=_consequences(row),
        submit_label="Publish now",
        cancel_url=row.get_absolute_url(),
    )


def _consequences(row):
    """What approving does, a sentence for each thing."""
    sentences = [
        f"{choice.bid.organisation} is offered {money(amount)} for bid {choice.bid.reference}"
        for choice, amount in queries.promises_of(row)
    ]
    sentences += [
        f"{money(use.wanted)} {use.line.get_kind_display().lower()} of "
        f"{financial_year(use.line.financial_year)} is committed, {money(use.left)} is left"
        for use in queries.use_of_lines(row)
        if use.wanted
    ]
    rest = [c.decision for c in row.choices.all()]
    for decision, one, many in (
        ("reserve", "1 bid goes on the reserve list", "bids go on the reserve list"),
        ("refuse", "1 bid is not funded", "bids are not funded"),
    ):
        if number := rest.count(decision):
            sentences.append(one if number == 1 else f"{number} {many}")
    return [*sentences, "every bidder is told; either all of this happens or none of it"]


@permitted_on_object("awards.return")
def send_back(request, pk):
    row = access_round(request.user, pk, "awards.return")
    return form_page(
        request,
        sent(request, ReasonForm),
        do=lambda form: actions.return_to_draft(
            allocation=row, by=request.user, **form.cleaned_data
        ),
        to=row.get_absolute_url(),
        done="The round is a draft again.",
        heading="Return this round",
        caption=str(row),
        submit_label="Return to draft",
        cancel_url=row.get_absolute_url(),
    )
