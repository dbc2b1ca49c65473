from datetime import date, datetime
from typing import Any

from django import template

from carefund.core.clock import LONDON

from .. import queries

register = template.Library()


@register.filter
def named_on(organisation: Any, day: date | datetime | None) -> str:
    """Its name on that day, with what it is called or was followed by now: “Old (now New)”."""
    if isinstance(day, datetime):
        day = day.astimezone(LONDON).date()
    then = queries.name_on(organisation, day) if day else organisation.name
    now = queries.names_now(organisation)
    return then if [then] == now else f"{then} (now {' and '.join(now)})"
