"""Tags of states: the same words and colours in lists, on pages and in what is written by hand."""

from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString

from .markup import filled

TAG_COLOURS = {"light-blue": "teal", "light blue": "teal", "turquoise": "teal", "pink": "magenta"}


@lru_cache(maxsize=500, typed=True)
def coloured_tag(text: Any, colour: str = "") -> SafeString:
    colour = TAG_COLOURS.get(colour, colour)
    extra = f" govuk-tag--{colour}" if colour and colour != "blue" else ""
    return filled('<strong class="govuk-tag{}">{}</strong>', extra, text)


def state_tag(obj: Any, attribute: str = "state") -> SafeString:
    """The state of an object as its tag; a state itself, with a label and a colour, will do too."""
    state: Any = obj.get(attribute) if isinstance(obj, dict) else getattr(obj, attribute or "", obj)
    if isinstance(state, str):
        state = obj._meta.get_field(attribute).table.states[state]
    return coloured_tag(state.label, state.colour)


SAMPLE = coloured_tag("Sample data", "grey")
AFTER_A_NAME = filled(" {}", SAMPLE)


def marked_as_sample(is_sample: bool) -> SafeString | str:  # noqa: FBT001 - what the row says
    """What follows the name of something that was made up."""
    return AFTER_A_NAME if is_sample else ""
