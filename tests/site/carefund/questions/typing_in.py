"""What a browser sends back when a person presses save without touching anything."""

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from carefund.core.forms import DateField
from carefund.questions.entries.grid import Grid


def posted_back(form):
    data = QueryDict(mutable=True)
    for entry in form.entries:
        data[f"revision-{entry.question.key}"] = "1"
        for inner in entry.forms:
            for bound in inner:
                _send(data, bound, is_cell=isinstance(inner, Grid))
    return data


def _send(data, bound, *, is_cell):
    if is_cell:
        data[bound.name] = str(bound.field.prepare_value(bound.value) or "")
        return
    value = bound.value()
    if isinstance(bound.field, DateField):
        for part, number in zip(
            ("day", "month", "year"), bound.field.widget.decompress(value), strict=True
        ):
            data[f"{bound.html_name}_{part}"] = "" if number is None else str(number)
    elif isinstance(value, list):
        data.setlist(bound.html_name, value)
    elif isinstance(value, bool):
        if value:
            data[bound.html_name] = "on"
    elif value is not None and not isinstance(value, MultiValueDict):
        data[bound.html_name] = str(value)
