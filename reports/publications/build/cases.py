"""What a report says about single projects, milestones, benefits and the national target."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from grants.delivery.models import Project
from grants.delivery.queries import MilestoneView
from programmes.targets.models import Target, TargetObservation
from programmes.waivers.queries import as_at
from reports.figures import registry
from reports.figures.awarded import Award
from reports.figures.facts import CLASSES, Facts

MOST_STORIES = 3
STATUS = {"overdue": "Overdue", "late": "Forecast late"}


def exceptions(facts: Facts) -> list[dict[str, Any]]:
    """Milestones overdue or forecast late, those longest behind first."""
    found = [view for view in facts.milestones if view.status(facts.day) in STATUS]
    found.sort(key=lambda view: (-view.lateness(facts.day), view.milestone.pk))
    return [_exception(facts, view) for view in found]


def _exception(facts: Facts, view: MilestoneView) -> dict[str, Any]:
    milestone = view.milestone
    award = facts.award_of[milestone.project_id]
    return {
        "project": award.reference,
        "organisation": award.holder.short_name,
        "title": milestone.title,
        "agreed": milestone.baseline_on,
        "expected": view.expected_on,
        "status": STATUS[view.status(facts.day)],
        "days": view.lateness(facts.day),
        "sample": milestone.is_sample,
    }


def _amounts(facts: Facts, code: str, tag: str = "project") -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for row in facts.sums(registry.definition(code), (tag,)):
        key = row.tags.get(tag, "")
        found[key] = found.get(key, Decimal(0)) + row.amount
    return found


def projects(facts: Facts) -> list[dict[str, Any]]:
    codes = ("paid", "promised", "promised_by_now", "verified", "milestones")
    sums = {code: _amounts(facts, code) for code in (*codes, "milestones_achieved")}
    lines = []
    for award in facts.awards:
        tags = facts.project_tags[award.pk]
        amounts = {
            code: found.get(award.reference, Decimal(0))
            for code, found in sums.items()
            if not code.startswith("milestones")
        }
        lines.append(
            {
                "reference": award.reference,
                "title": award.title,
                "organisation": award.to.short_name,
                "theme": tags["theme"],
                "region": tags["region"],
                "board": tags["board"],
                "awarded": award.amount,
                "awarded_on": award.on,
                "precision": award.precision,
                **amounts,
                "milestones": int(sums["milestones"].get(award.reference, 0)),
                "achieved": int(sums["milestones_achieved"].get(award.reference, 0)),
                "source": award.offer_source or award.source,
                "sample": award.made_up,
            }
        )
    return sorted(lines, key=lambda line: (-line["awarded"], line["reference"]))


def benefits(facts: Facts) -> list[dict[str, Any]]:
    sums: dict[str, dict[str, Decimal]] = {}
    for code in ("promised", "promised_by_now", "measured", "verified"):
        found = sums[code] = {}
        for row in facts.sums(registry.definition(code), ("class",)):
            found[row.group] = found.get(row.group, Decimal(0)) + row.amount
    return [
        {
            "project": facts.award_of[benefit.project_id].reference,
            "organisation": facts.award_of[benefit.project_id].holder.short_name,
            "title": benefit.title,
            "class": CLASSES[benefit.benefit_class],
            "measure": benefit.measure,
            **{code: found.get(str(pk), Decimal(0)) for code, found in sums.items()},
            "source": benefit.source,
            "sample": benefit.is_sample,
        }
        for pk, benefit in facts.benefits.items()
    ]


def waivers(facts: Facts) -> list[dict[str, Any]]:
    """The rules that did not hold for somebody at the moment, and why."""
    lines = []
    for row in as_at(facts.programme, facts.moment):
        facts.as_named(row.organisation)
        lines.append(
            {
                "organisation": row.organisation.short_name,
                "rule": row.title,
                "scope": row.scope,
                "reason": row.reason,
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
                "sample": row.organisation.is_sample,
            }
        )
    return lines


def stories(facts: Facts) -> list[dict[str, Any]]:
    """Three projects: those with a story told, with most verified, then with the largest grant."""
    verified, paid = _amounts(facts, "verified"), _amounts(facts, "paid")

    def rank(award: Award) -> Any:
        worth = verified.get(award.reference, Decimal(0))
        return (not award.is_told, -worth, -award.amount, award.reference)

    chosen = sorted(facts.awards, key=rank)[:MOST_STORIES]
    told = Project.objects.filter(pk__in=[p.pk for p in chosen])
    texts = {
        pk: story or summary for pk, story, summary in told.values_list("pk", "story", "summary")
    }
    made_up = {
        row.tags.get("project")
        for code in ("awards", "paid", "verified")
        for row in facts.sums(registry.definition(code), ("project",))
        if row.sample
    }
    return [
        {
            "reference": award.reference,
            "title": award.title,
            "organisation": award.holder.short_name,
            "text": texts[award.pk],
            "awarded": award.amount,
            "paid": paid.get(award.reference, Decimal(0)),
            "verified": verified.get(award.reference, Decimal(0)),
            "sample": award.is_sample or award.reference in made_up,
        }
        for award in chosen
    ]


def target(facts: Facts) -> dict[str, Any] | None:
    if facts.target is None:
        return None
    return goal(facts.target, facts.statements, own=facts.target.programme_id == facts.programme.pk)


def goal(target: Target, statements: Iterable[TargetObservation], *, own: bool) -> dict[str, Any]:
    """A national target with what was said about it, in order of date."""
    return {
        "code": target.code,
        "name": target.name,
        "definition": target.definition,
        "own": own,
        "baseline": target.baseline,
        "baseline_on": target.baseline_on,
        "goal": target.goal,
        "goal_on": target.goal_on,
        "source": target.source,
        "statements": [
            {
                "on": said.on,
                "value": said.value,
                "kind": said.kind,
                "label": said.get_kind_display(),
                "statement": said.statement,
                "source": said.source,
                "sample": said.is_sample,
            }
            for said in statements
        ],
    }
