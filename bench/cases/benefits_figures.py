"""Everything that the benefits report of the largest programme says, from every fact."""

import json
from datetime import date

from bench.kit import PROGRAMME
from carefund.core.clock import LONDON
from grants.benefits.models import BenefitClass
from programmes.funds.models import Programme
from reports.publications.queries import since, snapshot

TARGET = 2
CLASSES = dict(BenefitClass.choices)
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
# What falls due by the day: the part of its year is rounded forecast by forecast, half to even.
PART = "x.amount * 1.0 * %(gone)s / %(days)s"
DUE = f"""CASE WHEN x.financial_year < %(year)s THEN x.amount
    WHEN x.financial_year > %(year)s THEN 0
    WHEN abs({PART} - trunc({PART})) = 0.5 THEN 2 * round({PART} / 2) ELSE round({PART}) END"""
FORECAST = f"""SELECT x.benefit_id, x.financial_year, sum(x.amount), sum({DUE})
    FROM benefits_benefitforecast x JOIN benefits_benefitprofile b ON b.id = x.benefit_id
    JOIN delivery_project p ON p.id = b.project_id AND p.programme_id = %(programme)s
    WHERE {STANDING.format("benefitforecast")} GROUP BY GROUPING SETS ((1), (2))"""
MONEY = """SELECT l.financial_year, l.kind, c.project_id, e."column", sum(e.amount), count(*)
    FROM funds_ledgerentry e JOIN funds_budgetline l ON l.id = e.line_id
        AND l.programme_id = %(programme)s
    LEFT JOIN payments_claim c ON c.id = CASE WHEN e."column" = 'paid' THEN e.subject_id::bigint END
    WHERE e.recorded_at < %(end)s GROUP BY GROUPING SETS ((1, 2, 4), (3, 4))"""
AWARDS = """SELECT p.id, p.reference, p.title, o.amount, o.answered_at, g.short_name, r.name,
        t.name, o.source, o.is_sample, o.amount_precision, k.short_name
    FROM delivery_project p JOIN awards_offer o ON o.id = p.offer_id AND o.answered_at < %(end)s
    JOIN organisations_organisation g ON g.id = p.organisation_id
    LEFT JOIN organisations_region r ON r.id = g.region_id LEFT JOIN funds_theme t
    ON t.id = p.theme_id LEFT JOIN organisations_boardshare s ON s.authority_id = g.id
    AND s.is_primary AND s.valid_from <= %(day)s AND (s.valid_to IS NULL OR s.valid_to > %(day)s)
    LEFT JOIN organisations_organisation k ON k.id = s.board_id
    WHERE p.programme_id = %(programme)s ORDER BY o.answered_at, o.id"""
BENEFITS = """SELECT b.id, b.title, b.benefit_class, b.measure, b.source, b.project_id, b.is_sample
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
MONEY_NAMES = {"awarded", "paid", "promised", "promised_by_now", "measured", "verified"}
SUMS = (OBSERVED, FORECAST, MONEY)
ROWS = (AWARDS, BENEFITS, MILESTONES)


def case(_bench, _variant):
    return snapshot(Programme.objects.get(code=PROGRAMME), DAY)


def floor(bench, _variant):
    """The same sums and lists for both days, by hand; projects and benefits as the report has them.

    No figure's wording, no groups, no chart data, no list of milestones.
    """
    if "programme" not in bench.addresses:
        programme = Programme.objects.get(code=PROGRAMME)
        bench.addresses["programme"] = programme.pk, since(programme, DAY)
    programme, before = bench.addresses["programme"]
    start = f"{_next(before)} 00:00 Europe/London"
    found = []
    for day in (before, DAY):
        year = day.year if day.month > 3 else day.year - 1
        days = date(year + 1, 4, 1) - date(year, 4, 1)
        values = {
            "programme": programme,
            "start": start,
            "end": f"{_next(day)} 00:00 Europe/London",
            "day": day,
            "year": year,
            "gone": (day - date(year, 4, 1)).days + 1,
            "days": days.days,
        }
        found.append([bench.rows(sql, values) for sql in (*SUMS, *ROWS)])
    return found, bench.rows(NEW, values), json.dumps([_projects(found[1]), _benefits(found[1])])


def _benefits(found):
    observed, forecast, _, awards, benefits, _ = found
    of = {row[0]: row for row in awards}
    sums = _by_benefit(observed, forecast)
    return [
        {
            "project": of[row[5]][1],
            "organisation": of[row[5]][5],
            "title": row[1],
            "class": CLASSES[row[2]],
            "measure": row[3],
            **{name: _pounds(sums[name].get(row[0], 0)) for name in sums},
            "source": row[4],
            "sample": row[6],
        }
        for row in benefits
        if row[5] in of
    ]


def _by_benefit(observed, forecast):
    sums = {name: {} for name in ("promised", "promised_by_now", "measured", "verified")}
    for benefit, _, promised, due in forecast:
        if benefit is not None:
            sums["promised"][benefit], sums["promised_by_now"][benefit] = promised, due
    for benefit, _, accepted, amount, _ in observed:
        if benefit is not None and accepted is not False:
            sums["measured"][benefit] = sums["measured"].get(benefit, 0) + amount
            if accepted:
                sums["verified"][benefit] = amount
    return sums


def _projects(found):
    observed, forecast, money, awards, benefits, milestones = found
    by_benefit, sums = _by_benefit(observed, forecast), {"paid": {}}
    for _, _, project, column, amount, _ in money:
        if column == "paid" and project is not None:
            sums["paid"][project] = amount
    for name in ("promised", "promised_by_now", "verified"):
        sums[name] = {}
        for row in benefits:
            amount = by_benefit[name].get(row[0], 0)
            sums[name][row[5]] = sums[name].get(row[5], 0) + amount
    told, achieved = {}, {}
    for milestone, project, _, _, kind, _ in milestones:
        told.setdefault(project, {})[milestone] = kind
    for project, kinds in told.items():
        achieved[project] = sum(kind == "confirmed" for kind in kinds.values())
    lines = [
        {
            "reference": row[1],
            "title": row[2],
            "organisation": row[5],
            "theme": row[7],
            "region": row[6],
            "board": row[11],
            "awarded": _pounds(row[3]),
            "awarded_on": row[4].astimezone(LONDON).date().isoformat(),
            "precision": row[10],
            **{name: _pounds(sums[name].get(row[0], 0)) for name in sums},
            "milestones": len(told.get(row[0], ())),
            "achieved": achieved.get(row[0], 0),
            "source": row[8],
            "sample": row[9],
        }
        for row in awards
    ]
    return sorted(lines, key=lambda line: (-float(line["awarded"]), line["reference"]))


def _pounds(pence):
    return f"{pence / 100:.2f}"


def _next(day):
    return date.fromordinal(day.toordinal() + 1)


def agree(ours, floors):
    projects, benefits = json.loads(floors[2])
    for name, lines in (("projects", projects), ("benefits", benefits)):
        differ = [pair for pair in zip(lines, ours[name], strict=True) if not _alike(*pair)]
        if differ:
            raise AssertionError(f"{len(differ)} {name} differ: {differ[0]}")
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


def _alike(one, other):
    """The same line; the report says no money as 0, and what has no place in words."""
    places = {"theme", "region", "board", "source"}
    for name, value in one.items():
        said = other[name]
        if name in MONEY_NAMES and float(said) != float(value):
            return False
        if name not in MONEY_NAMES and name not in places and said != value:
            return False
    return True
