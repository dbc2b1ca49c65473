"""The floor of the benefits report: every figure, table and list of it by hand, from plain rows."""

from collections import Counter, defaultdict

from bench import benefits_sql as sql
from bench import benefits_told as told
from grants.benefits.models import BenefitClass

CLASSES = dict(BenefitClass.choices)
PLACES = {"theme": 7, "region": 6, "board": 11}


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
                line[column] = told.pounds(pence)
                line["sample"] |= sample
                self.money[column] += pence
            elif project is None and known:
                self.then[column] = pence
            elif project is not None and column == "paid":
                self.paid[project] = pence, sample

    def milestones(self, rows, facts_told):
        facts = defaultdict(list)
        for milestone, kind, on, known in facts_told:
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
        expected, achieved = told.end(baseline, said)
        status = told.status(baseline, expected, achieved, self.day)
        self.planned[project] += 1
        self.ends[status] += 1
        self.ends["due"] += baseline <= self.day
        self.ends["due done"] += baseline <= self.day and status == told.DONE
        if status == told.DONE:
            self.achieved[project] += 1
        elif status:
            days = (max(expected, self.day) - baseline).days
            self.late.append(
                (days, pk, award[1], award[5], title, baseline, expected, status, sample)
            )
        earlier = [fact for fact in said if fact[2]]
        if not earlier:
            return
        then = told.end(baseline, earlier)
        was = told.status(baseline, *then, self.before)
        self.ends_then[was] += 1
        self.ends_then["all"] += 1
        self.ends_then["due"] += baseline <= self.before
        self.ends_then["due done"] += baseline <= self.before and was == told.DONE
        if status == told.DONE != was:
            self.reached.append((f"{award[1]} {title}", award[5]))

    def answer(self):
        of_project = {name: Counter() for name in self.by_benefit}
        for row in self.profiles:
            for name, known in self.by_benefit.items():
                of_project[name][row[5]] += known.get(row[0], 0)
        return {
            "figures": (self.values(), self.values_then()),
            "money": self.pots,
            "projects": [
                told.project(self, row, of_project)
                for row in sorted(self.awards, key=lambda row: (-row[3], row[1]))
            ],
            "benefits": [self.benefit(row) for row in self.profiles],
            "groups": {**self.places(of_project), "class": self.classes(), "year": self.years()},
            "milestones": [told.late(line) for line in self.late],
            "changes": self.changes(),
        }

    def values(self):
        known = {name: sum(found.values()) for name, found in self.by_benefit.items()}
        return told.values(
            Counter({**self.money, **known}), self.awards, self.ends, sum(self.planned.values())
        )

    def values_then(self):
        awards = [row for row in self.awards if row[12]]
        return told.values(self.then, awards, self.ends_then, self.ends_then["all"])

    def benefit(self, row):
        pk, title, kind, measure, source, project, sample = row
        award = self.award[project]
        return {
            "project": award[1],
            "organisation": award[5],
            "title": title,
            "class": CLASSES[kind],
            "measure": measure,
            "promised": told.pounds(self.by_benefit["promised"].get(pk, 0)),
            "promised_by_now": told.pounds(self.by_benefit["due"].get(pk, 0)),
            "measured": told.pounds(self.by_benefit["measured"].get(pk, 0)),
            "verified": told.pounds(self.by_benefit["verified"].get(pk, 0)),
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
            groups[tag] = {name: told.group(line) for name, line in lines.items()}
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
        return {name: told.written(line) for name, line in lines.items()}

    def years(self):
        found = sorted({year for known in self.by_year.values() for year in known})
        return {
            f"{year} to {year + 1}": told.written(
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
            ("Grant awarded", row[14], row[5], told.pounds(row[3]))
            for row in self.awards
            if not row[12]
        ]
        lines += [("Payment", what, who, told.pounds(pence)) for what, who, _, pence, *_ in paid]
        lines += told.more("Payment", paid)
        lines += [("Milestone achieved", what, who, 0) for what, who in self.reached]
        gone = "Benefit verified: no longer counted"
        for words, rows in (("Benefit verified", verified), (gone, replaced)):
            lines += [
                (words, f"{row[0]}: {told.span(*row[1:3])}", row[3], told.pounds(row[4]))
                for row in rows
            ]
            lines += told.more(words, rows)
        return lines
