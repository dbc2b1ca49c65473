"""What rules may know of the call besides the answers. Whoever owns the call gives the values."""

from .expressions import Known
from .expressions.kinds import DATE, NUMBER

FACTS = {
    "call.minimum": Known(NUMBER, label="the smallest award of the call"),
    "call.maximum": Known(NUMBER, label="the largest award of the call"),
    "call.total": Known(NUMBER, label="the money on offer in all"),
    "call.starts": Known(DATE, label="the first day of projects"),
    "call.ends": Known(DATE, label="the last day of projects"),
    "call.closes": Known(DATE, label="the day on which the call closes"),
}
