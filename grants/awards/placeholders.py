"""What may stand in braces in a letter, and what comes in its place."""

import re
from collections.abc import Mapping

KNOWN = {
    "reference": "the reference of the bid",
    "title": "the title of the bid",
    "organisation": "the authority that bid",
    "call": "the call",
    "programme": "the programme",
    "funder": "the department",
    "requested": "what was asked for",
    "amount": "what is offered",
    "answer_by": "until when the offer is answered",
    "reason": "the reason of the decision",
    "conditions": "the conditions of the grant",
    "date": "the day of the letter",
}
_BRACES = re.compile(r"\{([^{}]*)\}")


def unknown_in(text: str) -> list[str]:
    """What stands in braces and is no placeholder, in order."""
    return [name for name in _BRACES.findall(text) if name.strip() not in KNOWN]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Each placeholder once: what comes in its place is never read again."""
    return _BRACES.sub(lambda found: values.get(found[1].strip(), found[0]), text)
