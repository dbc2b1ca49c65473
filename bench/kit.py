"""What cases share: a person signed in, a plain connection, a counter of queries."""

import os
import re
from functools import cached_property

import psycopg
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from carefund.accounts.models import User
from carefund.website.scale.calls import FUNDS
from tests.support import signing_in

PROGRAMME = FUNDS[0][0]
STAFF = "programme_officer1@department.example"
ROWS = re.compile(r"<tbody.*?>(.*)</tbody>", re.DOTALL)
MONEY, TEXT = "£{:,.2f}", "{}"


class Bench:
    def __init__(self, size):
        self.size = size
        self.frames = {}
        self.addresses = {}

    @cached_property
    def client(self):
        client = Client()
        signing_in.force_login(client, User.objects.get(email=STAFF))
        return client

    @cached_property
    def anonymous(self):
        return Client()

    @cached_property
    def plain(self):
        """A connection without anything of Django's."""
        return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)

    def rows(self, sql, values=()):
        return self.plain.execute(sql, values).fetchall()

    def one(self, sql, values=()):
        return self.plain.execute(sql, values).fetchone()

    def get(self, address, client=None):
        """The whole page as the browser gets it, through every middleware and template."""
        response = (client or self.client).get(address)
        if response.status_code != 200:
            raise AssertionError(f"{address} answered {response.status_code}")
        return b"".join(response) if response.streaming else response.content

    def queries(self, action):
        action()
        with CaptureQueriesContext(connection) as captured:
            action()
        return len(captured)

    def frame(self, page, body):
        """The page around its rows, as the floor writes it: the same bytes without a template."""
        before, after = self.frames[page]
        return before + body.encode() + after

    def keep_frame(self, page, content):
        text = content.decode()
        found = ROWS.search(text)
        self.frames[page] = (text[: found.start(1)].encode(), text[found.end(1) :].encode())


def table_row(cells):
    """A row as plainly as it can be written, with the classes that the pages have."""
    inner = "".join(f'<td class="govuk-table__cell">{cell}</td>' for cell in cells)
    return f'<tr class="govuk-table__row">{inner}</tr>'


def references(page, pattern):
    return re.findall(pattern, page.decode())
