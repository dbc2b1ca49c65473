"""Deny by default: every URL says who may enter."""

import pytest
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from carefund.core.errors import NotAllowed
from carefund.core.middleware import DenyByDefaultMiddleware, is_declared


def patterns(resolver=None, prefix=""):
    for item in (resolver or get_resolver()).url_patterns:
        if isinstance(item, URLResolver):
            yield from patterns(item, prefix + str(item.pattern))
        elif isinstance(item, URLPattern):
            yield prefix + str(item.pattern), item


# Views of Django that Wagtail brings along and this service does not use: shut for everybody.
SHUT = {"cms/test404/", "cms/test500/", "_util/login/"}


def test_every_url_declares_who_may_enter():
    shut = {route for route, item in patterns() if not is_declared(item.callback)}
    assert shut <= SHUT


def test_view_that_declares_nothing_lets_nobody_in():
    def view(request):
        raise AssertionError

    middleware = DenyByDefaultMiddleware(lambda request: None)
    with pytest.raises(NotAllowed):
        middleware.process_view(RequestFactory().get("/"), view, (), {})
