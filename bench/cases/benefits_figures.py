"""The figures of the benefits report of the largest programme, from every observation."""

from datetime import date

from bench.kit import PROGRAMME
from programmes.funds.models import Programme
from reports.publications.queries import snapshot

TARGET = 2
SIZES = (1_000, 10_000)  # at 100,000 it does not fit the memory: see docs/performance.md
DAY = date(2026, 3, 31)
SQL = """SELECT sum(o.amount) FILTER (WHERE v.accepted IS DISTINCT FROM false),
        sum(o.amount) FILTER (WHERE v.accepted), count(*)
    FROM benefits_benefitobservation o
    JOIN benefits_benefitprofile b ON b.id = o.benefit_id
    JOIN delivery_project p ON p.id = b.project_id JOIN funds_programme f ON f.id = p.programme_id
    LEFT JOIN benefits_verification v ON v.observation_id = o.id
        AND v.verified_at < '2026-04-01 00:00 Europe/London'
    WHERE f.code = %s AND o.recorded_at < '2026-04-01 00:00 Europe/London'
        AND NOT EXISTS (SELECT 1 FROM benefits_benefitobservation s WHERE s.supersedes_id = o.id
            AND s.recorded_at < '2026-04-01 00:00 Europe/London')"""
FORECASTS = """SELECT f.financial_year, sum(f.amount) FROM benefits_benefitforecast f
    JOIN benefits_benefitprofile b ON b.id = f.benefit_id JOIN delivery_project p
    ON p.id = b.project_id JOIN funds_programme g ON g.id = p.programme_id
    WHERE g.code = %s GROUP BY 1"""
MONEY = """SELECT l.financial_year, l.kind, e."column", sum(e.amount) FROM funds_ledgerentry e
    JOIN funds_budgetline l ON l.id = e.line_id JOIN funds_programme p ON p.id = l.programme_id
    WHERE p.code = %s AND e.recorded_at < '2026-04-01 00:00 Europe/London' GROUP BY 1, 2, 3"""


def case(_bench, _variant):
    return snapshot(Programme.objects.get(code=PROGRAMME), DAY)


def floor(bench, _variant):
    """The sums behind the headline figures; the report breaks them down further."""
    return [bench.rows(sql, [PROGRAMME]) for sql in (SQL, FORECASTS, MONEY)]


def agree(ours, floors):
    measured, verified, _ = floors[0][0]
    text = repr(ours)
    for pence in (measured, verified):
        if f"{pence / 100:.2f}" not in text:
            raise AssertionError(f"{pence / 100:.2f} is not among the figures.")
