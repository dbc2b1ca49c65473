from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from carefund.core.access import permitted_on_object
from carefund.core.errors import NotAllowed, Refused

from . import actions
from .forms import StatementForm
from .rules import access_target


@permitted_on_object("targets.record")
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, code: str) -> HttpResponse:
    """Record what was said about a target."""
    target = access_target(request.user, code, "targets.record")
    form = StatementForm(request.POST or None)
    if form.is_valid():
        try:
            actions.record_observation(target=target, said=form.said(), by=request.user)
        except NotAllowed:
            raise
        except Refused as problem:
            form.add_error(None, problem.message)
        else:
            messages.success(request, "The statement is recorded.")
            return redirect("targets:record", code=code)
    context = {"form": form, "heading": "Record a statement", "caption": target.name}
    status = 400 if form.errors else 200
    return render(request, "layouts/form.html", context, status=status)
