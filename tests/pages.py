"""Asking for pages as people do."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def get(user, url):
    client = Client()
    client.force_login(user)
    response = client.get(url)
    if response.streaming:  # read it, as a browser does, and let go of the file behind it
        response.streaming_content = [response.getvalue()]
        for close in response._resource_closers:
            close()
    return response


def post(user, url, data=None):
    client = Client()
    client.force_login(user)
    return client.post(url, data or {})


def text(response):
    return response.getvalue().decode()


def queries(user, url):
    """How many queries a page takes, apart from reading the session and the person."""
    client = Client()
    client.force_login(user)
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, response.status_code
    return len(captured)


def redirected(response, url=""):
    """Whether the form was accepted; shows the page's text where it was not."""
    assert response.status_code == 302, text(response)
    return not url or response.url == url
