"""The page of the project with the longest history: five years of claims and milestones."""

from html import escape

from bench import stencil
from bench.stencil import day, pounds

TARGET, QUERIES = 3, 15
FIND = """SELECT p.id, p.reference FROM delivery_project p JOIN payments_claim c
    ON c.project_id = p.id GROUP BY 1, 2 ORDER BY count(*) DESC, 1 LIMIT 1"""
PROJECT = """SELECT p.title, o.name, g.name, t.name, f.amount, p.summary, p.story
    FROM delivery_project p JOIN organisations_organisation o ON o.id = p.organisation_id
    JOIN funds_programme g ON g.id = p.programme_id LEFT JOIN funds_theme t ON t.id = p.theme_id
    JOIN awards_offer f ON f.id = p.offer_id WHERE p.id = %s"""
MILESTONES = """SELECT m.title, m.baseline_on, (array_agg(f."on" ORDER BY f.id DESC)
        FILTER (WHERE f.kind = 'achieved'))[1] FROM delivery_milestone m
    LEFT JOIN delivery_milestonefact f ON f.milestone_id = m.id
    WHERE m.project_id = %s GROUP BY m.id ORDER BY m.position"""
MONEY = """SELECT l.financial_year, l.kind, l.amount, coalesce(c.claimed, 0), coalesce(c.paid, 0)
    FROM awards_offerline l LEFT JOIN (SELECT l.financial_year, l.kind, sum(l.amount) AS claimed,
        sum(l.amount) FILTER (WHERE c.state = 'paid') AS paid FROM payments_claimline l
        JOIN payments_claim c ON c.id = l.claim_id AND c.state IN ('submitted', 'approved', 'paid')
        WHERE c.project_id = %(project)s GROUP BY 1, 2) c USING (financial_year, kind)
    JOIN delivery_project p ON p.offer_id = l.offer_id WHERE p.id = %(project)s ORDER BY 1, 2"""
CLAIMS = """SELECT c.reference, c.period_ends_on, sum(l.amount) FROM payments_claim c
    JOIN payments_claimline l ON l.claim_id = c.id WHERE c.project_id = %s
        AND c.state IN ('submitted', 'approved', 'refused', 'paid')
    GROUP BY c.id ORDER BY c.id DESC"""
BENEFITS = """SELECT b.id, b.title, b.benefit_class = 'ub', (SELECT sum(amount)
        FROM benefits_benefitforecast f WHERE f.benefit_id = b.id AND f.id NOT IN
        (SELECT supersedes_id FROM benefits_benefitforecast WHERE supersedes_id IS NOT NULL)),
    sum(o.amount) FILTER (WHERE v.accepted IS NOT false), sum(o.amount) FILTER (WHERE v.accepted)
    FROM benefits_benefitprofile b LEFT JOIN benefits_benefitobservation o ON o.benefit_id = b.id
        AND NOT EXISTS (SELECT 1 FROM benefits_benefitobservation n WHERE n.supersedes_id = o.id)
    LEFT JOIN benefits_verification v ON v.observation_id = o.id
    WHERE b.project_id = %s GROUP BY b.id ORDER BY b.number"""
RISKS = """SELECT DISTINCT ON (r.id) r.title, r.mitigation, a.likelihood, a.impact
    FROM delivery_risk r JOIN delivery_riskassessment a ON a.risk_id = r.id
    WHERE r.project_id = %s ORDER BY r.id, a.id DESC"""
RETURNS = """SELECT id, period_starts_on, period_ends_on FROM delivery_monitoringreturn
    WHERE project_id = %s ORDER BY period_starts_on DESC"""
TIMELINE = """SELECT e.verb, e.at, e.roles, e.changes, e.reason, p.actor_name FROM audit_entry e
    JOIN audit_particulars p ON p.entry_id = e.id
    JOIN django_content_type t ON t.id = e.object_type_id AND t.model = 'project'
    WHERE e.object_id = %s::text ORDER BY e.id DESC LIMIT 50"""
agree = stencil.agree


def _project(bench):
    if "project" not in bench.addresses:
        bench.addresses["project"] = bench.one(FIND)
    return bench.addresses["project"]


def case(bench, _variant):
    return bench.get(f"/projects/{_project(bench)[1]}/")


def floor(bench, variant):
    """Without the timeline's words and the picture, which are written as they stood."""
    number, reference = _project(bench)
    *facts, amount, summary, story = bench.one(PROJECT, [number])
    pieces = [escape(bench.who_asks()), *(escape(fact) for fact in facts), pounds(amount)]
    for title, promised, achieved in bench.rows(MILESTONES, [number]):
        pieces += [escape(title), day(promised), day(achieved)]
    for _, kind, *amounts in bench.rows(MONEY, {"project": number}):
        left = amounts[0] - amounts[1]
        pieces.append(f"{kind.capitalize()}</td>")
        pieces += [pounds(amount) for amount in (*amounts, left)]
    for claim, ends, total in bench.rows(CLAIMS, [number]):
        link = f'<a class="govuk-link" href="/claims/{claim}/">{claim}</a>'
        pieces.append(f"<li>{link}, {pounds(total)} to {day(ends)} ")
    for pk, title, unpriced, *sums in bench.rows(BENEFITS, [number]):
        pieces.append(f'<a class="govuk-link" href="/benefits/{pk}/">{escape(title)}</a>')
        if not unpriced:
            pieces += [pounds(one or 0) for one in sums]
    for title, mitigation, *_ in bench.rows(RISKS, [number]):
        pieces += [escape(title), escape(mitigation)]
    for pk, starts, ends in bench.rows(RETURNS, [number]):
        address = f"/projects/{reference}/returns/{pk}/"
        link = f'<a class="govuk-link" href="{address}">{day(starts)} to {day(ends)}</a>'
        pieces.append(link)
    pieces += [escape(summary), escape(story)]
    bench.rows(TIMELINE, [number])
    return stencil.written(bench, "project", lambda: case(bench, variant), pieces)
