"""A form that ends in one action: shown, sent, refused beside its field, or done."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .errors import NotAllowed, Refused
from .forms import GovForm

# Which field a kind of refusal belongs to: its name, or what tells the name from the refusal.
Places = Mapping[type[Refused], "str | Callable[[Any], str]"]


class NothingToEnter(GovForm, forms.Form):
    """For a page that only asks whether to go on."""


def sent(request: HttpRequest, form: Callable[..., Any], **options: Any) -> Any:
    """A form with what was sent, or an empty one."""
    if request.method == "POST":
        return form(request.POST, request.FILES, **options)
    return form(**options)


def attempt(form: Any, do: Callable[[], Any], at: Places | None = None) -> Any:
    """The result of `do`, or None when a rule refused it: the reason then stands in `form`.

    A refusal that `at` has no place for stands above the form.
    """
    try:
        return do()
    except NotAllowed:
        raise
    except Refused as refused:
        place = next((to for kind, to in (at or {}).items() if isinstance(refused, kind)), None)
        field = place(refused) if callable(place) else place
        form.add_error(field if field in form.fields else None, refused.message)
        return None


def form_page(
    request: HttpRequest,
    form: Any,
    *,
    do: Callable[[Any], Any],
    to: Callable[[Any], str] | str,
    done: str,
    at: Places | None = None,
    template: str = "layouts/form.html",
    **context: Any,
) -> HttpResponse:
    """Show `form`; once it is sent and valid, `do` what it asks, say that it is `done`, go `to`.

    `do` gets the form and returns something true. `to` may be computed from that.
    """
    if form.is_bound and form.is_valid():
        result = attempt(form, lambda: do(form), at)
        if result is not None:
            messages.success(request, done)
            return redirect(to(result) if callable(to) else to)
    return render(request, template, {"form": form, **context})
