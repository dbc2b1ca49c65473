"""An organisation says where it stands, measure by measure, and submits it for good."""

from typing import Any

from django.db import transaction

from carefund.core import clock, states
from carefund.core.actors import Actor, person
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record
from carefund.files.actions import store, take_out
from carefund.files.models import StoredFile
from programmes.organisations.models import Organisation

from .. import queries
from ..models import Answer, Level, Measure, SelfAssessment, Standard


class Unfinished(Refused):
    """`problems` pairs each measure that is not ready with what is missing."""

    def __init__(self, problems: list[tuple[Measure, str]]) -> None:
        self.problems = problems
        super().__init__("The self-assessment is not finished. Answer every measure.")


class Changed(Refused):
    """Somebody else has saved the measure meanwhile; `answer` is what stands there now."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        who = answer.saved_by or "Somebody"
        said = f" and wrote: “{answer.evidence}”" if answer.evidence else ""
        super().__init__(
            f"{who} has saved this measure meanwhile. They chose level {answer.level.level}{said}. "
            "What you entered is still here. Save again to replace what they saved."
        )


def start(*, organisation: Organisation, standard: Standard, by: Actor) -> SelfAssessment:
    """Begin a self-assessment; the one in progress is returned where there is one."""
    require(by, "standards.assess", organisation)
    if not queries.assesses_itself(organisation):
        raise Refused("Only local authorities and care providers assess themselves.")
    if not Standard.objects.newest().filter(pk=standard.pk).exists():
        raise Refused("There is a newer version of this standard. Use that one.")
    with transaction.atomic():
        row, new = SelfAssessment.objects.get_or_create(
            organisation=organisation,
            standard=standard,
            state="draft",
            defaults={"started_by": person(by), "is_sample": organisation.is_sample},
        )
        if new:
            record("self-assessment.start", row, by=by)
    return row


def save_answer(
    *,
    assessment: SelfAssessment,
    measure: Measure,
    level: Level,
    evidence: str,
    seen: int,
    by: Actor,
    file: Any = None,
) -> Answer:
    """Give a measure its level and what shows it. `seen`: the revision that the person saw.

    Raises `Changed` when somebody else has saved it since.
    """
    require(by, "standards.assess", assessment)
    if level.measure_id != measure.pk or measure.standard_id != assessment.standard_id:
        raise Refused("Choose one of the levels of this measure.")
    with transaction.atomic():
        _draft(assessment)
        answer = assessment.answers.filter(measure=measure).select_related("level").first()
        if answer and answer.revision != seen:
            raise Changed(answer)
        before = (answer.level.level, answer.evidence) if answer else (None, None)
        row = answer or Answer(assessment=assessment, measure=measure, revision=0)
        saved = _write(row, level, evidence.strip(), by)
        if file:
            store(upload=file, subject=saved, role="evidence", by=by)
        changes = {
            f"level of {measure.title}": (before[0], level.level),
            f"evidence for {measure.title}": (before[1], saved.evidence),
        }
        moved = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        record("self-assessment.answer", assessment, by=by, changes=moved)
    return saved


def remove_evidence(*, assessment: SelfAssessment, file: StoredFile, by: Actor) -> None:
    """Take a wrong file out of a draft. Its content is deleted; the record says which it was."""
    require(by, "standards.assess", assessment)
    with transaction.atomic():
        _draft(assessment)
        name = file.name
        take_out(stored=file, by=by)
        record("self-assessment.remove_file", assessment, by=by, changes={"file": (name, None)})


def _draft(assessment: SelfAssessment) -> SelfAssessment:
    """The row, locked; submitted ones no longer change."""
    locked = SelfAssessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if locked.state != "draft":
        raise Refused("This self-assessment has been submitted or discarded. Nothing changed.")
    return locked


def _write(row: Answer, level: Level, evidence: str, by: Actor) -> Answer:
    row.level, row.evidence = level, evidence
    row.revision += 1
    row.saved_at, row.saved_by = clock.now(), person(by)
    row.save()
    return row


def submit(*, assessment: SelfAssessment, by: Actor) -> SelfAssessment:
    """Submit it for good. Raises `Unfinished` with what is missing."""
    require(by, "standards.assess", assessment)

    def finished(locked: SelfAssessment) -> None:
        missing = [(p.measure, p.problem) for p in queries.parts_of(locked) if p.problem]
        if missing:
            raise Unfinished(missing)

    with transaction.atomic():
        moved = states.move(
            assessment,
            "submit",
            by=by,
            guard=finished,
            submitted_at=clock.now(),
            submitted_by=person(by),
        )
        moved.answers.update(frozen=True)
    return moved


def discard(*, assessment: SelfAssessment, by: Actor) -> SelfAssessment:
    """Give up a draft. What was written stays on the record and counts nowhere."""
    require(by, "standards.assess", assessment)
    return states.move(assessment, "discard", by=by)
