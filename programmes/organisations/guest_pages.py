"""The pages by which the members of an organisation let guests in to one thing of theirs."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from carefund.core.forms import DateField, GovForm, RadioField
from carefund.core.outcomes import NothingToEnter, form_page, sent

HINTS = {"viewer": "Reads it", "contributor": "Reads it and helps to write it"}


class GuestForm(GovForm, forms.Form):
    name = forms.CharField(label="Full name", max_length=150)
    email = forms.EmailField(label="Email address", max_length=254)
    role = RadioField(
        label="What may they do?", choices=[("viewer", "Viewer"), ("contributor", "Contributor")]
    )
    ends_on = DateField(label="Last day of their access")
    field_settings: dict[str, Any] = {"role": {"choice_hints": HINTS}}


def people_page(request: HttpRequest, **context: Any) -> HttpResponse:
    """Context: thing, noun, back, guests, may_invite, invite_href, and `end_name` of the URL."""
    return render(request, "organisations/guests.html", context)


def invite_page(request: HttpRequest, *, thing: Any, back: str, do: Any) -> HttpResponse:
    return form_page(
        request,
        sent(request, GuestForm),
        do=lambda form: do(by=request.user, **form.cleaned_data),
        to=back,
        done="The invitation is on its way. It can be accepted for 7 days.",
        heading="Let a partner or consultant in",
        caption=str(thing),
        submit_label="Send the invitation",
        cancel_url=back,
    )


def end_page(request: HttpRequest, *, access: Any, back: str, do: Any) -> HttpResponse:
    return form_page(
        request,
        sent(request, NothingToEnter),
        do=lambda form: do(access=access, by=request.user),
        to=back,
        done="The access has ended.",
        template="layouts/confirm.html",
        heading=f"End the access of {access.who}",
        caption=str(access.what),
        consequences=["they no longer see it, at once", "what they wrote stays"],
        submit_label="End the access",
        danger=True,
        cancel_url=back,
    )
