"""Messages are told once, short ones and long ones, and cost nothing where there are none."""

import pytest
from django.contrib.messages import get_messages, success
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse

from carefund.core.messages import Storage

LONG = "x" * 3000


def request_of(rf, cookies=None, session=None):
    request = rf.get("/")
    request.COOKIES.update(cookies or {})
    request.session = session if session is not None else {}
    request._messages = Storage(request)
    return request


def told(request):
    return [str(message) for message in get_messages(request)]


@pytest.mark.parametrize("texts", [["Saved."], ["Saved.", LONG], [LONG, LONG], []])
@pytest.mark.django_db
def test_what_is_said_is_told_on_the_next_page_and_only_there(rf, texts):
    session = SessionStore()
    first = request_of(rf, session=session)
    for text in texts:
        success(first, text)
    response = HttpResponse()
    first._messages.update(response)
    cookies = {name: morsel.value for name, morsel in response.cookies.items()}
    second = request_of(rf, cookies, session)
    assert told(second) == texts
    response = HttpResponse()
    second._messages.update(response)
    left = {name: morsel.value for name, morsel in response.cookies.items() if morsel.value}
    assert told(request_of(rf, left, session)) == []


def test_a_page_without_messages_makes_no_storage(rf):
    request = request_of(rf)
    request._messages.update(HttpResponse())
    assert "storages" not in vars(request._messages)
