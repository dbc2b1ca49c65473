from typing import Any

from django import template

from .. import queries

register = template.Library()


@register.inclusion_tag("waivers/_banner.html", takes_context=True)
def waivers_on(context: Any, thing: Any) -> dict[str, Any]:
    """What is waived for a bid, project or claim now, for all who see its page."""
    found, request = list(queries.touching(thing)), context.get("request")
    links = bool(found and request and request.user.has_perm("waivers.view", thing))
    return {"waivers": found, "links": links}
