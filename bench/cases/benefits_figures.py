"""Everything that the benefits report of the largest programme says, from every fact."""

from datetime import date

from bench.kit import PROGRAMME
from programmes.funds.models import Programme
from reports.publications.queries import since, snapshot

TARGET = 2
DAY = date(2026, 3, 31)
STANDING = """x.recorded_at < %(end)s AND NOT EXISTS (SELECT 1 FROM benefits_{0} s
    WHERE s.supersedes_id = x.id AND s.recorded_at < %(end)s)"""
OBSERVED = f"""WITH known AS (SELECT x.benefit_id, x.period_ends_on, x.amount, v.accepted
        FROM benefits_benefitobservation x JOIN benefits_benefitprofile b ON b.id = x.benefit_id
        JOIN delivery_project p ON p.id = b.project_id AND p.programme_id = %(programme)s
        LEFT JOIN benefits_verification v ON v.observation_id = x.id AND v.verified_at < %(end)s
        WHERE x.amount IS NOT NULL AND {STANDING.format("benefitobservation")})
    SELECT benefit_id, CAST(EXTRACT(YEAR FROM period_ends_on - INTERVAL '3 months') AS integer),
        accepted, sum(amount), count(*) FROM known
    GROUP BY GROUPING SETS ((1, 3), (2, 3))"""
FORECAST = f"""SELECT x.benefit_id, x.financial_year, sum(x.amount)
    FROM benefits_benefitforecast x JOIN benefits_benefitprofile b ON b.id = x.benefit_id
    JOIN delivery_project p ON p.id = b.project_id AND p.programme_id = %(programme)s
    WHERE {STANDING.format("benefitforecast")} GROUP BY GROUPING SETS ((1), (2))"""
MONEY = """SELECT l.financial_year, l.kind, c.project_id, e."column", sum(e.amount), count(*)
    FROM funds_ledgerentry e JOIN funds_budgetline l ON l.id = e.line_id
        AND l.programme_id = %(programme)s
    LEFT JOIN payments_claim c ON c.id = CASE WHEN e."column" = 'paid' THEN e.subject_id::bigint END
    WHERE e.recorded_at < %(end)s GROUP BY GROUPING SETS ((1, 2, 4), (3, 4))"""
AWARDS = """SELECT p.id, p.reference, p.title, o.amount, o.answered_at, g.short_name, r.name,
        t.name, o.source, o.is_sample
    FROM delivery_project p JOIN awards_offer o ON o.id = p.offer_id AND o.answered_at < %(end)s
    JOIN organisations_organisation g ON g.id = p.organisation_id
    LEFT JOIN organisations_region r ON r.id = g.region_id LEFT JOIN funds_theme t
    ON t.id = p.theme_id WHERE p.programme_id = %(programme)s ORDER BY o.answered_at, o.id"""
BENEFITS = """SELECT b.id, b.title, b.benefit_class, b.measure, b.source, b.project_id
    FROM benefits_benefitprofile b JOIN delivery_project p ON p.id = b.project_id
    WHERE p.programme_id = %(programme)s ORDER BY b.id"""
MILESTONES = """SELECT m.id, m.project_id, m.title, m.baseline_on, f.kind, f."on"
    FROM delivery_milestone m JOIN delivery_project p ON p.id = m.project_id
    JOIN delivery_milestonefact f ON f.milestone_id = m.id AND f.recorded_at < %(end)s
    WHERE p.programme_id = %(programme)s ORDER BY m.id, f.id"""
NEW = """(SELECT e.id, e.subject_name, e.occurred_on, e.amount FROM funds_ledgerentry e
        JOIN funds_budgetline l ON l.id = e.line_id AND l.programme_id = %(programme)s
        WHERE e."column" = 'paid' AND e.recorded_at >= %(start)s AND e.recorded_at < %(end)s
        ORDER BY e.id LIMIT 1001)
    UNION ALL (SELECT x.id, b.title, x.period_ends_on, x.amount
        FROM benefits_benefitobservation x JOIN benefits_benefitprofile b ON b.id = x.benefit_id
        JOIN delivery_project p ON p.id = b.project_id AND p.programme_id = %(programme)s
        JOIN benefits_verification v ON v.observation_id = x.id AND v.accepted
        WHERE v.verified_at >= %(start)s AND v.verified_at < %(end)s
        ORDER BY x.benefit_id, x.id LIMIT 1001)"""
SUMS = (OBSERVED, FORECAST, MONEY)
ROWS = (AWARDS, BENEFITS, MILESTONES)


def case(_bench, _variant):
    return snapshot(Programme.objects.get(code=PROGRAMME), DAY)


def floor(bench, _variant):
    """The same sums and lists for both days, by hand; no dictionary, no wording, no chart."""
    if "programme" not in bench.addresses:
        programme = Programme.objects.get(code=PROGRAMME)
        bench.addresses["programme"] = programme.pk, since(programme, DAY)
    programme, before = bench.addresses["programme"]
    days = [f"{after} 00:00 Europe/London" for after in (_next(before), _next(DAY))]
    found = []
    for end in days:
        values = {"programme": programme, "end": end, "start": days[0]}
        found.append([bench.rows(sql, values) for sql in (*SUMS, *ROWS)])
    return found, bench.rows(NEW, values)


def _next(day):
    return date.fromordinal(day.toordinal() + 1)


def agree(ours, floors):
    observed, forecast, money, awards, *_ = floors[0][1]
    by_benefit = [row for row in observed if row[0] is not None]
    held = sum(row[3] for row in by_benefit if row[2])
    known = held + sum(row[3] for row in by_benefit if row[2] is None)
    wanted = {
        "measured": known,
        "verified": held,
        "promised": sum(row[2] for row in forecast if row[0] is not None),
        "paid": sum(row[4] for row in money if row[1] and row[3] == "paid"),
        "awarded": sum(row[3] for row in awards),
    }
    for code, pence in wanted.items():
        if ours["figures"][code]["value"] != f"{pence / 100:.2f}":
            raise AssertionError(f"{code}: {ours['figures'][code]['value']}, {pence / 100:.2f}")
