from django.shortcuts import redirect, render

from carefund.audit.queries import timeline
from carefund.core import clock
from carefund.core.access import permitted, permitted_on_object, signed_in
from carefund.core.listing import Column, list_page
from carefund.core.outcomes import form_page, sent
from carefund.core.paths import path_to
from grants.bids.rules import address_for

from .. import actions, levels, queries
from ..exports import ProjectSheet
from ..forms import ProjectFilter, StoryForm
from ..panels import panels_for
from ..picture import picture
from ..rules import access_project, visible_to

COLUMNS = [
    Column(
        "Project",
        lambda p: p.title,
        key="title",
        order=("title",),
        href=lambda p: p.get_absolute_url(),
        below=lambda p: p.reference,
    ),
    Column("Authority", lambda p: p.organisation, key="authority", order=("organisation__name",)),
    Column("Grant", lambda p: p.offer.amount, "money", "grant", ("offer__amount",)),
    Column("Status", lambda p: p.status, "state", "status", ("state",)),
    Column("Next milestone", lambda p: p.next_on, "date", "next", ("next_on",)),
    Column("Overdue", lambda p: p.behind, "number", "overdue", ("behind",)),
]


def _list(request, heading):
    filters = ProjectFilter(request.GET)
    rows = queries.with_progress(visible_to(request.user), clock.today())
    return list_page(
        request,
        filters.apply(rows).order_by("reference"),
        COLUMNS,
        heading=heading,
        noun="project",
        filters=filters,
        amount="offer__amount",
        resource=ProjectSheet,
        empty_text="A project begins when an authority accepts its offer.",
    )


@permitted("funds.work_cases")
def projects(request):
    return _list(request, "Projects")


@signed_in
def own_projects(request):
    """Those of the person's organisations; who works cases has a list of all."""
    if request.user.has_perm("funds.work_cases"):
        return redirect("delivery:list")
    return _list(request, "Your projects")


def subnav(user, project, current):
    offer = project.offer
    pages = [
        ("Overview", path_to("delivery:project", project.reference)),
        ("Benefits", f"{project.get_absolute_url()}benefits/"),
    ]
    # Awards made elsewhere and registered here have no agreement; guests see none.
    if hasattr(offer, "agreement") and user.has_perm("awards.view_offer", offer):
        pages.append(("Agreement", path_to("awards:agreement", offer.reference)))
    if user.has_perm("bids.view", offer.bid):
        pages.append(("Bid", address_for(user, offer.bid)))
    return [{"text": text, "href": href, "current": text == current} for text, href in pages]


@permitted_on_object("delivery.view_project")
def project(request, reference):
    row, user, today = access_project(request.user, reference), request.user, clock.today()
    views = queries.milestones_as_at([row], clock.now())
    risks, returns = queries.risks_of(row), queries.returns_of(row)
    last = queries.last_of(returns)
    conditions = levels.conditions_of(row, today) if row.has_conditions else []
    changes = queries.changes_of(row) if row.has_changes else []
    may_see_guests = user.has_perm("delivery.view_people", row)
    return render(
        request,
        "delivery/project.html",
        {
            "case": row,
            "project": row,
            "subnav": subnav(user, row, "Overview"),
            "works_cases": user.has_perm("funds.work_cases"),
            "headline": queries.resting_headline(row)
            or queries.headline(views, last, risks, today),
            "milestones": [(v, queries.status_of(v, today)) for v in views],
            "picture": picture(row, views, today),
            "risks": [(r, queries.latest_assessment(r), queries.level_of(r)) for r in risks],
            "last_return": last,
            "returns": returns,
            "changes": changes,
            "conditions": conditions,
            "may_open_standards": user.has_perm("standards.view", row.organisation),
            "panels": panels_for(row, user),
            "may_report": user.has_perm("delivery.report", row),
            "may_contribute": user.has_perm("delivery.contribute", row),
            "may_see_guests": may_see_guests,
            "guests": queries.guests_of_project(row).count() if may_see_guests else 0,
            "may_confirm": user.has_perm("delivery.confirm", row),
            "may_close": user.has_perm("delivery.close", row),
            "entries": timeline(
                row,
                *(v.milestone for v in views),
                *(v.condition for v in conditions),
                *risks,
                *changes,
                to=user,
            ),
        },
    )


@permitted_on_object("delivery.confirm")
def story(request, reference):
    row = access_project(request.user, reference, "delivery.confirm")
    return form_page(
        request,
        sent(request, StoryForm, initial={"story": row.story}),
        do=lambda form: actions.tell_story(project=row, by=request.user, **form.cleaned_data),
        to=row.get_absolute_url(),
        done="The story is saved.",
        heading="Tell the story of this project",
        caption=str(row),
        submit_label="Save",
        cancel_url=row.get_absolute_url(),
    )
