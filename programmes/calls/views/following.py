"""Following calls, with or without an account."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from carefund.core.access import public, signed_in
from carefund.core.outcomes import NothingToEnter, attempt, sent
from carefund.core.paths import path_to

from .. import actions, queries
from ..forms import FollowForm


@public
def follow(request):
    """Who is signed in follows at once; the address of anybody else is confirmed first."""
    person = request.user if request.user.is_authenticated else None
    row = queries.follower_of(person) if person else None
    chosen = [one.pk for one in row.calls.all()] if row else []
    form = sent(
        request, FollowForm, signed_in=bool(person), chosen=chosen, initial=_initial(request, row)
    )
    if form.is_bound and form.is_valid():
        if person:
            actions.follow(wishes=form.wishes, by=person)
            messages.success(request, "Your choices are saved.")
            return redirect("calls:follow")
        actions.ask_to_follow(email=form.cleaned_data["email"], wishes=form.wishes)
        return redirect("calls:follow_sent")
    return render(
        request,
        "calls/follow.html",
        {"form": form, "heading": "Follow funding calls", "follower": row},
    )


def _initial(request, row):
    """What stands already, and the call whose page somebody comes from."""
    initial = {"everything": True}
    if row:
        initial = {
            "everything": row.everything,
            **{n: [o.pk for o in getattr(row, n).all()] for n in ("themes", "regions", "calls")},
        }
    call = queries.call_to_follow(request.GET.get("call", ""))
    if call:
        initial["calls"] = [*initial.get("calls", []), call.pk]
        initial["everything"] = row.everything if row else False
    return initial


@public
def follow_sent(request):
    return render(request, "calls/follow_sent.html")


@public
@never_cache
def confirm_following(request, token):
    """Opening the link does nothing by itself: programs that look at mail open links too."""
    asked = queries.request_of_token(token)
    if asked is None:
        raise Http404
    form = sent(request, NothingToEnter)
    if form.is_bound and form.is_valid():
        done = attempt(form, lambda: actions.confirm_following(request=asked))
        if done is not None:
            return render(request, "calls/follow_confirmed.html")
    return render(request, "calls/follow_confirm.html", {"form": form})


@csrf_exempt
@public
@never_cache
def stop_following(request, link):
    """The link proves by its signature whose messages end; a mail program may send it alone."""
    if queries.follower_of_link(link) is None:
        raise Http404
    if request.method == "POST":
        actions.stop_following(link=link)
        return render(request, "calls/stopped.html")
    return render(request, "calls/stop.html")


@signed_in
@require_POST
def stop(request):
    actions.stop(by=request.user)
    messages.success(request, "You no longer follow any call.")
    return redirect(path_to("calls:follow"))
