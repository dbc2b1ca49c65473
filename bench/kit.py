"""What cases share: a person signed in, a plain connection, a counter of queries."""

import os
import re
from functools import cached_property

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from carefund.accounts.models import User
from carefund.website.scale.calls import FUNDS
from tests.support import signing_in

PROGRAMME = FUNDS[0][0]
STAFF = "programme_officer1@department.example"
ROWS = re.compile(r"<tbody.*?>(.*)</tbody>", re.DOTALL)
# Whoever shows a page to one person alone finds out who asks and what they may see.
WHO_ASKS = """SELECT u.name, array(SELECT r.role FROM funds_roleassignment r
        WHERE r.user_id = u.id AND r.ended_at IS NULL)
    FROM django_session s, accounts_user u
    WHERE s.session_key = %s AND s.expire_date > now() AND u.id = %s AND u.is_active"""
MONEY, TEXT = "£{:,.2f}", "{}"


class Bench:
    def __init__(self, size):
        self.size = size
        self.frames = {}
        self.addresses = {}

    @cached_property
    def client(self):
        client, person = Client(), User.objects.get(email=STAFF)
        signing_in.force_login(client, person)
        signing_in.list_session(client, person)
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

    def who_asks(self):
        """The name that the page shows, by the session; the floor is told whose it is."""
        if "asks" not in self.__dict__:
            cookie = self.client.cookies[settings.SESSION_COOKIE_NAME].value
            self.asks = cookie, User.objects.get(email=STAFF).pk
        name, roles = self.one(WHO_ASKS, self.asks)
        if not roles:
            raise AssertionError(f"{name} has no role.")
        return name

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
        self.who_asks()
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
