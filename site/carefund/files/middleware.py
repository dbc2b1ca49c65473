"""Uploads arrive whole or not at all."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render

INTERRUPTED = "The upload was interrupted. Nothing was saved. Go back and send it again."
TOO_MUCH = "You sent too much at once. Go back and send fewer or smaller files."


class WholeUploadsMiddleware:
    """Reads a form with files before anything else does, and answers a broken one in words.

    A connection that breaks leaves fewer bytes than were announced. Django would take what there
    is for the whole file.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or request.content_type != "multipart/form-data":
            return self.get_response(request)
        announced = _length(request)
        if announced > settings.UPLOADS_AT_ONCE_LIMIT:
            return _answer(request, TOO_MUCH, 413)
        stream = request.__dict__.get("_stream")
        if stream is not None:
            request.__dict__["_stream"] = _Whole(stream, announced)
        try:
            _ = request.POST
        except (UnreadablePostError, MultiPartParserError):
            return _answer(request, INTERRUPTED, 400)
        except RequestDataTooBig:
            return _answer(request, TOO_MUCH, 413)
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    given = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(given) if given.isascii() and given.isdecimal() else 0


def _answer(request: HttpRequest, words: str, status: int) -> HttpResponse:
    # The rest of a broken body is never read, so the form itself is gone as well.
    for handler in request.upload_handlers:
        handler.upload_interrupted()
    request._post = request._files = {}  # type: ignore[attr-defined]  # noqa: SLF001
    return render(request, "files/not_taken.html", {"words": words}, status=status)


class _Whole:
    """A stream that ends early raises instead of pretending to be complete."""

    def __init__(self, stream: Any, announced: int) -> None:
        self.stream, self.announced, self.seen = stream, announced, 0

    def read(self, size: int = -1) -> bytes:
        data = bytes(self.stream.read(size))
        self.seen += len(data)
        if (not data or size < 0) and self.seen < self.announced:
            raise UnreadablePostError("The body is shorter than was announced.")
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)
