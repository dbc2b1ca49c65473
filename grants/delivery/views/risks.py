from carefund.core.access import permitted_on_object
from carefund.core.outcomes import NothingToEnter, form_page, sent

from .. import actions
from ..forms import AssessRiskForm, RiskForm
from ..rules import access_project, access_risk


def _page(request, project, form, do, *, done, heading, **context):
    return form_page(
        request,
        sent(request, form),
        do=do,
        to=project.get_absolute_url(),
        done=done,
        heading=heading,
        caption=str(project),
        cancel_url=project.get_absolute_url(),
        **context,
    )


@permitted_on_object("delivery.contribute")
def add_risk(request, reference):
    project = access_project(request.user, reference, "delivery.contribute")
    return _page(
        request,
        project,
        RiskForm,
        lambda form: actions.raise_risk(project=project, by=request.user, **form.cleaned_data),
        done="The risk is on the register.",
        heading="Add a risk",
        submit_label="Add the risk",
    )


@permitted_on_object("delivery.contribute")
def assess_risk(request, reference, pk):
    risk = access_risk(request.user, reference, pk, "delivery.contribute")
    return _page(
        request,
        risk.project,
        AssessRiskForm,
        lambda form: actions.assess_risk(risk=risk, by=request.user, **form.cleaned_data),
        done="The risk is assessed again. What was said before stays on the record.",
        heading=f"Assess the risk “{risk.title}”",
        submit_label="Save",
    )


@permitted_on_object("delivery.contribute")
def close_risk(request, reference, pk):
    risk = access_risk(request.user, reference, pk, "delivery.contribute")
    return _page(
        request,
        risk.project,
        NothingToEnter,
        lambda form: actions.close_risk(risk=risk, by=request.user),
        done="The risk is closed.",
        heading=f"Close the risk “{risk.title}”",
        template="layouts/confirm.html",
        submit_label="Close the risk",
    )
