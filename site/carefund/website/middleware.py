from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from carefund.accounts.stepup import challenge
from carefund.core.errors import NotAllowed

from .editors import is_editor
from .publishing import publishes

CONFIRM_FIRST = "Confirm that it is you first: press Publish or Approve on the page itself."


class EditorsOnlyMiddleware:
    """Who is signed in but no editor is told so; sending them to sign in again leads in circles."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        user: Any = request.user
        if (
            request.path.startswith("/cms/")
            and user.is_authenticated
            and not (is_editor(user) and user.has_perm("wagtailadmin.access_admin"))
        ):
            raise NotAllowed("Only editors may open this part of the service.")


class ConfirmPublishingMiddleware:
    """Publishing in the CMS is a decision: the person confirms who they are just before.

    What was typed is kept while they do and sent again when they say so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not publishes(request):
            return None
        asked = challenge(request)
        by_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
        if asked is not None and by_script:
            # A dialog of the CMS cannot show another page; the page behind it keeps its text.
            return HttpResponse(CONFIRM_FIRST, status=403, content_type="text/plain")
        return asked
