"""The register of organisations: names, codes, domains, successors, first administrators."""

from django.shortcuts import render

from carefund.audit.queries import timeline
from carefund.core.access import fresh, permitted, permitted_on_object
from carefund.core.listing import Column, list_page
from carefund.core.outcomes import NothingToEnter, attempt, form_page, sent
from carefund.core.paths import path_to
from programmes.organisations import actions as organisations
from programmes.organisations import queries as known
from programmes.organisations.succession import preview

from .. import actions, queries
from ..exports import OrganisationSheet
from ..forms import (
    AdministratorForm,
    CodeForm,
    DomainForm,
    MergeForm,
    OrganisationFilter,
    RenameForm,
)
from ..merging import Picked
from ..rules import access_any_organisation, access_domain, organisations_visible_to

ADMINISTER = "organisations.administer"
COLUMNS = [
    Column(
        "Organisation",
        lambda o: o.name,
        key="name",
        order=("name",),
        href=lambda o: path_to("funds:organisation", o.pk),
    ),
    Column("Kind", lambda o: o.get_kind_display(), key="kind", order=("kind", "name")),
    Column("Until", lambda o: o.valid_to, "date", "until", ("valid_to",)),
    Column("Members", lambda o: o.members, "number", "members", ("members",)),
    Column("Administrators", lambda o: o.administrators, "number"),
]


@permitted("organisations.read_register")
def register(request):
    form = OrganisationFilter(request.GET)
    rows = organisations_visible_to(request.user)
    rows = known.filtered(rows, form.chosen("q") or "", form.chosen("kind") or "")
    rows = queries.with_administrators(rows)
    administers = request.user.has_perm(ADMINISTER)
    merge = {"text": "Merge organisations", "href": path_to("funds:merge")}
    return list_page(
        request,
        rows.filter(administrators=0) if form.chosen("without") else rows,
        COLUMNS,
        heading="Organisations",
        noun="organisation",
        filters=form,
        resource=OrganisationSheet,
        actions=[merge] if administers else [],
    )


@permitted_on_object("organisations.read_register")
def organisation(request, pk):
    row = access_any_organisation(request.user, pk)
    administers = request.user.has_perm(ADMINISTER)
    context = {
        "organisation": row,
        "administers": administers,
        "administrators": known.administrators_of(row),
        "invitations": known.open_invitations(row) if administers else [],
        "names": row.names.all(),
        "codes": row.former_codes.order_by("valid_to"),
        "domains": row.domains.all(),
        "successors": known.successors_of(row),
        "predecessors": known.predecessors_of(row),
        "entries": timeline(row, to=request.user),
    }
    return render(request, "funds/organisation.html", context)


def _change(request, pk, form, do, **context):
    """One of the forms that change an organisation."""
    row = access_any_organisation(request.user, pk, ADMINISTER)
    back = path_to("funds:organisation", pk)
    return form_page(
        request,
        sent(request, form),
        do=lambda form: do(organisation=row, by=request.user, **form.cleaned_data),
        to=back,
        caption=row.name,
        cancel_url=back,
        **context,
    )


@permitted_on_object(ADMINISTER)
@fresh
def administrator(request, pk):
    return _change(
        request,
        pk,
        AdministratorForm,
        actions.invite_first_administrator,
        done="The invitation is on its way. It can be accepted for 7 days.",
        heading="Invite the first administrator",
        submit_label="Send the invitation",
    )


@permitted_on_object(ADMINISTER)
def rename(request, pk):
    return _change(
        request,
        pk,
        RenameForm,
        organisations.rename,
        done="The organisation has a new name. What was before keeps the old one.",
        heading="Change the name",
        submit_label="Change the name",
    )


@permitted_on_object(ADMINISTER)
def code(request, pk):
    return _change(
        request,
        pk,
        CodeForm,
        organisations.change_code,
        done="The organisation has a new code.",
        heading="Change the GSS code",
        submit_label="Change the code",
    )


@permitted_on_object(ADMINISTER)
def domain(request, pk):
    return _change(
        request,
        pk,
        DomainForm,
        organisations.add_domain,
        done="People with an address there can ask to join.",
        heading="Add an email domain",
        submit_label="Add the domain",
    )


@permitted_on_object(ADMINISTER)
def end_domain(request, pk, number):
    row = access_any_organisation(request.user, pk, ADMINISTER)
    found = access_domain(request.user, row, number)
    back = path_to("funds:organisation", pk)

    def end(form):
        organisations.end_domain(domain=found, by=request.user)
        return True

    return form_page(
        request,
        sent(request, NothingToEnter),
        do=end,
        to=back,
        done="Nobody can ask to join by this domain any more.",
        template="layouts/confirm.html",
        heading=f"End the domain {found}",
        caption=row.name,
        consequences=["nobody can ask to join by it", "members stay members"],
        submit_label="End the domain",
        danger=True,
        cancel_url=back,
    )


@permitted(ADMINISTER)
@fresh
def merge(request):
    """Who, then what would move, then, sent again with `confirmed`, the merger itself."""
    seen = organisations_visible_to(request.user)
    picked = Picked.read(request.POST if request.method == "POST" else request.GET, seen)
    form = sent(request, MergeForm, picked=picked)
    context = {"form": form, "picked": picked}
    if not (form.is_bound and form.is_valid()):
        return render(request, "funds/merge.html", context)
    wanted = form.wanted
    if "confirmed" in request.POST:
        done = attempt(form, lambda: organisations.merge_organisations(by=request.user, **wanted))
        if done is not None:
            return render(request, "funds/merged.html", wanted)
        return render(request, "funds/merge.html", context)
    lists = ((k, request.POST.getlist(k)) for k in request.POST if k != "csrfmiddlewaretoken")
    given = [(k, value) for k, values in lists for value in values]
    context = {
        "given": given,
        "change": picked.address,
        "moves": preview(wanted["predecessors"]),
        **wanted,
    }
    return render(request, "funds/merge_preview.html", context)
