"""What is held about people, for administrators. Auditors look; administrators act."""

from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from carefund.core import privacy
from carefund.core.access import permitted, permitted_on_object
from carefund.core.errors import NotAllowed
from carefund.core.listing import Column, list_page
from carefund.core.outcomes import form_page, sent
from carefund.core.paths import path_to

from . import actions, queries
from .forms import AnonymiseForm, PeopleFilter, RequestForm
from .models import PersonRequest
from .rules import access_person, access_request, people_visible_to, requests_visible_to

PEOPLE = [
    Column(
        "Person",
        str,
        key="name",
        order=("name",),
        href=lambda p: path_to("privacy:person", p.pk),
    ),
    Column("Email address", lambda p: p.email, key="email", order=("email",)),
    Column("Last sign-in", lambda p: p.last_login, "instant", "seen", ("last_login",)),
    Column("Account since", lambda p: p.date_joined, "date", "joined", ("date_joined",)),
]


@permitted("privacy.read")
@require_safe
def overview(request):
    context = {
        "lines": queries.schedule(),
        "requests": requests_visible_to(request.user).order_by("-requested_at")[:10],
    }
    return render(request, "privacy/overview.html", context)


@permitted("privacy.read")
@require_safe
def people(request):
    filters = PeopleFilter(request.GET)
    rows, wanted = people_visible_to(request.user).order_by("name", "pk"), filters.chosen("q")
    if wanted:
        rows = rows.filter(Q(name__icontains=wanted) | Q(email__icontains=wanted))
    return list_page(
        request,
        rows,
        PEOPLE,
        heading="People",
        noun="person" if rows.count() == 1 else "account",
        filters=filters,
        lead="Find a person to see what is held about them.",
    )


@permitted("privacy.read")
@require_safe
def person(request, number):
    found = access_person(request.user, number)
    held = queries.held_about(found)
    context = {
        "person": found,
        "erased": [one for one in held if one.effect != queries.STAYS],
        "kept": [one for one in held if one.effect == queries.STAYS],
        "total": queries.total(held),
        "files": queries.files_of_person(found).count(),
        "is_anonymous": actions.is_anonymous(found),
        "hindrances": privacy.hindrances(found),
        "may_act": request.user.has_perm("privacy.act"),
        "requests": requests_visible_to(request.user).filter(person=found).order_by("-pk")[:10],
    }
    return render(request, "privacy/person.html", context)


def _asked(request, number, *, kind, form, **context):
    found = access_person(request.user, number, "privacy.act")
    held = queries.held_about(found)
    return form_page(
        request,
        sent(request, form),
        do=lambda form: actions.ask(
            kind=kind, person=found, reason=form.cleaned_data["reason"], by=request.user
        ),
        to=lambda made: path_to("privacy:request", made.pk),
        template="privacy/ask.html",
        caption=str(found),
        person=found,
        held=held,
        files=queries.files_of_person(found).count(),
        hindrances=privacy.hindrances(found) if kind == PersonRequest.Kind.ANONYMISE else [],
        kind=kind,
        cancel_url=path_to("privacy:person", number),
        **context,
    )


@permitted_on_object("privacy.act")
def export(request, number):
    return _asked(
        request,
        number,
        kind=PersonRequest.Kind.EXPORT,
        form=RequestForm,
        done="The export is being made.",
        heading="Export what is held about this person",
        submit_label="Make the export",
    )


@permitted_on_object("privacy.act")
def anonymise(request, number):
    return _asked(
        request,
        number,
        kind=PersonRequest.Kind.ANONYMISE,
        form=AnonymiseForm,
        done="The person is being anonymised.",
        heading="Anonymise this person",
        submit_label="Anonymise this person",
    )


@permitted_on_object("privacy.read")
@require_safe
def result(request, number):
    found = access_request(request.user, number)
    context = {"made": found, "may_fetch": _may_fetch(request.user, found)}
    return render(request, "privacy/result.html", context)


def _may_fetch(user, made):
    return bool(made.archive) and user.has_perm("privacy.fetch", made)


@permitted_on_object("privacy.fetch")
@require_safe
def fetch(request, number):
    made = access_request(request.user, number)
    if not request.user.has_perm("privacy.fetch", made):
        raise NotAllowed("Only whoever asked for an export fetches it.")
    if not made.archive:
        raise Http404
    actions.note_fetched(request=made, by=request.user)
    name = f"person-{made.person_id}.zip"
    response = FileResponse(
        made.archive.open("rb"), as_attachment=True, filename=name, content_type="application/zip"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
