"""The entries of a timeline: written here, as fifty of them take a template long."""

from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from carefund.core.formats import uk_instant
from carefund.core.markup import filled, filled_each
from carefund.core.tags import state_tag

ITEM = """<li class="cf-timeline__item govuk-body">
    <p class="govuk-body govuk-!-font-weight-bold">{}{}</p>
    <p class="cf-note"><time datetime="{}">{}</time>{}{}</p>{}{}
  </li>"""
REASON = """
    <p class="cf-timeline__reason">{}</p>"""
CHANGES = """
    <details class="govuk-details"><summary class="govuk-details__summary">\
<span class="govuk-details__summary-text">What changed<span class="govuk-visually-hidden">: {}\
</span></span></summary>
      <div class="govuk-details__text"><dl class="cf-amounts">{}</dl></div>
    </details>"""
CHANGE = """<div><dt>{}</dt><dd>{} <span aria-hidden="true">→</span>\
<span class="govuk-visually-hidden">became</span> {}</dd></div>"""


def items(entries: list[dict[str, Any]]) -> SafeString:
    """Each with what, who, roles, at (instant), reason, tag (a state) and changes."""
    return filled_each("\n  ", ITEM, map(_item, entries))


def _item(entry: dict[str, Any]) -> tuple[Any, ...]:
    what, at = entry["what"], entry["at"]
    tag, who, roles = (entry.get(key) for key in ("tag", "who", "roles"))
    reason, changes = entry.get("reason"), entry.get("changes")
    return (
        what,
        filled(" {}", state_tag(tag, "")) if tag else "",
        timezone.localtime(at).strftime("%Y-%m-%dT%H:%M:%S%z"),
        uk_instant(at),
        filled(" by {}", who) if who else "",
        filled(" ({})", ", ".join(map(str, roles))) if roles else "",
        filled(REASON, reason) if reason else "",
        filled(CHANGES, what, filled_each("", CHANGE, map(_change, changes))) if changes else "",
    )


def _change(change: dict[str, str]) -> tuple[str, str, str]:
    return change["label"], change["before"], change["after"]
