"""Asking pages as people do, and counting what they cost."""

import html

from django.db import connection
from django.test.utils import CaptureQueriesContext


def text(response):
    return html.unescape(response.getvalue().decode())


def queries(client, address):
    """How many queries a page takes once sessions and content types are known."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, response.status_code
    return len(captured)
