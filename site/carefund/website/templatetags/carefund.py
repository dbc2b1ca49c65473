"""The tags and filters of every page; `docs/components.md` shows each in use."""

from functools import cache, lru_cache

from django import template
from django.template import defaulttags
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import NoReverseMatch
from django.utils.safestring import SafeString, mark_safe

from carefund.core import formats, parts
from carefund.core.markup import filled, filled_each, text
from carefund.core.paths import path_to
from carefund.core.tags import coloured_tag, state_tag
from carefund.questions.writing import answers
from carefund.website import bound_fields, govuk, lists, timelines

register = template.Library()


@register.simple_tag(name="govuk")
def govuk_component(component_name, /, **params):
    return govuk.component(component_name, govuk.nested(params))


@register.simple_block_tag(name="govukblock", end_name="endgovukblock")
def govuk_block(content, component_name, /, **params):
    return govuk.component(component_name, {**govuk.nested(params), "html": content})


@register.simple_tag
@cache
def asset(path):
    """`static`, asked once for the life of the process: its files do not change."""
    return static(path)


register.simple_tag(path_to)


@register.tag
def url(parser, token):
    """Django's `url`, whose addresses are worked out once for the process."""
    made = defaulttags.url(parser, token)
    return _Address(made.view_name, made.args, made.kwargs, made.asvar)


class _Address(defaulttags.URLNode):
    def render(self, context):
        if self.kwargs:
            return super().render(context)
        args = [arg.resolve(context) for arg in self.args]
        try:
            found = text(path_to(self.view_name.resolve(context), *args))
        except NoReverseMatch:
            # Told, or not, as Django tells it.
            return super().render(context)
        if self.asvar:
            context[self.asvar] = found
            return ""
        return found


@register.simple_tag(takes_context=True)
def service_header(context):
    """`layouts/_header.html`, which is the same for a person from page to page."""
    user = context.get("user")
    known = user is not None and user.is_authenticated
    navigation = context.get("navigation")
    items = navigation() if navigation else ()
    return _header(
        (user.get_full_name() or user.email) if known else "",
        tuple((item["text"], item["href"], item["active"]) for item in items),
        asked=bool(context.get("request")),
        known=known,
        example=context.get("example", False),
    )


@lru_cache(maxsize=500)
def _header(name, items, **flags):
    navigation = [dict(zip(("text", "href", "active"), item, strict=True)) for item in items]
    template = get_template("layouts/_header.html")
    return mark_safe(template.render({"name": name, "navigation": navigation, **flags}))


@register.simple_tag(name="field")
def field(bound, /, **params):
    return bound_fields.render(bound, **govuk.nested(params))


@register.simple_tag
def form_fields(form):
    apart = bound_fields.revealed(form)
    shown = [bound_fields.render(bound) for bound in form if bound.name not in apart]
    return mark_safe("\n".join(shown))


@register.simple_tag
def error_summary(*forms):
    errors = [error for form in forms if form for error in _errors_of(form)]
    if not errors:
        return ""
    return govuk.component(
        "error-summary", {"titleText": "There is a problem", "errorList": errors}
    )


@register.simple_tag
def error_prefix(*forms):
    """Begins the page title, so that a screen reader says first that something is wrong."""
    return "Error: " if any(True for form in forms if form for _ in _errors_of(form)) else ""


def _errors_of(form):
    if not getattr(form, "is_bound", False):
        return
    if hasattr(form, "management_form"):
        for text in form.non_form_errors():
            yield {"text": text}
        for inner in form.forms:
            yield from _errors_of(inner)
        return
    first = next((bound for bound in form if not bound.is_hidden), None)
    for text in form.non_field_errors():
        yield {"text": text, **({"href": "#" + bound_fields.first_id(first)} if first else {})}
    for bound in form:
        for text in bound.errors:
            yield {"text": text, "href": "#" + bound_fields.first_id(bound)}


@register.simple_tag(takes_context=True)
def pagination(context, page_obj, param="page"):
    return lists.pagination(context["request"], page_obj, param)


@register.simple_tag(takes_context=True)
def sort_header(context, key, label, *, numeric=False, param="sort"):
    return lists.sort_header(context["request"], key, label, numeric=numeric, param=param)


@register.simple_tag(takes_context=True)
def filter_chips(context, form):
    return lists.chips(context["request"], form)


register.filter(state_tag)


@register.simple_tag(takes_context=True)
def column_heads(context, columns):
    return lists.heads(context["request"], columns)


@register.simple_tag
def column_rows(columns, rows):
    return lists.rows(columns, rows)


register.simple_tag(name="tag")(coloured_tag)


SUBPAGE = """
    <li><a class="govuk-link" href="{}"{}>{}{}</a></li>"""
CURRENT = SafeString(' aria-current="page"')


@register.simple_tag
def subnav_items(items):
    """Each with text, href, current and perhaps how many things stand there (count)."""
    return filled_each("", SUBPAGE, map(_subpage, items))


def _subpage(item):
    count = item.get("count")
    number = f"{count:,}" if isinstance(count, int) else count
    current = CURRENT if item.get("current") else ""
    return item["href"], current, item["text"], f" ({number})" if number else ""


@register.simple_tag
def timeline_items(entries):
    return timelines.items(entries)


register.simple_tag(parts.summary_rows)
register.simple_tag(parts.data_row)


@register.simple_tag
def written_answers(sections, prefix=""):
    return answers(sections, prefix)


def _filter(name, function):
    def apply(value):
        return "" if value is None or value == "" else function(value)

    register.filter(name, apply)


for _name, _function in (
    ("money", formats.money),
    ("money_short", formats.money_short),
    ("fy", formats.financial_year),
    ("percent", formats.percent),
    ("uk_date", formats.uk_date),
    ("uk_instant", formats.uk_instant),
    ("uk_exact", formats.uk_exact),
    ("ago", formats.ago),
    ("time_left", formats.time_left),
    ("closes", formats.closes),
):
    _filter(_name, _function)


@register.filter
def plain(value) -> SafeString | str:
    """Text with its line breaks, for long answers in tables and summary lists."""
    return filled('<span class="cf-plain">{}</span>', value or "")
