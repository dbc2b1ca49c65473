from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from carefund.core.errors import NotAllowed

from .editors import is_editor


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
