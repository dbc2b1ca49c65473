"""The page of the project with the longest history: five years of claims and milestones."""

from html import escape

TARGET, QUERIES = 3, 15
FIND = """SELECT p.id, p.reference FROM delivery_project p JOIN payments_claim c
    ON c.project_id = p.id GROUP BY 1, 2 ORDER BY count(*) DESC, 1 LIMIT 1"""
# What the page shows of the project, one statement for each of its parts.
PARTS = [
    """SELECT p.title, p.summary, p.story, p.state, o.name, f.amount FROM delivery_project p
        JOIN organisations_organisation o ON o.id = p.organisation_id
        JOIN awards_offer f ON f.id = p.offer_id WHERE p.id = %s""",
    """SELECT m.title, m.state, m.baseline_on, m.achieved_on, f.kind, f."on"
        FROM delivery_milestone m JOIN delivery_milestonefact f ON f.milestone_id = m.id
        WHERE m.project_id = %s ORDER BY m.position, f.id""",
    """SELECT r.title, r.mitigation, a.likelihood, a.impact FROM delivery_risk r
        JOIN delivery_riskassessment a ON a.risk_id = r.id WHERE r.project_id = %s ORDER BY a.id""",
    """SELECT period_starts_on, period_ends_on, state, confidence FROM delivery_monitoringreturn
        WHERE project_id = %s ORDER BY period_starts_on DESC""",
    """SELECT c.reference, c.state, c.period_ends_on, sum(l.amount) FROM payments_claim c
        JOIN payments_claimline l ON l.claim_id = c.id WHERE c.project_id = %s
        GROUP BY c.id ORDER BY c.id DESC""",
    """SELECT b.title, b.target, sum(o.amount) FROM benefits_benefitprofile b
        LEFT JOIN benefits_benefitobservation o ON o.benefit_id = b.id WHERE b.project_id = %s
        GROUP BY b.id ORDER BY b.number""",
    """SELECT e.verb, e.at, p.actor_name FROM audit_entry e JOIN audit_particulars p
        ON p.entry_id = e.id JOIN django_content_type t ON t.id = e.object_type_id
        WHERE t.model = 'project' AND e.object_id = %s::text ORDER BY e.id DESC LIMIT 20""",
]


def _project(bench):
    if "project" not in bench.addresses:
        bench.addresses["project"] = bench.one(FIND)
    return bench.addresses["project"]


def case(bench, _variant):
    return bench.get(f"/projects/{_project(bench)[1]}/")


def floor(bench, _variant):
    number = _project(bench)[0]
    found = [bench.rows(sql, [number]) for sql in PARTS]
    cells = (f"<td>{escape(str(cell))}</td>" for rows in found for row in rows for cell in row)
    return "".join(cells).encode(), found[1]


def agree(ours, floors):
    page = ours.decode()
    missing = [row[0] for row in floors[1] if escape(row[0]) not in page]
    if missing:
        raise AssertionError(f"Not on the page: {missing[:3]}")
