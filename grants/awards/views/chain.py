"""Who approves the rounds of a programme."""

from django.shortcuts import render

from carefund.core.access import fresh, permitted_on_object
from carefund.core.outcomes import NothingToEnter, form_page, sent
from carefund.core.paths import path_to
from programmes.funds.queries import staff

from .. import actions
from ..forms import StepForm
from ..rules import access_chain, access_step


@permitted_on_object("awards.view_chain")
def chain(request, code):
    programme = access_chain(request.user, code)
    context = {
        "programme": programme,
        "steps": programme.approval_steps.select_related("person").order_by("order"),
        "may": request.user.has_perm("awards.set_chain", programme),
    }
    return render(request, "awards/chain.html", context)


@permitted_on_object("awards.set_chain")
@fresh
def new_step(request, code):
    programme = access_chain(request.user, code, "awards.set_chain")
    back = path_to("awards:chain", code)
    return form_page(
        request,
        sent(request, StepForm, people=staff(programme=code)),
        do=lambda form: _add(form, programme, request.user),
        to=back,
        done="The approval is asked for from now on.",
        heading="Ask for an approval",
        caption=programme.name,
        submit_label="Add the approval",
        cancel_url=back,
    )


def _add(form, programme, by):
    given = dict(form.cleaned_data)
    person = given.pop("person")
    return actions.add_step(
        programme=programme, person_id=person.pk if person else None, by=by, **given
    )


@permitted_on_object("awards.set_chain")
@fresh
def remove_step(request, code, order):
    step = access_step(request.user, code, order)
    back = path_to("awards:chain", code)
    return form_page(
        request,
        sent(request, NothingToEnter),
        do=lambda form: actions.remove_step(step=step, by=request.user),
        to=back,
        done="The approval is no longer asked for.",
        template="layouts/confirm.html",
        heading="Remove this approval",
        caption=step.title,
        submit_label="Remove the approval",
        cancel_url=back,
    )
