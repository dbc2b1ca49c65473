from django.http import Http404
from django.shortcuts import get_object_or_404, render

from carefund.core.access import permitted, permitted_on_object
from carefund.core.listing import Column, list_page
from carefund.core.paths import path_to
from programmes.funds.queries import programmes_for
from programmes.funds.rules import CASE_READERS
from programmes.standards.exports import ProfileSheet
from programmes.standards.models import Standard
from programmes.standards.queries import history_of
from programmes.standards.rules import access_organisation
from reports.publications.document.html import chart_block

from .. import queries
from ..forms import StandardsFilter


@permitted_on_object("standards.view")
def profile(request, pk, code):
    """What an organisation submitted last, beside the time before and the national spread."""
    organisation = access_organisation(request.user, pk)
    standard = get_object_or_404(Standard.objects.newest(), code=code)
    found = queries.standings(organisation, code)
    own = request.user.has_perm("standards.view_own", organisation)
    if found is None and not own:
        raise Http404
    context = {
        "organisation": organisation,
        "standard": standard,
        "found": found,
        "chart": chart_block(found.chart) if found else None,
        "own": own,
        "history": [
            row
            for row in history_of(organisation)
            if row.standard.code == code and row.submitted_at
        ],
    }
    return render(request, "dashboards/profile.html", context)


def _level(code):
    def value(row):
        return next((a.level.level for a in row.levels if a.measure.code == code), "")

    return value


def _columns(standard):
    return [
        Column(
            "Organisation",
            lambda row: row.organisation,
            key="organisation",
            order=("organisation__name",),
            href=lambda row: path_to("dashboards:profile", row.organisation_id, row.standard.code),
        ),
        Column("Submitted", lambda row: row.submitted_at, "date", "submitted", ("submitted_at",)),
        *(Column(str(m), _level(m.code)) for m in (standard.measures.all() if standard else [])),
    ]


@permitted("standards.read_register")
def register(request):
    """Who reached what: of all organisations, or of those with bids or projects in a programme."""
    form = StandardsFilter(request.GET, programmes=programmes_for(request.user, *CASE_READERS))
    rows = queries.register(form.catalogue, **form.wanted)
    measures = queries.tallies(form.catalogue, rows)
    return list_page(
        request,
        rows,
        _columns(form.catalogue),
        heading="Digital standards",
        noun="self-assessment",
        filters=form,
        resource=ProfileSheet,
        template="dashboards/standards.html",
        standard=form.catalogue,
        tallies=measures,
        levels=form.levels,
        empty_text="They appear here when organisations submit their self-assessments.",
    )
