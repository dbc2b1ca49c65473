"""What the rules of a form may know of its call."""

from typing import Any

from carefund.core.clock import LONDON

from .models import Call


def facts_of(call: Call) -> dict[str, Any]:
    """Name -> value, for each of `carefund.questions.facts.FACTS`."""
    return {
        "call.minimum": call.smallest_award,
        "call.maximum": call.largest_award,
        "call.total": call.total,
        "call.starts": call.project_starts_on,
        "call.ends": call.project_ends_on,
        "call.closes": call.closes_at.astimezone(LONDON).date(),
    }
