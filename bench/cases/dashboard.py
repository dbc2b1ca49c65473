"""What an officer has to do today: the first page after signing in."""

from html import escape

from bench.kit import table_row

TARGET, QUERIES = 2, 30
SHOWN = 25
BID = """bids_bid x JOIN calls_call c ON c.id = x.call_id
    JOIN organisations_organisation g ON g.id = x.organisation_id"""
CASE = """{} x JOIN delivery_project p ON p.id = x.project_id
    JOIN organisations_organisation g ON g.id = p.organisation_id"""
SCORED = "SELECT count(*) FROM assessment_assignment a WHERE a.bid_id = x.id AND a.state <> "
MILESTONES, RETURNS = CASE.format("delivery_milestone"), CASE.format("delivery_monitoringreturn")
# The piles that the made-up data fills: from where, which, what each line says, the first ones.
PILES = [
    (BID, "x.state = 'submitted' AND c.closes_at <= now()", "x.reference, c.title", "c.closes_at"),
    (BID, ("x.state IN ('eligible', 'in_assessment')"
     f" AND ({SCORED} 'conflicted') < c.assessors_per_bid"), "x.reference", "c.closes_at"),
    (MILESTONES, "x.state = 'reported'", "x.title, x.position", "x.achieved_on"),
    (CASE.format("payments_claim"), "x.state = 'submitted'", ("x.reference, (SELECT sum(amount)"
     " FROM payments_claimline l WHERE l.claim_id = x.id)"), "x.submitted_at"),
    (RETURNS, "x.state = 'submitted'", "p.title, x.id, x.confidence", "x.submitted_at"),
    ("""benefits_benefitobservation x JOIN benefits_benefitprofile b ON b.id = x.benefit_id
        JOIN delivery_project p ON p.id = b.project_id
        JOIN organisations_organisation g ON g.id = p.organisation_id""",
     """NOT EXISTS (SELECT 1 FROM benefits_verification v WHERE v.observation_id = x.id)
        AND NOT EXISTS
        (SELECT 1 FROM benefits_benefitobservation s WHERE s.supersedes_id = x.id)""",
     "b.title, x.id, b.unit, x.measured", "x.recorded_at"),
    (MILESTONES, "x.state = 'planned' AND p.state = 'active' AND x.baseline_on < now()",
     "x.title, x.position", "x.baseline_on"),
    (RETURNS, "x.state = 'due' AND x.due_on < now()", "p.title, x.id", "x.due_on"),
]  # fmt: skip


def case(bench, _variant):
    return bench.get("/manage/")


def floor(bench, _variant):
    parts, said_first = [], []
    for source, where, said, order in PILES:
        (count,) = bench.one(f"SELECT count(*) FROM {source} WHERE {where}")
        rows = bench.rows(
            f"SELECT {said}, g.short_name, {order} FROM {source} WHERE {where}"
            f" ORDER BY {order}, x.id LIMIT {SHOWN}"
        )
        lines = "".join(table_row(escape(str(cell)) for cell in row) for row in rows)
        parts.append(f"{count}{lines}")
        said_first += [escape(str(row[0])) for row in rows[:1]]
    return "".join(parts).encode(), said_first


def agree(ours, floors):
    page, (_, said_first) = ours.decode(), floors
    missing = [said for said in said_first if said not in page]
    if missing or not said_first:
        raise AssertionError(f"Not on the page: {missing or 'anything'}")
