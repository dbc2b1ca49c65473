"""Conditions of a grant, as officers set, confirm and release them."""

from carefund.core.access import permitted_on_object
from carefund.core.outcomes import form_page, sent
from programmes.standards.queries import standing

from .. import actions
from ..forms import ConditionForm, ConfirmForm, ReleaseForm
from ..rules import access_condition, access_project


def _page(request, project, form, do, **context):
    here = f"{project.get_absolute_url()}#conditions"
    context.setdefault("caption", str(project))
    return form_page(request, sent(request, form), do=do, to=here, cancel_url=here, **context)


@permitted_on_object("delivery.confirm")
def add(request, reference):
    project = access_project(request.user, reference, "delivery.confirm")
    return _page(
        request,
        project,
        ConditionForm,
        lambda form: actions.set_condition(project=project, by=request.user, **form.given),
        done="The grant carries the condition. The authority sees it on this page.",
        heading="Add a condition: reach a level",
        submit_label="Add the condition",
    )


@permitted_on_object("delivery.confirm")
def confirm(request, reference, pk):
    row = access_condition(request.user, reference, pk)
    shown, why_not = standing(row, row.project.organisation)
    return _page(
        request,
        row.project,
        ConfirmForm,
        lambda form: actions.confirm_condition(condition=row, by=request.user, **form.cleaned_data),
        template="delivery/confirm_condition.html",
        done="The condition is confirmed as met.",
        heading="Confirm this condition",
        caption=str(row),
        submit_label="Confirm as met",
        shown=shown,
        why_not=why_not,
    )


@permitted_on_object("delivery.confirm")
def release(request, reference, pk):
    row = access_condition(request.user, reference, pk)
    return _page(
        request,
        row.project,
        ReleaseForm,
        lambda form: actions.release_condition(condition=row, by=request.user, **form.cleaned_data),
        template="layouts/confirm.html",
        done="The condition is released.",
        heading="Release this condition",
        caption=str(row),
        consequences=["the grant no longer depends on it", "the authority reads your reason"],
        danger=True,
        submit_label="Release the condition",
    )
