"""A Django bound field as the GOV.UK component that suits it."""

from django import forms
from django.utils.safestring import SafeString, mark_safe

from carefund.core.forms import DateField, DateParts, FilterForm, MoneyField, WordLimit
from carefund.core.keeping import Lately

from .govuk import component

PASSED_ON = ("autocomplete", "inputmode", "pattern", "spellcheck", "autocapitalize")
# What the components set themselves, and what would stop people from pasting or submitting.
DROPPED = (
    *("id", "name", "class", "type", "value", "rows", "cols"),
    *("maxlength", "required", "placeholder"),
    *("min", "max", "step"),  # numbers are typed as text, which has none of these
)


# Lists of choices drawn lately.
_DRAWN: Lately[SafeString] = Lately(200)


def render(bound, **given) -> SafeString:
    if bound.is_hidden:
        return mark_safe(str(bound))
    if not given and (drawn := _plain_select(bound)):
        return drawn
    kind, params = describe(bound)
    settings = settings_of(bound)
    conditional = {**settings.pop("conditional", {}), **given.pop("conditional", {})}
    hints = settings.pop("choice_hints", {})
    merge(params, settings)
    heading = given.pop("heading", False)
    merge(params, given)
    _reveal(bound, params, conditional, hints)
    if heading:
        _as_heading(params)
    # Filters look the same from page to page.
    return component(kind, params, again=isinstance(bound.form, FilterForm))


def _plain_select(bound) -> SafeString | None:
    """A list of choices in a filter, where only its choices and what is chosen make a difference.

    Such a list may have a hundred of them; it is known as a whole, not choice by choice.
    """
    field, form = bound.field, bound.form
    if not isinstance(form, FilterForm) or type(field.widget) is not forms.Select:
        return None
    choices = tuple(field.choices)
    unlike = bound.errors or bound.help_text or field.disabled or field.widget.attrs
    if unlike or settings_of(bound) or {type(text) for _, text in choices} != {str}:
        return None
    chosen = tuple(map(str, _many(bound.value())))
    known_as = (type(form), bound.auto_id, bound.html_name, label_of(bound), choices, chosen)
    return _DRAWN.find(known_as) or _DRAWN.keep(known_as, component(*describe(bound)))


def settings_of(bound) -> dict:
    return dict(getattr(bound.form, "field_settings", {}).get(bound.name, {}))


def revealed(form) -> set[str]:
    """Names of fields that appear under a choice, and so not by themselves."""
    settings = getattr(form, "field_settings", {})
    return {name for one in settings.values() for name in one.get("conditional", {}).values()}


def describe(bound) -> tuple[str, dict]:
    field, widget = bound.field, bound.field.widget
    for kinds, make in KINDS:
        if isinstance(widget, kinds):
            return make(bound, field, widget, _common(bound))
    return _input(bound, field, widget, _common(bound))


def merge(into: dict, more: dict) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            merge(into[key], value)
        else:
            into[key] = value


def _common(bound):
    attrs = bound.field.widget.attrs
    params = {
        "id": bound.id_for_label or bound.auto_id,
        "name": bound.html_name,
        "label": {"text": label_of(bound), "classes": "govuk-label--s"},
        "attributes": {k: v for k, v in attrs.items() if k not in (*DROPPED, *PASSED_ON)},
        **{key: attrs[key] for key in PASSED_ON if key in attrs},
    }
    if attrs.get("class"):
        params["classes"] = attrs["class"]
    if bound.help_text:
        params["hint"] = {"html": bound.help_text}
    if bound.errors:
        params["errorMessage"] = {"text": ". ".join(map(str, bound.errors))}
    if bound.field.disabled:
        params["disabled"] = True
    return params


def label_of(bound) -> str:
    label = str(bound.label or "")
    lone_box = isinstance(bound.field.widget, forms.CheckboxInput)
    told = lone_box or "(optional)" in label or not getattr(bound.form, "marks_optional", True)
    optional = not bound.field.required and not told
    return f"{label} (optional)" if optional else label


def _input(bound, field, widget, params):
    kind = getattr(widget, "input_type", "text") or "text"
    params |= {"type": "text" if kind == "number" else kind, "value": _value(bound)}
    if isinstance(field, MoneyField):
        params.setdefault("inputmode", "decimal")
        params["prefix"] = {"text": "£"}
        params.setdefault("classes", "govuk-input--width-10")
    elif isinstance(field, forms.IntegerField):
        decimal = isinstance(field, forms.DecimalField | forms.FloatField)
        params.setdefault("inputmode", "decimal" if decimal else "numeric")
        params.setdefault("classes", "govuk-input--width-5")
    elif isinstance(field, forms.EmailField):
        params |= {"type": "email", "spellcheck": False}
        params.setdefault("autocomplete", "email")
    return "input", params


def _textarea(bound, field, widget, params):
    params |= {"value": _value(bound), "rows": widget.attrs.get("rows", 5)}
    words = next((v.limit for v in field.validators if isinstance(v, WordLimit)), None)
    letters = getattr(field, "max_length", None)
    if words:
        return "character-count", params | {"maxwords": words}
    if letters:
        return "character-count", params | {"maxlength": letters}
    return "textarea", params


def _password(_bound, _field, _widget, params):
    params.setdefault("autocomplete", "current-password")
    return "password-input", params


def _file(_bound, _field, widget, params):
    if getattr(widget, "allow_multiple_selected", False):
        params["multiple"] = True
    return "file-upload", params | {"javascript": False}


def _date(bound, _field, widget, params):
    value = bound.value()
    texts = value if isinstance(value, list | tuple) else widget.decompress(value)
    wrong = wrong_parts(bound)
    params["items"] = [
        {
            "name": f"{bound.html_name}_{part}",
            "id": f"{params['id']}_{part}",
            "label": part.capitalize(),
            "value": "" if text is None else str(text),
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if part in wrong else ""),
            # A month may be typed as a word.
            "inputmode": "text" if part == "month" else "numeric",
        }
        for part, text in zip(("day", "month", "year"), texts, strict=True)
    ]
    params.setdefault("hint", {"text": "For example, 27 3 2026"})
    return "date-input", _in_fieldset(params)


def wrong_parts(bound) -> tuple[str, ...]:
    if not bound.errors:
        return ()
    for error in bound.errors.as_data():
        if parts := (error.params or {}).get("parts"):
            return tuple(parts)
    return ("day", "month", "year")


def _choices(kind):
    def make(bound, field, _widget, params):
        chosen = {str(v) for v in _many(bound.value())}
        items = [
            item for item in _items(field.choices, chosen) if kind != "radios" or item["value"]
        ]
        if not getattr(bound.form, "marks_optional", True):
            params.setdefault("classes", f"govuk-{kind}--small")
        return kind, _in_fieldset(params | {"idPrefix": params["id"], "items": items})

    return make


def _select(bound, field, _widget, params):
    chosen = {str(v) for v in _many(bound.value())}
    items = [
        {"value": i["value"], "text": i["text"], "selected": i["checked"]}
        for i in _items(field.choices, chosen)
    ]
    return "select", params | {"items": items}


def _lone_checkbox(bound, _field, widget, params):
    value = bound.value()
    checked = widget.check_test(value) if not isinstance(value, str) else value not in ("", "False")
    item = {"value": "on", "text": params.pop("label")["text"], "checked": checked}
    item["id"] = params["id"]
    if hint := params.pop("hint", None):
        item["hint"] = hint
    return "checkboxes", params | {"idPrefix": params["id"], "items": [item]}


def _items(choices, chosen):
    for value, text in choices:
        if isinstance(text, list | tuple):
            yield from _items(text, chosen)
            continue
        sent = "" if value is None else str(value)
        yield {"value": sent, "text": str(text), "checked": sent in chosen}


def _many(value):
    if value is None:
        return [""]
    return value if isinstance(value, list | tuple | set) else [value]


def _value(bound):
    value = bound.value()
    return "" if value is None else str(bound.field.widget.format_value(value) or "")


def _in_fieldset(params):
    legend = {**params.pop("label"), "classes": "govuk-fieldset__legend--s"}
    return params | {"fieldset": {"legend": legend}}


def _as_heading(params):
    target, size = params.get("label"), "govuk-label--l"
    if "fieldset" in params:
        target, size = params["fieldset"]["legend"], "govuk-fieldset__legend--l"
    target.update(classes=size, isPageHeading=True)


def _reveal(bound, params, conditional, hints):
    for item in params.get("items", ()):
        if item.get("value") in conditional:
            inner = render(bound.form[conditional[item["value"]]])
            item["conditional"] = {"html": inner}
        if item.get("value") in hints:
            item["hint"] = {"text": hints[item["value"]]}


def first_id(bound) -> str:
    """The id of the control that the error summary leads to."""
    base = bound.id_for_label or bound.auto_id
    if isinstance(bound.field, DateField):
        return f"{base}_{(wrong_parts(bound) or ('day',))[0]}"
    return base


# The first match wins, so the special comes before the general.
KINDS = (
    (DateParts, _date),
    (forms.PasswordInput, _password),
    (forms.Textarea, _textarea),
    ((forms.CheckboxSelectMultiple, forms.SelectMultiple), _choices("checkboxes")),
    (forms.RadioSelect, _choices("radios")),
    (forms.Select, _select),
    (forms.CheckboxInput, _lone_checkbox),
    (forms.FileInput, _file),
)
