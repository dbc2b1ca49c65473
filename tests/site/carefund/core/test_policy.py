"""The content policy of ordinary pages is put together once, and is what django-csp makes of it."""

import pytest
from csp.constants import HEADER
from csp.exceptions import CSPNonceError
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.test import RequestFactory

from carefund.core.policy import ContentPolicyMiddleware


def answer(kind, prepare=lambda request, response: None, path="/"):
    request, response = RequestFactory().get(path), HttpResponse()

    def view(_):
        prepare(request, response)
        return response

    return request, kind(view)(request)


def directives(response):
    return sorted(response.headers.get(HEADER, "").split("; "))


def nonce(request, response):
    str(request.csp_nonce)


def own(request, response):
    response._csp_replace = {"frame-ancestors": ["'self'"]}


def exempt(request, response):
    response._csp_exempt = True


def sandbox(request, response):
    response[HEADER] = "sandbox"


@pytest.mark.parametrize(
    ("prepare", "path"),
    [
        (lambda request, response: None, "/"),
        (own, "/"),
        (exempt, "/"),
        (sandbox, "/"),
        (lambda request, response: None, "/cms/pages/"),
    ],
)
def test_policy_is_that_of_the_library(prepare, path):
    _, ours = answer(ContentPolicyMiddleware, prepare, path)
    _, theirs = answer(CSPMiddleware, prepare, path)
    assert directives(ours) == directives(theirs)


def test_nonce_of_a_page_stands_in_its_policy_and_in_no_other():
    request, first = answer(ContentPolicyMiddleware, nonce)
    assert f"'nonce-{request.csp_nonce}'" in first[HEADER]
    _, second = answer(ContentPolicyMiddleware)
    assert "nonce" not in second[HEADER]


def test_nonce_asked_for_too_late_is_refused():
    request, _ = answer(ContentPolicyMiddleware)
    with pytest.raises(CSPNonceError):
        str(request.csp_nonce)


def test_a_policy_that_is_only_reported_is_still_sent(settings):
    settings.CONTENT_SECURITY_POLICY_REPORT_ONLY = {"DIRECTIVES": {"img-src": ["'none'"]}}
    _, response = answer(ContentPolicyMiddleware)
    assert "img-src 'none'" in response["Content-Security-Policy-Report-Only"]
    assert HEADER in response
