import json
from hmac import compare_digest

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from carefund.core.access import permitted, public, signed_in
from carefund.core.outcomes import NothingToEnter, form_page, sent
from carefund.core.paths import path_to

from . import folder, queries
from .actions import choose, mail_again, mark_read, note_bounce, try_again
from .forms import PreferencesForm
from .queries import row_of_reference

PERMANENT = "permanent-failure"
MOST_BYTES = 20_000


@signed_in
def message_list(request):
    rows = queries.messages_of(request.user)
    context = {
        "page_obj": Paginator(rows, 50).get_page(request.GET.get("page")),
        "unread": queries.unread(request.user),
        "stopped": queries.stopped(request.user.email),
    }
    return render(request, "notify/list.html", context)


@signed_in
def message_detail(request, number):
    """Opening a message marks it as read, as in any mailbox."""
    rows = queries.messages_of(request.user)
    message = get_object_or_404(rows, pk=number)
    mark_read(messages=rows.filter(pk=number), by=request.user)
    return render(request, "notify/detail.html", {"message": message})


@signed_in
@require_POST
def read_all(request):
    mark_read(messages=queries.messages_of(request.user), by=request.user)
    return redirect("notify:list")


@signed_in
def preferences(request):
    wishes = queries.preferences_of(request.user)
    return form_page(
        request,
        sent(request, PreferencesForm, wishes=wishes),
        do=lambda form: choose(wishes=form.cleaned_data, by=request.user) or True,
        to=path_to("notify:preferences"),
        done="Your choices are saved.",
        template="notify/preferences.html",
        heading="How we write to you",
        submit_label="Save",
        cancel_url=path_to("notify:list"),
    )


@permitted("notify.manage")
def stopped(request):
    """Mail that does not arrive: addresses that take none, and deliveries that were given up."""
    context = {
        "page_obj": Paginator(queries.stopped_addresses(), 50).get_page(request.GET.get("page")),
        "jobs": queries.undelivered()[:50],
        "backlog": queries.backlog(),
    }
    return render(request, "notify/stopped.html", context)


@permitted("notify.manage")
def resume(request, number):
    row = get_object_or_404(queries.stopped_addresses(), pk=number)
    return form_page(
        request,
        sent(request, NothingToEnter),
        do=lambda form: mail_again(stopped=row, by=request.user),
        to=path_to("notify:stopped"),
        done=f"We mail to {row.address} again.",
        template="layouts/confirm.html",
        heading=f"Mail to {row.address} again",
        consequences=["messages from now on are mailed", "what was held stays in the service"],
        submit_label="Mail to it again",
        cancel_url=path_to("notify:stopped"),
    )


@permitted("notify.manage")
@require_POST
def retry(request, number):
    job = get_object_or_404(queries.undelivered(), pk=number)
    try_again(job=job, by=request.user)
    messages.success(request, "The delivery is tried again.")
    return redirect("notify:stopped")


@public
@csrf_exempt
@require_POST
def notify_hook(request):
    """GOV.UK Notify tells what became of a mail; it shows the bearer token that we gave it."""
    token = settings.GOVUK_NOTIFY_CALLBACK_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not compare_digest(given.encode(), token.encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    try:
        news = json.loads(request.body[:MOST_BYTES])
        reference, status, to = news["reference"], news["status"], news["to"]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "reference, status and to are needed"}, status=400)
    row = row_of_reference(str(reference))
    if status == PERMANENT and row and row.address.lower() == str(to).lower():
        note_bounce(address=row.address, reason="GOV.UK Notify: permanent failure", message=row)
    return HttpResponse(status=204)


@public
@require_safe
def mails(request):
    """The mails of the example, for developers. Where mail is real this page does not exist."""
    _only_in_the_example()
    return render(request, "notify/mails.html", {"mails": folder.mails()})


@public
@require_safe
def mail(request, name):
    _only_in_the_example()
    found = folder.mail(name)
    if found is None:
        raise Http404
    return render(request, "notify/mail.html", {"mail": found})


def _only_in_the_example():
    if not (settings.CAREFUND_EXAMPLE and hasattr(settings, "EMAIL_FILE_PATH")):
        raise Http404
