"""The floor of the benefits report: every figure, table and list of it by hand, from plain rows."""

from collections import Counter, defaultdict
from decimal import ROUND_HALF_EVEN, Decimal

from bench import benefits_sql as sql
from carefund.core.clock import LONDON
from grants.benefits.models import BenefitClass

CLASSES = dict(BenefitClass.choices)
PLACES = {"theme": 7, "region": 6, "board": 11}
DONE, OVERDUE, LATE = "achieved", "Overdue", "Forecast late"
GROUP = ("awards", "awarded", "paid", "promised", "promised_by_now", "verified", "sample")
MOST = 1000


class Report:
    def __init__(self, ask, day, before):
        self.day, self.before = day, before
        self.awards = ask(sql.AWARDS)
        self.award = {row[0]: row for row in self.awards}
        self.profiles = [row for row in ask(sql.BENEFITS) if row[5] in self.award]
        self.by_benefit = {name: {} for name in ("promised", "due", "measured", "verified")}
        self.by_year = {name: Counter() for name in ("promised", "measured", "verified")}
        self.sample, self.sample_years, self.then = set(), set(), Counter()
        self.money, self.pots, self.paid = Counter(), {}, {}
        self.observe(ask(sql.OBSERVED))
        self.forecast(ask(sql.FORECAST))
        self.pay(ask(sql.MONEY))
        self.milestones(ask(sql.MILESTONES), ask(sql.TOLD))
        self.news = ask(sql.PAID), ask(sql.VERIFIED), ask(sql.REPLACED_SINCE)

    def observe(self, rows):
        for benefit, year, accepted, stands, stood, held, sample, pence, _ in rows:
            if benefit is None and year is None:
                if stood and (accepted or accepted is None or not held):
                    self.then["measured"] += pence
                    self.then["verified"] += pence if accepted and held else 0
                continue
            if not stands or accepted is False:
                continue
            names = ("measured", "verified") if accepted else ("measured",)
            for name in names:
                if benefit is None:
                    self.by_year[name][year] += pence
                    self.sample_years |= {year} if sample else set()
                else:
                    known = self.by_benefit[name]
                    known[benefit] = known.get(benefit, 0) + pence
                    if sample:
                        self.sample.add((name, benefit))

    def forecast(self, rows):
        for benefit, year, stands, stood, sample, promised, due, due_then in rows:
            if benefit is not None and stands:
                self.by_benefit["promised"][benefit] = promised
                self.by_benefit["due"][benefit] = due
                if sample:
                    self.sample |= {("promised", benefit), ("due", benefit)}
            elif year is not None and stands:
                self.by_year["promised"][year] = promised
                self.sample_years |= {year} if sample else set()
            elif stood:
                self.then["promised"], self.then["due"] = promised, due_then

    def pay(self, rows):
        for column, year, kind, project, known, sample, pence, _ in rows:
            if year is not None and column != "reserved":
                line = self.pots.setdefault((year, kind), {"sample": False})
                line[column] = _pounds(pence)
                line["sample"] |= sample
                self.money[column] += pence
            elif project is None and known:
                self.then[column] = pence
            elif project is not None and column == "paid":
                self.paid[project] = pence, sample

    def milestones(self, rows, told):
        facts = defaultdict(list)
        for milestone, kind, on, known in told:
            facts[milestone].append((kind, on, known))
        self.late, self.planned, self.achieved = [], Counter(), Counter()
        self.ends, self.ends_then, self.reached = Counter(), Counter(), []
        for row in rows:
            said = facts.get(row[0])
            if said and row[1] in self.award:
                self.milestone(row, said)
        self.late.sort(key=lambda line: (-line[0], line[1]))

    def milestone(self, row, said):
        pk, project, title, baseline, sample = row
        award = self.award[project]
        expected, achieved = _end(baseline, said)
        status = _status(baseline, expected, achieved, self.day)
        self.planned[project] += 1
        self.ends[status] += 1
        self.ends["due"] += baseline <= self.day
        self.ends["due done"] += baseline <= self.day and status == DONE
        if status == DONE:
            self.achieved[project] += 1
        elif status:
            days = (max(expected, self.day) - baseline).days
            self.late.append(
                (days, pk, award[1], award[5], title, baseline, expected, status, sample)
            )
        earlier = [fact for fact in said if fact[2]]
        if not earlier:
            return
        then = _end(baseline, earlier)
        was = _status(baseline, *then, self.before)
        self.ends_then[was] += 1
        self.ends_then["all"] += 1
        self.ends_then["due"] += baseline <= self.before
        self.ends_then["due done"] += baseline <= self.before and was == DONE
        if status == DONE != was:
            self.reached.append((f"{award[1]} {title}", award[5]))

    def told(self):
        of_project = {name: Counter() for name in self.by_benefit}
        for row in self.profiles:
            for name, known in self.by_benefit.items():
                of_project[name][row[5]] += known.get(row[0], 0)
        return {
            "figures": (self.values(), self.values_then()),
            "money": self.pots,
            "projects": [
                _project(self, row, of_project)
                for row in sorted(self.awards, key=lambda row: (-row[3], row[1]))
            ],
            "benefits": [self.benefit(row) for row in self.profiles],
            "groups": {**self.places(of_project), "class": self.classes(), "year": self.years()},
            "milestones": [_late(line) for line in self.late],
            "changes": self.changes(),
        }

    def values(self):
        known = {name: sum(found.values()) for name, found in self.by_benefit.items()}
        return _values(
            Counter({**self.money, **known}), self.awards, self.ends, sum(self.planned.values())
        )

    def values_then(self):
        awards = [row for row in self.awards if row[12]]
        return _values(self.then, awards, self.ends_then, self.ends_then["all"])

    def benefit(self, row):
        pk, title, kind, measure, source, project, sample = row
        award = self.award[project]
        return {
            "project": award[1],
            "organisation": award[5],
            "title": title,
            "class": CLASSES[kind],
            "measure": measure,
            "promised": _pounds(self.by_benefit["promised"].get(pk, 0)),
            "promised_by_now": _pounds(self.by_benefit["due"].get(pk, 0)),
            "measured": _pounds(self.by_benefit["measured"].get(pk, 0)),
            "verified": _pounds(self.by_benefit["verified"].get(pk, 0)),
            "source": source,
            "sample": sample,
        }

    def places(self, of_project):
        project_of = {row[0]: row[5] for row in self.profiles}
        made_up = {project_of[pk] for name, pk in self.sample if name != "measured"}
        made_up |= {project for project, (_, sample) in self.paid.items() if sample}
        sums = [{project: paid for project, (paid, _) in self.paid.items()}]
        sums += [of_project[name] for name in ("promised", "due", "verified")]
        groups = {}
        for tag, place in PLACES.items():
            lines = {}
            for row in self.awards:
                line = lines.setdefault(row[place], [0] * 6 + [False])
                line[0] += 1
                line[1] += row[3]
                for column, found in enumerate(sums, 2):
                    line[column] += found.get(row[0], 0)
                line[6] |= row[9] or row[0] in made_up
            groups[tag] = {name: _group(line) for name, line in lines.items()}
        return groups

    def classes(self):
        made_up, lines = {pk for _, pk in self.sample}, {}
        known = set().union(*self.by_benefit.values())
        for row in self.profiles:
            if row[0] not in known:
                continue
            line = lines.setdefault(CLASSES[row[2]], dict.fromkeys(self.by_benefit, 0))
            for name, sums in self.by_benefit.items():
                line[name] += sums.get(row[0], 0)
            line["sample"] = line.get("sample", False) or row[0] in made_up
        return {name: _written(line) for name, line in lines.items()}

    def years(self):
        found = sorted({year for known in self.by_year.values() for year in known})
        return {
            f"{year} to {year + 1}": _written(
                {
                    **{name: known[year] for name, known in self.by_year.items()},
                    "sample": year in self.sample_years,
                }
            )
            for year in found
        }

    def changes(self):
        paid, verified, replaced = self.news
        lines = [
            ("Grant awarded", row[14], row[5], _pounds(row[3]))
            for row in self.awards
            if not row[12]
        ]
        lines += [("Payment", what, who, _pounds(pence)) for what, who, _, pence, *_ in paid]
        lines += _more("Payment", paid)
        lines += [("Milestone achieved", what, who, 0) for what, who in self.reached]
        gone = "Benefit verified: no longer counted"
        for words, rows in (("Benefit verified", verified), (gone, replaced)):
            lines += [
                (words, f"{row[0]}: {_span(*row[1:3])}", row[3], _pounds(row[4])) for row in rows
            ]
            lines += _more(words, rows)
        return lines


def _end(baseline, facts):
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


def _status(baseline, expected, achieved, day):
    if achieved:
        return DONE
    return OVERDUE if baseline < day else LATE if expected > baseline else ""


def _values(sums, awards, ends, planned):
    """The figures with their arithmetic, by code."""
    awarded = sum(row[3] for row in awards)
    pounds = {name: _pounds(pence) for name, pence in sums.items()}
    return {
        "awards": len(awards),
        "organisations": len({row[13] for row in awards}),
        "awarded": _pounds(awarded),
        "award_mean": _ratio(awarded, len(awards) * 100, "0.01"),
        **{n: pounds.get(n, 0) for n in ("budget", "committed", "claimed", "paid")},
        "free": _pounds(sums["budget"] - sums["committed"]),
        "share_paid": _ratio(sums["paid"] * 100, sums["committed"], "0.1"),
        **{name: pounds.get(name, 0) for name in ("promised", "measured", "verified")},
        "promised_by_now": pounds.get("due", 0),
        "realised": _ratio(sums["verified"] * 100, sums["due"], "0.1"),
        "return_verified": _ratio(sums["verified"], sums["paid"], "0.01"),
        "return_promised": _ratio(sums["promised"], awarded, "0.01"),
        "milestones": planned,
        "milestones_achieved": ends[DONE],
        "milestones_overdue": ends[OVERDUE],
        "milestones_late": ends[LATE],
        "milestones_on_time": _ratio(ends["due done"] * 100, ends["due"], "0.1"),
    }


def _ratio(top, whole, places):
    return (Decimal(top) / whole).quantize(Decimal(places), ROUND_HALF_EVEN) if whole else None


def _project(report, row, of_project):
    project = row[0]
    return {
        "reference": row[1],
        "title": row[2],
        "organisation": row[5],
        "theme": row[7],
        "region": row[6],
        "board": row[11],
        "awarded": _pounds(row[3]),
        "awarded_on": row[4].astimezone(LONDON).date().isoformat(),
        "precision": row[10],
        "paid": _pounds(report.paid.get(project, (0,))[0]),
        "promised": _pounds(of_project["promised"][project]),
        "promised_by_now": _pounds(of_project["due"][project]),
        "verified": _pounds(of_project["verified"][project]),
        "milestones": report.planned[project],
        "achieved": report.achieved[project],
        "source": row[8],
        "sample": row[9],
    }


def _late(line):
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


def _group(line):
    awards, *pence, sample = line
    return dict(zip(GROUP, (awards, *map(_pounds, pence), sample), strict=True))


def _written(line):
    """Pence as text, under the names of the report."""
    names = {"due": "promised_by_now"}
    return {
        names.get(name, name): value if name == "sample" else _pounds(value)
        for name, value in line.items()
    }


def _more(words, rows):
    """One line for what is left of a kind; told are the first thousand."""
    count, pence = rows[0][-2:] if rows else (0, 0)
    if count <= MOST:
        return []
    rest = pence - sum(row[-3] for row in rows)
    about = f"{count - MOST:,} more, which the page of the figure lists"
    return [(words, about, "", _pounds(rest))]


def _span(start, end):
    return f"{start:%-d %B %Y} to {end:%-d %B %Y}"


def _pounds(pence):
    return f"{pence / 100:.2f}"
