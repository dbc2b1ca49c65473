"""Sample self-assessments: fictional councils only, two of them a year apart."""

from datetime import timedelta

from carefund.core import clock
from carefund.core.actors import SYSTEM
from programmes.organisations.models import Organisation
from programmes.standards import actions, reference
from programmes.standards.models import Level, Standard

from .people import COUNCILS
from .samples import dice

CODE = "what-good-looks-like"
MOST = 8
STEPS = 4
WORDS = "Sample text. Named in the digital strategy, with a report to the cabinet each year."


def load() -> int:
    """Returns how many were made."""
    reference.load()
    standard = Standard.objects.newest().get(code=CODE)
    fictional = Organisation.objects.authorities().filter(is_sample=True, valid_to=None)
    rows = list(fictional.order_by("org_id"))
    own = [row for row in rows if row.org_id in COUNCILS]
    others = [row for row in rows if row.org_id not in COUNCILS][:MOST]
    ago = clock.now() - timedelta(days=365)
    for place in own:
        with clock.replaying(ago):
            _one(place, standard, 0)
    with clock.replaying(clock.now() - timedelta(days=30)):
        for place in [*own, *others]:
            _one(place, standard, 1)
    return 2 * len(own) + len(others)


def _one(place: Organisation, standard: Standard, more: int) -> None:
    row = actions.start(organisation=place, standard=standard, by=SYSTEM)
    chance = dice("standing", place.org_id)
    levels = Level.objects.filter(measure__standard=standard).select_related("measure")
    by_measure: dict[int, dict[int, Level]] = {}
    for level in levels:
        by_measure.setdefault(level.measure_id, {})[level.level] = level
    for steps in by_measure.values():
        level = steps[min(chance.randint(1, STEPS - 1) + more, STEPS)]
        actions.save_answer(
            assessment=row,
            measure=level.measure,
            level=level,
            evidence=WORDS,
            seen=0,
            by=SYSTEM,
        )
    actions.submit(assessment=row, by=SYSTEM)
