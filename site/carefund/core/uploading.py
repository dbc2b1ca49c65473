"""Forms with files, sent by a script that shows how much of them has arrived."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

HEADER = "X-Carefund-Upload"


class UploadMiddleware:
    """Tells the script where to go on; following the redirect itself, it would use up messages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if HEADER not in request.headers or not isinstance(response, HttpResponseRedirect):
            return response
        told = JsonResponse({"to": response.url})
        told.cookies = response.cookies
        return told
