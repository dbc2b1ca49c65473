"""The national target."""

from collections.abc import Iterator

from programmes.targets.queries import MEASURED

from .facts import Facts
from .model import How, Row, Unit
from .registry import figure
from .stocks import Grain


@figure(
    "target",
    "National target: latest measured value",
    "The newest measured value for England of the target that the programme serves.",
    formula="The measured, derived or at-least statement with the latest date",
    source="Published statements about the target, each with its source",
    unit=Unit.PERCENT,
    how=How.LATEST,
)
def target(facts: Facts, _grain: Grain) -> Iterator[Row]:
    for said in facts.statements:
        if said.kind in MEASURED:
            yield Row(
                record="Target observation",
                pk=said.pk,
                what=said.statement or said.get_kind_display(),
                who="England",
                on=said.on,
                amount=said.value,
                sample=said.is_sample,
                source=said.source,
            )
