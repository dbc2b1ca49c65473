"""What the floor of the benefits report asks the database: each stock once for both days.

`start` and `end` are the first moments after the two days.
"""

STOOD = """x.recorded_at < %(start)s AND p.started_at < %(start)s AND o.answered_at < %(start)s
    AND (s.recorded_at >= %(start)s) IS NOT FALSE"""
OF_AWARDS = """JOIN benefits_benefitprofile b ON b.id = x.benefit_id
    JOIN delivery_project p ON p.id = b.project_id AND p.programme_id = %(programme)s
        AND p.started_at < %(end)s
    JOIN awards_offer o ON o.id = p.offer_id AND o.state = 'accepted' AND o.answered_at < %(end)s"""
REPLACED = """LEFT JOIN benefits_{0} s ON s.supersedes_id = x.id AND s.supersedes_id IS NOT NULL
        AND s.recorded_at < %(end)s"""
# By benefit and by year as it stands at the end; as it stood at the start in all.
OBSERVED = f"""SELECT x.benefit_id,
        CAST(date_part('year', x.period_ends_on - INTERVAL '3 months') AS integer),
        v.accepted, s.supersedes_id IS NULL, {STOOD}, v.verified_at < %(start)s,
        bool_or(b.is_sample OR x.is_sample), CAST(sum(x.amount) AS bigint), count(*)
    FROM benefits_benefitobservation x {OF_AWARDS} {REPLACED.format("benefitobservation")}
    LEFT JOIN benefits_verification v ON v.observation_id = x.id AND v.verified_at < %(end)s
    WHERE x.amount IS NOT NULL AND x.recorded_at < %(end)s
    GROUP BY GROUPING SETS ((1, 3, 4), (2, 3, 4), (3, 5, 6))"""
# What falls due by a day: the part of its year is rounded forecast by forecast, half to even.
PART = "x.amount * 1.0 * %(gone_{0})s / %(days_{0})s"
DUE = f"""CASE WHEN x.financial_year < %(year_{{0}})s THEN x.amount
    WHEN x.financial_year > %(year_{{0}})s THEN 0
    WHEN abs({PART} - trunc({PART})) = 0.5 THEN 2 * round({PART} / 2) ELSE round({PART}) END"""
FORECAST = f"""SELECT x.benefit_id, x.financial_year, s.supersedes_id IS NULL, {STOOD},
        bool_or(b.is_sample), CAST(sum(x.amount) AS bigint),
        CAST(sum({DUE.format("end")}) AS bigint), CAST(sum({DUE.format("start")}) AS bigint)
    FROM benefits_benefitforecast x {OF_AWARDS} {REPLACED.format("benefitforecast")}
    WHERE x.recorded_at < %(end)s GROUP BY GROUPING SETS ((1, 3), (2, 3), (4))"""
MONEY = """SELECT e."column", l.financial_year, l.kind, coalesce(c.project_id, r.project_id, 0),
        e.recorded_at < %(start)s, bool_or(coalesce(c.is_sample, rp.is_sample, op.id IS NOT NULL
            AND (o.is_sample OR o.amount_precision LIKE 'sample%%'))
            OR coalesce(g.is_sample, false)),
        CAST(sum(e.amount) AS bigint), count(*)
    FROM funds_ledgerentry e JOIN funds_budgetline l ON l.id = e.line_id
        AND l.programme_id = %(programme)s
    LEFT JOIN payments_claim c ON e.subject_type_id = %(claim)s
        AND c.id = CAST(CASE WHEN e.subject_type_id = %(claim)s THEN e.subject_id END AS bigint)
    LEFT JOIN payments_recovery r ON e.subject_type_id = %(recovery)s
        AND r.id = CAST(CASE WHEN e.subject_type_id = %(recovery)s THEN e.subject_id END AS bigint)
    LEFT JOIN delivery_project rp ON rp.id = r.project_id
    LEFT JOIN awards_offer o ON o.state = 'accepted' AND o.answered_at < %(end)s
        AND o.id = CAST(CASE WHEN e.subject_type_id = %(offer)s THEN e.subject_id END AS bigint)
    LEFT JOIN delivery_project op ON op.offer_id = o.id
    LEFT JOIN organisations_organisation g ON g.id = e.organisation_id
    WHERE e.recorded_at < %(end)s GROUP BY GROUPING SETS ((1, 2, 3), (1, 4), (1, 5))"""
AWARDS = """SELECT p.id, p.reference, p.title, o.amount, o.answered_at, g.short_name,
        coalesce(r.name, 'More than one region'), coalesce(t.name, 'No theme'),
        coalesce(nullif(o.source, ''), p.source), o.is_sample OR o.amount_precision LIKE 'sample%%',
        o.amount_precision, coalesce(k.short_name, 'No single board'),
        o.answered_at < %(start)s AND p.started_at < %(start)s, g.id,
        o.reference || ' ' || p.title
    FROM delivery_project p JOIN awards_offer o ON o.id = p.offer_id AND o.state = 'accepted'
        AND o.answered_at < %(end)s
    JOIN organisations_organisation g ON g.id = p.organisation_id
    LEFT JOIN organisations_region r ON r.id = g.region_id LEFT JOIN funds_theme t
    ON t.id = p.theme_id LEFT JOIN organisations_boardshare s ON s.authority_id = g.id
    AND s.is_primary AND s.valid_from <= %(day)s AND (s.valid_to IS NULL OR s.valid_to > %(day)s)
    LEFT JOIN organisations_organisation k ON k.id = s.board_id
    WHERE p.programme_id = %(programme)s AND p.started_at < %(end)s
    ORDER BY o.answered_at, o.id"""
BENEFITS = """SELECT b.id, b.title, b.benefit_class, b.measure, b.source, b.project_id, b.is_sample
    FROM benefits_benefitprofile b JOIN delivery_project p ON p.id = b.project_id
    WHERE p.programme_id = %(programme)s ORDER BY b.id"""
MILESTONES = """SELECT m.id, m.project_id, m.title, m.baseline_on, m.is_sample
    FROM delivery_milestone m JOIN delivery_project p ON p.id = m.project_id
    WHERE p.programme_id = %(programme)s AND m.state <> 'removed'
    ORDER BY p.reference, m.position, m.id"""
TOLD = """SELECT f.milestone_id, f.kind, f."on", f.recorded_at < %(start)s
    FROM delivery_milestonefact f JOIN delivery_milestone m ON m.id = f.milestone_id
    JOIN delivery_project p ON p.id = m.project_id
    WHERE p.programme_id = %(programme)s AND f.recorded_at < %(end)s ORDER BY f.id"""
# The first thousand of each are told; all are counted and added up.
PAID = """SELECT e.subject_name, g.short_name, e.occurred_on, e.amount,
        count(*) OVER (), sum(e.amount) OVER ()
    FROM funds_ledgerentry e JOIN funds_budgetline l ON l.id = e.line_id
        AND l.programme_id = %(programme)s
    LEFT JOIN organisations_organisation g ON g.id = e.organisation_id
    WHERE e."column" = 'paid' AND e.recorded_at >= %(start)s AND e.recorded_at < %(end)s
    ORDER BY e.id LIMIT 1000"""
VERIFIED = f"""SELECT p.reference || ' ' || b.title, x.period_starts_on, x.period_ends_on,
        g.short_name, x.amount, count(*) OVER (), sum(x.amount) OVER ()
    FROM (SELECT id FROM benefits_benefitobservation
            WHERE recorded_at >= %(start)s AND recorded_at < %(end)s
        UNION SELECT observation_id FROM benefits_verification
            WHERE verified_at >= %(start)s AND verified_at < %(end)s) n
    JOIN benefits_benefitobservation x ON x.id = n.id AND x.amount IS NOT NULL
        AND x.recorded_at < %(end)s
    JOIN benefits_verification v ON v.observation_id = x.id AND v.accepted
        AND v.verified_at < %(end)s
    {OF_AWARDS} JOIN organisations_organisation g ON g.id = p.organisation_id
    WHERE NOT EXISTS (SELECT 1 FROM benefits_benefitobservation s
        WHERE s.supersedes_id = x.id AND s.recorded_at < %(end)s)
    ORDER BY x.id LIMIT 1000"""
REPLACED_SINCE = f"""SELECT p.reference || ' ' || b.title, x.period_starts_on, x.period_ends_on,
        g.short_name, x.amount, count(*) OVER (), sum(x.amount) OVER ()
    FROM benefits_benefitobservation s
    JOIN benefits_benefitobservation x ON x.id = s.supersedes_id AND x.amount IS NOT NULL
        AND x.recorded_at < %(start)s
    JOIN benefits_verification v ON v.observation_id = x.id AND v.accepted
        AND v.verified_at < %(start)s
    {OF_AWARDS} JOIN organisations_organisation g ON g.id = p.organisation_id
    WHERE s.supersedes_id IS NOT NULL AND s.recorded_at >= %(start)s AND s.recorded_at < %(end)s
    ORDER BY x.id LIMIT 1000"""
KINDS = """SELECT model, id FROM django_content_type WHERE (app_label, model) IN
    (('awards', 'offer'), ('payments', 'claim'), ('payments', 'recovery'))"""
