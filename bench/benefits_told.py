"""How the floor of the benefits report writes what it has added up: pence in, text out."""

from decimal import ROUND_HALF_EVEN, Decimal

from carefund.core.clock import LONDON

DONE, OVERDUE, LATE = "achieved", "Overdue", "Forecast late"
GROUP = ("awards", "awarded", "paid", "promised", "promised_by_now", "verified", "sample")
MOST = 1000


def end(baseline, facts):
    """The day expected and the day achieved, from the facts in their order."""
    expected, achieved = baseline, None
    for kind, on, _ in facts:
        if kind == "forecast":
            expected = on
        elif kind == "confirmed":
            achieved = on
        elif kind == "returned":
            achieved = None
    return expected, achieved


def status(baseline, expected, achieved, day):
    if achieved:
        return DONE
    return OVERDUE if baseline < day else LATE if expected > baseline else ""


def values(sums, awards, ends, planned):
    """The figures with their arithmetic, by code."""
    awarded = sum(row[3] for row in awards)
    texts = {name: pounds(pence) for name, pence in sums.items()}
    return {
        "awards": len(awards),
        "organisations": len({row[13] for row in awards}),
        "awarded": pounds(awarded),
        "award_mean": ratio(awarded, len(awards) * 100, "0.01"),
        **{n: texts.get(n, 0) for n in ("budget", "committed", "claimed", "paid")},
        "free": pounds(sums["budget"] - sums["committed"]),
        "share_paid": ratio(sums["paid"] * 100, sums["committed"], "0.1"),
        **{name: texts.get(name, 0) for name in ("promised", "measured", "verified")},
        "promised_by_now": texts.get("due", 0),
        "realised": ratio(sums["verified"] * 100, sums["due"], "0.1"),
        "return_verified": ratio(sums["verified"], sums["paid"], "0.01"),
        "return_promised": ratio(sums["promised"], awarded, "0.01"),
        "milestones": planned,
        "milestones_achieved": ends[DONE],
        "milestones_overdue": ends[OVERDUE],
        "milestones_late": ends[LATE],
        "milestones_on_time": ratio(ends["due done"] * 100, ends["due"], "0.1"),
    }


def ratio(top, whole, places):
    return (Decimal(top) / whole).quantize(Decimal(places), ROUND_HALF_EVEN) if whole else None


def project(report, row, of_project):
    pk = row[0]
    return {
        "reference": row[1],
        "title": row[2],
        "organisation": row[5],
        "theme": row[7],
        "region": row[6],
        "board": row[11],
        "awarded": pounds(row[3]),
        "awarded_on": row[4].astimezone(LONDON).date().isoformat(),
        "precision": row[10],
        "paid": pounds(report.paid.get(pk, (0,))[0]),
        "promised": pounds(of_project["promised"][pk]),
        "promised_by_now": pounds(of_project["due"][pk]),
        "verified": pounds(of_project["verified"][pk]),
        "milestones": report.planned[pk],
        "achieved": report.achieved[pk],
        "source": row[8],
        "sample": row[9],
    }


def late(line):
    days, _, reference, organisation, title, baseline, expected, status, sample = line
    return {
        "project": reference,
        "organisation": organisation,
        "title": title,
        "agreed": baseline.isoformat(),
        "expected": expected.isoformat(),
        "status": status,
        "days": days,
        "sample": sample,
    }


def group(line):
    awards, *pence, sample = line
    return dict(zip(GROUP, (awards, *map(pounds, pence), sample), strict=True))


def written(line):
    """Pence as text, under the names of the report."""
    names = {"due": "promised_by_now"}
    return {
        names.get(name, name): value if name == "sample" else pounds(value)
        for name, value in line.items()
    }


def more(words, rows):
    """One line for what is left of a kind; told are the first thousand."""
    count, pence = rows[0][-2:] if rows else (0, 0)
    if count <= MOST:
        return []
    rest = pence - sum(row[-3] for row in rows)
    about = f"{count - MOST:,} more, which the page of the figure lists"
    return [(words, about, "", pounds(rest))]


def span(start, end):
    return f"{start:%-d %B %Y} to {end:%-d %B %Y}"


def pounds(pence):
    return f"{pence / 100:.2f}"
