from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import DEFAULT_DB_ALIAS
from django.db.models import (
    Count,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from carefund.accounts import ties
from carefund.audit.queries import last_move
from carefund.core.clock import LONDON
from carefund.core.formats import uk_date
from carefund.core.making import Maker
from carefund.core.prepared import Prepared
from carefund.core.states import State
from carefund.files.models import StoredFile
from carefund.files.queries import files_of
from programmes.organisations.models import Organisation
from programmes.waivers.models import Waiver
from programmes.waivers.queries import waived
from programmes.waivers.registry import Rule, around

from .models import (
    ChangeRequest,
    Milestone,
    MilestoneFact,
    MonitoringReturn,
    Project,
    ProjectGuest,
    ProjectHolder,
    ProjectQuerySet,
    Risk,
    RiskAssessment,
)
from .states import PROJECT

GUEST = "guest_of_projects"


def guest_roles(user: Any) -> dict[int, str]:
    """Project -> role, for the projects to which the person is let in as a guest; read once."""
    if not user.is_authenticated or not user.is_active:
        return {}
    if ties.has_none(user, GUEST):
        return {}
    if not hasattr(user, "_guest_projects"):
        rows = ProjectGuest.objects.current().filter(user=user)
        user._guest_projects = dict(  # noqa: SLF001 - kept beside the person for one request
            rows.order_by("role").values_list("project_id", "role")
        )
    return dict(user._guest_projects)  # noqa: SLF001 - as above


def guests_of(organisation: Organisation) -> QuerySet[ProjectGuest]:
    """Guests, also those only invited, of the projects that the organisation holds."""
    return _guests(ProjectGuest.objects.filter(project__organisation=organisation))


def guests_of_project(project: Project) -> QuerySet[ProjectGuest]:
    return _guests(project.guests.all())


def _guests(rows: QuerySet[ProjectGuest]) -> QuerySet[ProjectGuest]:
    return (
        rows.filter(pk__in=ProjectGuest.objects.standing().values("pk"))
        .select_related("project", "user", "invitation")
        .order_by("pk")
    )


def holders_as_at(projects: Iterable[Project], moment: datetime) -> dict[int, Organisation]:
    """Project -> who held it at `moment`, for projects that were ever handed over."""
    found: dict[int, Organisation] = {}
    rows = ProjectHolder.objects.filter(project__in=projects).select_related(
        "predecessor__region", "successor__region"
    )
    for row in rows.order_by("project", "-pk"):
        # Going back in time: what was recorded later had not happened yet.
        if row.recorded_at > moment or row.on > moment.astimezone(LONDON).date():
            found[row.project_id] = row.predecessor
        else:
            found.setdefault(row.project_id, row.successor)
    return found


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """A milestone as it was known at a moment."""

    milestone: Any
    expected_on: date
    reported: bool
    achieved_on: date | None

    def lateness(self, today: date) -> int:
        """Days behind the baseline: by the day achieved, else the later of forecast and today."""
        on = self.achieved_on or max(self.expected_on, today)
        return (on - self.milestone.baseline_on).days

    def status(self, today: date) -> str:
        """`achieved`, `overdue` (baseline passed), `late` (forecast later), or `on_track`."""
        if self.achieved_on:
            return "achieved"
        if self.milestone.baseline_on < today:
            return "overdue"
        return "late" if self.expected_on > self.milestone.baseline_on else "on_track"


def milestones_as_at(projects: Iterable[Project], moment: datetime) -> list[MilestoneView]:
    """Every milestone of `projects` that was known at `moment`, from the facts known then.

    One query, however many projects.
    """
    of = {project.pk: project for project in projects}
    names = _whole_milestone()
    if len(of) == 1:
        facts: Iterable[Any] = _facts_of_one(project=next(iter(of)), moment=moment)
    else:
        known = MilestoneFact.objects.filter(milestone__project__in=of, recorded_at__lte=moment)
        facts = _told(known, names).iterator()
    found, made = [], Maker(Milestone)
    for _, group in groupby(facts, key=lambda fact: fact[0]):
        told = list(group)
        values = told[0][3:]
        row = made.from_db(DEFAULT_DB_ALIAS, names, values)
        row.project = of[row.project_id]
        found.append(view_of(row, [(kind, on) for _, kind, on, *_ in told]))
    return found


def _whole_milestone() -> tuple[str, ...]:
    return tuple(field.attname for field in Milestone._meta.concrete_fields)


def _told(facts: QuerySet[MilestoneFact], names: Iterable[str]) -> QuerySet[Any, Any]:
    """(Milestone, kind, day, its `names` ...) of each fact, by milestone."""
    place = ("milestone__project__reference", "milestone__position", "milestone", "pk")
    beside = ("milestone_id", "kind", "on", *(f"milestone__{name}" for name in names))
    return facts.order_by(*place).values_list(*beside)


_facts_of_one = Prepared(
    lambda project, moment: _told(
        MilestoneFact.objects.filter(milestone__project=project, recorded_at__lte=moment),
        _whole_milestone(),
    )
)


Fact = tuple[str, date]


def view_of(milestone: Any, facts: Iterable[Fact]) -> MilestoneView:
    """What the facts, in the order in which they were recorded, say of a milestone."""
    expected, reported, achieved = milestone.baseline_on, False, None
    for kind, on in facts:
        if kind == MilestoneFact.Kind.FORECAST:
            expected = on
        elif kind == MilestoneFact.Kind.REPORTED:
            reported = True
        elif kind == MilestoneFact.Kind.CONFIRMED:
            achieved = on
        else:
            reported, achieved = False, None
    return MilestoneView(milestone, expected, reported, achieved)


ON_TRACK = State("on_track", "On track", "green")
AT_RISK = State("at_risk", "At risk", "orange")
OFF_TRACK = State("off_track", "Off track", "red")
STATUSES = {
    "achieved": State("achieved", "Achieved", "green"),
    "reported": State("reported", "Reported, to be confirmed", "blue"),
    "overdue": State("overdue", "Overdue", "red"),
    "late": State("late", "Forecast late", "orange"),
    "on_track": State("on_track", "On track", "green"),
}
# A milestone this many days behind its baseline is more than a slip.
GRACE_DAYS = 30
HIGH_RISK = 15


# What is said of a project that is not in delivery; its milestones say nothing more about it.
PAUSED = (
    "Until it goes on, no claim is made, approved or paid, and no milestone or return falls due."
)
RESTING = {
    "paused": PAUSED,
    "completed": "Every milestone was achieved. Benefits are still measured.",
    "terminated": "No milestone or return is asked for any more, and nothing more can be claimed.",
}
# In delivery, or to be again.
LIVE = ("active", "paused")


@dataclass(frozen=True)
class Headline:
    """How a project is doing, and the one reason that says most."""

    state: State
    reason: str


def resting_headline(project: Project) -> Headline | None:
    """Completed, ended or paused, since when and why; None of a project in delivery."""
    if project.state not in RESTING:
        return None
    words, last = RESTING[project.state], last_move(project)
    if last is None:
        return Headline(project.status, words)
    at, why = last
    # How an officer knows that the last claim is in says nothing of how the project went.
    said = "" if project.state == "completed" else why.strip()
    ends = "" if said.endswith((".", "!", "?")) else "."
    reason = f": {said}{ends}" if said else "."
    return Headline(project.status, f"{project.status.label} on {uk_date(at)}{reason} {words}")


def headline(
    views: Iterable[MilestoneView],
    last_return: MonitoringReturn | None,
    risks: Iterable[Risk],
    today: date,
) -> Headline:
    """Off track, at risk or on track: from milestones, the authority's own word, open risks."""
    open_ones = [v for v in views if not v.achieved_on]
    behind = [v for v in open_ones if v.status(today) == "overdue" and not v.reported]
    worst = max(behind, key=lambda v: v.lateness(today), default=None)
    said = last_return.confidence if last_return else ""
    if worst and worst.lateness(today) > GRACE_DAYS:
        days = worst.lateness(today)
        return Headline(OFF_TRACK, f"“{worst.milestone.title}” is {days} days behind its date.")
    if said == "off_track":
        return Headline(OFF_TRACK, "The authority’s last return says so.")
    if worst:
        return Headline(AT_RISK, f"“{worst.milestone.title}” is overdue.")
    late = next((v for v in open_ones if v.status(today) == "late"), None)
    return _at_risk(late, said, risks) or Headline(
        ON_TRACK, "No milestone is late and no high risk is open."
    )


def _at_risk(late: MilestoneView | None, said: str, risks: Iterable[Risk]) -> Headline | None:
    if late:
        return Headline(AT_RISK, f"“{late.milestone.title}” is expected later than promised.")
    if said == "at_risk":
        return Headline(AT_RISK, "The authority’s last return says so.")
    if high := next((r for r in risks if level_of(r) >= HIGH_RISK), None):
        return Headline(AT_RISK, f"A high risk is open: {high.title}.")
    return None


def latest_assessment(risk: Risk) -> RiskAssessment | None:
    return risk.last_assessment or risk.assessments.order_by("-pk").first()


def level_of(risk: Risk) -> int:
    """Likelihood times impact as assessed last: 1 to 25; 0 for a closed risk."""
    found = latest_assessment(risk)
    return found.likelihood * found.impact if found and risk.closed_at is None else 0


def risks_of(project: Project) -> list[Risk]:
    """The project's risks with their assessments, the highest open ones first."""
    found: dict[int, Risk] = {}
    for row in _assessments(project=project.pk):
        found.setdefault(row.risk_id, row.risk).last_assessment = row
    return sorted(found.values(), key=level_of, reverse=True)


_assessments = Prepared(
    lambda project: (
        RiskAssessment.objects.filter(risk__project=project)
        .select_related("risk")
        .order_by("risk__raised_at", "risk", "pk")
    )
)


def returns_of(project: Project) -> list[MonitoringReturn]:
    """The project's returns, the latest first."""
    found = _returns(project=project.pk)
    for row in found:
        row.project = project
    return found


_returns = Prepared(
    lambda project: MonitoringReturn.objects.filter(project=project).order_by(
        "-period_starts_on", "-pk"
    )
)


IN_WORDS = {
    "active": "This project is in delivery.",
    "paused": "This project is paused.",
    "completed": "This project is completed.",
    "terminated": "This project has ended early.",
}


def barred(state: str, move: str) -> list[str]:
    """Why a project in `state` cannot make a move, in a sentence; empty where it can."""
    if state in PROJECT.moves[move].sources:
        return []
    resume = " Resume it first." if (state, move) == ("paused", "complete") else ""
    return [IN_WORDS[state] + resume]


def no_change(project: Project, kind: str = "") -> list[str]:
    """Why no change (of a kind) can be asked for now, in a sentence; empty where it can."""
    if project.state not in LIVE:
        return [f"{IN_WORDS[project.state]} It no longer changes."]
    waiting = project.change_requests.filter(kind=ChangeRequest.Kind.MONEY, state="requested")
    if kind == ChangeRequest.Kind.MONEY and waiting.exists():
        return ["A change of money waits for a decision already. Withdraw it first."]
    return []


def left_to_complete(project: Project) -> list[str]:
    """What stands in the way of completing the project, in sentences."""
    open_ = project.milestones.filter(state__in=["planned", "reported"]).order_by("position")
    left = [
        f"“{row.title}” is "
        + ("reported and not confirmed yet." if row.state == "reported" else "not achieved yet.")
        for row in open_
    ]
    if project.level_conditions.filter(state="set").exists():
        left.append("A condition of the grant is neither met nor released.")
    return [*left, *_undecided(project)]


def left_to_end(project: Project, claims: Iterable[str]) -> list[str]:
    """What stands in the way of ending the project early; `claims` wait for the department."""
    left = [f"Claim {reference} waits for a decision." for reference in claims]
    return [*left, *_undecided(project)]


def _undecided(project: Project) -> list[str]:
    rows = project.change_requests.filter(state="requested").order_by("pk")
    return [f"The change asked for on {uk_date(x.requested_at)} is not decided yet." for x in rows]


def changes_of(project: Project) -> list[ChangeRequest]:
    """What was asked to be changed, the latest first, with the amounts of changes of money."""
    rows = project.change_requests.select_related("requested_by").order_by("-pk")
    found = list(rows)
    prefetch_related_objects([x for x in found if x.kind == ChangeRequest.Kind.MONEY], "amounts")
    return found


def last_return_of(project: Project) -> MonitoringReturn | None:
    """The latest return that has been handed in."""
    return last_of(project.returns.all())


def last_of(returns: Iterable[MonitoringReturn]) -> MonitoringReturn | None:
    """The latest of these that has been handed in."""
    sent = (row for row in returns if row.state != "due")
    return max(sent, key=lambda row: row.period_ends_on, default=None)


def is_waited_for(view: MilestoneView) -> bool:
    """Whether a milestone is achieved or its project goes on, so that its dates say something."""
    return bool(view.achieved_on) or view.milestone.project.state not in {"paused", "terminated"}


def status_of(view: MilestoneView, today: date) -> State:
    """How a milestone does; of one that nobody waits for, that of its project."""
    if not is_waited_for(view):
        resting: State = view.milestone.project.status
        return resting
    word = view.status(today)
    return STATUSES["reported" if view.reported and word != "achieved" else word]


def with_progress(projects: ProjectQuerySet, today: date) -> QuerySet[Project]:
    """Adds `behind` (milestones overdue), `next_on` (next date) and `open_milestones`."""
    # Of what is paused, completed or ended nothing falls due.
    planned = Q(milestones__state="planned", state="active")
    return projects.for_lists().annotate(
        open_milestones=Count("milestones", filter=planned),
        behind=Count("milestones", filter=planned & Q(milestones__baseline_on__lt=today)),
        next_on=Min("milestones__baseline_on", filter=planned),
    )


def _of(projects: QuerySet[Project]) -> Q:
    """What belongs to one of `projects`; no condition where these are all there are."""
    compiler = projects.query.get_compiler(using=projects.db)
    try:
        compiler.compile(projects.query.where)
    except FullResultSet:
        return Q()
    except EmptyResultSet:
        pass
    return Q(project__in=projects)


def milestones_for_lists(projects: QuerySet[Project]) -> QuerySet[Milestone]:
    """Milestones with `expected_on`, the day last forecast."""
    return (
        Milestone.objects.filter(_of(projects))
        .select_related("project__organisation", "project__programme")
        .annotate(expected_on=_last_forecast())
    )


@cache
def _last_forecast() -> Coalesce:
    facts = MilestoneFact.objects.filter(
        milestone=OuterRef("pk"), kind=MilestoneFact.Kind.FORECAST
    ).order_by("-pk")
    return Coalesce(Subquery(facts.values("on")[:1]), F("baseline_on"))


def status_of_return(row: MonitoringReturn) -> State:
    """Its own; of one that is due while its project rests, that of the project."""
    waits = row.state != "due" or row.project.state not in {"paused", "terminated"}
    return row.status if waits else row.project.status


def returns_for_lists(projects: QuerySet[Project]) -> QuerySet[MonitoringReturn]:
    rows = MonitoringReturn.objects.filter(_of(projects))
    return rows.select_related("project__organisation", "submitted_by")


def evidence_of(milestone: Milestone) -> QuerySet[StoredFile]:
    return files_of(milestone, "evidence")


EVIDENCE = Rule(
    "delivery.evidence",
    "Evidence for milestones",
    "Whoever reports a milestone as achieved attaches evidence or describes it.",
)


def evidence_waived(milestone: Milestone) -> Waiver | None:
    """The waiver by which this milestone may be reported without evidence."""
    project = milestone.project
    return waived(EVIDENCE.key, project.organisation, project.programme_id, *around(project))
