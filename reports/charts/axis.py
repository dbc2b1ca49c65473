"""A scale from values to the page, with round steps that always include zero."""

import math
from dataclasses import dataclass
from decimal import Decimal

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class Axis:
    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def ticks(self) -> list[Decimal]:
        count = int((self.high - self.low) / self.step)
        return [self.low + self.step * place for place in range(count + 1)]

    def share(self, value: Decimal | int) -> float:
        """Where a value lies between the ends, 0 to 1."""
        return float((Decimal(value) - self.low) / (self.high - self.low))


def axis_for(values: list[Decimal], ticks: int = 5, most: Decimal | None = None) -> Axis:
    """From zero (or below, for negative values) to a round number; `most` fixes the top."""
    low = min([*values, Decimal(0)])
    high = max([*values, Decimal(0)] if most is None else [*values, most])
    if low == high:
        high = Decimal(1)
    step = _round_step((high - low) / ticks)
    return Axis(low=step * math.floor(low / step), high=step * math.ceil(high / step), step=step)


def _round_step(rough: Decimal) -> Decimal:
    scale = Decimal(10) ** rough.adjusted()
    return next(step * scale for step in STEPS if step * scale >= rough)
