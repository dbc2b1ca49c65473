"""The officer's list of milestones: those achieved, the latest promised first."""

from bench.lists import Listing

TARGET, QUERIES, GROWTH = 3, 12, 1.5
VARIANTS = ["first page", "last page"]
LIST = Listing(
    address="/manage/milestones/?show=achieved&sort=-promised",
    counted="""SELECT sum(number) FROM core_tally
        WHERE "of" = 'milestones' AND state = 'achieved'""",
    page="""SELECT p.reference, m.position, m.title, p.title, o.name, m.baseline_on,
        coalesce((SELECT f."on" FROM delivery_milestonefact f WHERE f.milestone_id = m.id
            AND f.kind = 'forecast' ORDER BY f.id DESC LIMIT 1), m.baseline_on), m.achieved_on
        FROM delivery_milestone m JOIN delivery_project p ON p.id = m.project_id
        JOIN organisations_organisation o ON o.id = p.organisation_id
        WHERE m.state = 'achieved' ORDER BY {order} LIMIT %s""",
    ascending="m.baseline_on DESC, m.id",
    descending="m.baseline_on, m.id DESC",
    cells=lambda row: [
        (
            f'<a class="govuk-link" href="/projects/{row[0]}/milestones/{row[1]}/">{row[2]}</a> '
            "Sample data"
        ),
        f"{row[0]} {row[3]}",
        row[4],
        *(f"{day:%-d %B %Y}" for day in row[5:8]),
        '<strong class="govuk-tag govuk-tag--green">Achieved</strong>',
    ],
    mark=r'href="/projects/([A-Z0-9-]+/milestones/\d+)/"',
)
case, floor, agree = LIST.case, LIST.floor, LIST.agree
