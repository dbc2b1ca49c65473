"""The register of waivers: what is asked for, agreed, in force and over."""

from django.shortcuts import render

from carefund.audit.queries import timeline
from carefund.core import clock
from carefund.core.access import permitted, permitted_on_object
from carefund.core.listing import Column, list_page
from carefund.core.outcomes import form_page, sent
from carefund.core.paths import path_to
from programmes.funds.rules import programmes_to_ask_for

from . import actions, queries
from .exports import WaiverSheet
from .forms import AskForm, DecisionForm, WaiverFilter
from .rules import access_waiver, visible_to

COLUMNS = [
    Column(
        "Rule", lambda w: w.title, key="rule", order=("rule",), href=lambda w: w.get_absolute_url()
    ),
    Column(
        "Organisation",
        lambda w: w.organisation,
        key="organisation",
        order=("organisation__name",),
    ),
    Column("For", lambda w: w.scope),
    Column("Last day", lambda w: w.ends_on, "date", "ends", ("ends_on",)),
    Column("Agreed by", lambda w: w.agreed_by),
    Column("State", lambda w: w.status, "state", "state", ("state",)),
]


@permitted("waivers.read_register")
def register(request):
    seen = visible_to(request.user)
    form = WaiverFilter(request.GET, programmes=programmes_to_ask_for(request.user, seen=True))
    rows = queries.filtered(
        seen.select_related(*queries.RELATED),
        rule=form.chosen("rule") or "",
        state=form.chosen("state") or "",
        programme=form.chosen("programme") or "",
    )
    ask = {"text": "Ask for a waiver", "href": path_to("waivers:ask")}
    return list_page(
        request,
        rows.order_by("-asked_at", "-pk"),
        COLUMNS,
        heading="Waivers",
        noun="waiver",
        filters=form,
        resource=WaiverSheet,
        lead="Every exception from a rule: for whom, why, who agreed and until when.",
        actions=[ask] if request.user.has_perm("waivers.ask") else [],
        empty_title="No rule is waived",
        empty_text="Ask for a waiver when an organisation has a good reason.",
    )


@permitted_on_object("waivers.view")
def waiver(request, pk):
    row, user = access_waiver(request.user, pk), request.user
    context = {
        "waiver": row,
        "in_force": row.state == "agreed" and row.starts_on <= clock.today() <= row.ends_on,
        "over": row.state == "agreed" and row.ends_on < clock.today(),
        "may_decide": row.state == "asked" and user.has_perm("waivers.agree", row),
        "may_end": row.state in {"asked", "agreed"} and user.has_perm("waivers.end", row),
        "holder": queries.holder_now(row),
        "entries": timeline(row, to=request.user),
    }
    return render(request, "waivers/waiver.html", context)


@permitted("waivers.ask")
def ask(request):
    rows = programmes_to_ask_for(request.user)
    return form_page(
        request,
        sent(request, AskForm, programmes=rows, initial={"starts_on": clock.today()}),
        do=lambda form: actions.ask(by=request.user, **form.cleaned_data),
        to=lambda row: row.get_absolute_url(),
        done="A senior officer who is not you decides.",
        heading="Ask for a waiver",
        submit_label="Ask",
        cancel_url=path_to("waivers:register"),
    )


def _decide(request, pk, permission, do, **context):
    row = access_waiver(request.user, pk, permission)
    return form_page(
        request,
        sent(request, DecisionForm),
        do=lambda form: do(waiver=row, by=request.user, **form.cleaned_data),
        to=row.get_absolute_url(),
        caption=str(row),
        cancel_url=row.get_absolute_url(),
        template="layouts/confirm.html",
        **context,
    )


@permitted_on_object("waivers.agree")
def agree(request, pk):
    return _decide(
        request,
        pk,
        "waivers.agree",
        actions.agree,
        done="The rule is waived.",
        heading="Agree to the waiver",
        consequences=[
            "the rule lets the organisation pass, for what and until when the waiver says",
            "it stands on the pages it touches and in reports, with your name in the register",
        ],
        submit_label="Agree",
    )


@permitted_on_object("waivers.agree")
def decline(request, pk):
    return _decide(
        request,
        pk,
        "waivers.agree",
        actions.decline,
        done="The waiver is declined.",
        heading="Decline the waiver",
        consequences=["the rule holds for the organisation as for everybody"],
        submit_label="Decline",
        danger=True,
    )


@permitted_on_object("waivers.end")
def end(request, pk):
    return _decide(
        request,
        pk,
        "waivers.end",
        actions.end,
        done="The waiver has ended.",
        heading="End the waiver",
        consequences=["the rule holds again, from now on", "what was done under it stands"],
        submit_label="End the waiver",
        danger=True,
    )
