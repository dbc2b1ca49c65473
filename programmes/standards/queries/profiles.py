"""What organisations said of themselves, and how they stand among all."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Prefetch, QuerySet

from carefund.files.models import StoredFile
from programmes.organisations.models import Organisation

from ..models import Answer, Level, Measure, SelfAssessment, Standard

# With fewer organisations behind them, quartiles would tell what single ones said.
FEWEST = 5
ASSESSED = [
    Organisation.Kind.LOCAL_AUTHORITY.value,
    Organisation.Kind.CARE_PROVIDER.value,
]


def with_levels(rows: QuerySet[SelfAssessment]) -> QuerySet[SelfAssessment]:
    """Self-assessments with their answers in `levels`; two queries."""
    answers = Answer.objects.select_related("measure", "level").order_by("measure__number")
    found = rows.select_related("organisation__region", "standard")
    return found.prefetch_related(Prefetch("answers", answers, "levels"))


def latest_for_lists(code: str) -> QuerySet[SelfAssessment]:
    """Of each organisation what it submitted last."""
    return with_levels(SelfAssessment.objects.last_of_each().filter(standard__code=code))


def tally(among: QuerySet[SelfAssessment]) -> list[dict[str, Any]]:
    """For each measure, how many of `among` stand at each level."""
    found = Answer.objects.filter(assessment__in=among.order_by().values("pk"))
    rows: Any = (
        found.values("measure__code", "level__level")
        .annotate(times=Count("pk"))
        .order_by("measure__code", "level__level")
    )
    return list(rows)


@dataclass(frozen=True)
class Part:
    """A measure in a self-assessment, its answer if there is one, and the level last time."""

    measure: Measure
    answer: Answer | None
    before: Level | None
    files: list[StoredFile]

    @property
    def problem(self) -> str:
        """What is missing before it can be submitted; empty when nothing is."""
        if self.answer is None:
            return "Choose a level."
        if self.answer.level.level > 1 and not self.answer.evidence and not self.files:
            return "Say what shows the level, or attach a file that does."
        return ""


def parts_of(assessment: SelfAssessment) -> list[Part]:
    """Every measure in order."""
    rows = assessment.answers.select_related("level", "measure", "saved_by")
    answers = {row.measure_id: row for row in rows}
    last = previous_of(assessment)
    before = levels_of(last) if last else {}
    files = _evidence(answers.values())
    found = []
    for measure in assessment.standard.measures.all():
        answer = answers.get(measure.pk)
        attached = files.get(str(answer.pk), []) if answer else []
        found.append(Part(measure, answer, before.get(measure.code), attached))
    return found


def _evidence(answers: Iterable[Answer]) -> dict[str, list[StoredFile]]:
    """Key of the answer -> its files, in one query."""
    kind = ContentType.objects.get_for_model(Answer)
    keys = [str(answer.pk) for answer in answers]
    rows = StoredFile.objects.filter(subject_type=kind, subject_id__in=keys, role="evidence")
    rows = rows.exclude(scan=StoredFile.Scan.REMOVED)
    found: dict[str, list[StoredFile]] = {}
    for row in rows.order_by("uploaded_at"):
        found.setdefault(row.subject_id, []).append(row)
    return found


def levels_of(assessment: SelfAssessment) -> dict[str, Level]:
    """Code of the measure -> level."""
    rows = assessment.answers.select_related("level", "measure")
    return {row.measure.code: row.level for row in rows}


def previous_of(assessment: SelfAssessment) -> SelfAssessment | None:
    """The one that the organisation submitted before it, of any version."""
    rows = _submitted(assessment.organisation, assessment.standard.code)
    if assessment.submitted_at:
        rows = rows.filter(submitted_at__lt=assessment.submitted_at)
    return rows.exclude(pk=assessment.pk).first()


def _submitted(organisation: Organisation, code: str) -> QuerySet[SelfAssessment]:
    """What it submitted of a catalogue, newest first."""
    rows = SelfAssessment.objects.submitted().filter(organisation=organisation, standard__code=code)
    return rows.select_related("standard", "organisation").order_by("-submitted_at", "-pk")


def history_of(organisation: Organisation) -> list[SelfAssessment]:
    """Everything it has begun and not discarded, newest first."""
    rows = SelfAssessment.objects.filter(organisation=organisation).exclude(state="discarded")
    return list(rows.select_related("standard", "submitted_by").order_by("-started_at", "-pk"))


@dataclass(frozen=True)
class Standing:
    """A catalogue in force: what the organisation submitted of it last, and what is in progress."""

    standard: Standard
    last: SelfAssessment | None
    draft: SelfAssessment | None


def _when(row: SelfAssessment) -> tuple[Any, int]:
    return row.submitted_at, row.pk


def state_of(organisation: Organisation) -> list[Standing]:
    rows = history_of(organisation)
    drafts = {row.standard.code: row for row in rows if row.state == "draft"}
    submitted = [row for row in rows if row.submitted_at]
    # The newest one is written last, so that it stands.
    last = {row.standard.code: row for row in sorted(submitted, key=_when)}
    return [
        Standing(standard, last.get(standard.code), drafts.get(standard.code))
        for standard in Standard.objects.newest()
    ]


def assesses_itself(organisation: Organisation) -> bool:
    """Local authorities and care providers are asked where they stand; others may not be."""
    return organisation.kind in ASSESSED


@dataclass(frozen=True)
class Spread:
    """Of one measure: the levels that a quarter, half and three quarters of them stand at most."""

    lower: int
    middle: int
    upper: int


@dataclass(frozen=True)
class National:
    """How all organisations stand in a version: how many they are, the spread when enough are."""

    organisations: int
    spread: dict[str, Spread]
    sample: bool

    @property
    def enough(self) -> bool:
        return self.organisations >= FEWEST


def national(standard: Standard) -> National:
    """From what each organisation submitted last, where that is of this version."""
    latest = SelfAssessment.objects.last_of_each().filter(standard=standard)
    count = latest.count()
    if count < FEWEST:
        return National(count, {}, sample=False)
    rows = (
        Answer.objects.filter(assessment__in=latest)
        .values_list("measure__code", "level__level")
        .annotate(times=Count("pk"))
        .order_by("measure__code", "level__level")
    )
    tallies: dict[str, dict[int, int]] = {}
    for code, level, times in rows:
        tallies.setdefault(code, {})[level] = times
    spread = {code: _spread(tally) for code, tally in tallies.items()}
    return National(count, spread, sample=latest.filter(is_sample=True).exists())


def _spread(tally: dict[int, int]) -> Spread:
    """By rank, without averaging: between two levels there is none."""
    ranked = [level for level in sorted(tally) for _ in range(tally[level])]

    def at(share: float) -> int:
        return ranked[ceil(len(ranked) * share) - 1]

    return Spread(at(0.25), at(0.5), at(0.75))


@dataclass(frozen=True)
class Profile:
    """What an organisation submitted last, beside what it submitted before and the nation."""

    this: SelfAssessment
    previous: SelfAssessment | None
    national: National
    parts: list[Part]

    @property
    def lowest(self) -> int:
        return min(part.answer.level.level for part in self.parts if part.answer)


def profile(organisation: Organisation, code: str) -> Profile | None:
    """None before anything was submitted."""
    this = _submitted(organisation, code).first()
    if this is None:
        return None
    return Profile(this, previous_of(this), national(this.standard), parts_of(this))
