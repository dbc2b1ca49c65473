"""Entries from before the chain: the migration takes them apart, and the chain proves them after.

The tables of that time are made in a schema of their own, and the migration itself runs on them.
"""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from carefund.accounts.models import User
from carefund.audit.actions import erase_names, seal
from carefund.audit.chain import verify
from carefund.audit.models import Entry, Unsealed
from tests import make

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
BEFORE = ("audit", "0002_append_only")
MANY = 5000
START = datetime(2024, 1, 1, tzinfo=UTC)
SHAPES = (
    {"changes": {}},
    {"changes": {"state": ["draft", "submitted"]}, "reason": "Fin"},
    {
        "changes": {"name": ["Zoë Šťastná 👩🏽‍⚕️", "“Łódź” 中文 \u202e"]},
        "reason": "naïve\nline\ttab",
    },
    {"changes": {"amount": ["0.10", None], "list": [[1, [2, None]], {"deep": {"er": True}}]}},
    {"actor_name": "", "object_name": "", "address": None, "request_id": ""},
    {"actor_name": "x" * 200, "object_name": "ö" * 300, "reason": "long " * 4000},
    {"address": "2001:db8::1", "request_id": "r-1"},
    {"changes": {"number": [0, -1.5]}, "verb": "thing with spaces"},
)


@pytest.fixture
def here(db):
    return make.user("Still here").pk


@pytest.fixture
def old_table(here):
    """The table of entries as it was, and the state of the models at that time."""
    # Of the migrations as they were, not of the one that stands for them in a new database.
    loader = MigrationLoader(connection, replace_migrations=False)
    state = loader.project_state([BEFORE])
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA before_the_chain")
        cursor.execute("SET LOCAL search_path TO before_the_chain, public")
    with connection.schema_editor(atomic=False) as editor:
        editor.create_model(state.apps.get_model("audit", "Entry"))
        for statement in editor.deferred_sql:
            editor.execute(statement)
        editor.deferred_sql.clear()
        for operation in loader.get_migration(*BEFORE).operations:
            operation.database_forwards("audit", editor, state, state)
    return loader, state


def migrate(loader, state):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    migration = loader.get_migration("audit", "0003_chain")
    with connection.schema_editor(atomic=False) as editor:
        migration.apply(state, editor)


def fill(state, actors, many=MANY):
    old = state.apps.get_model("audit", "Entry")
    kind = ContentType.objects.get_for_model(User).pk
    plain = {"actor_name": "Ann", "object_name": "A thing", "address": "192.0.2.7"}
    rows = []
    for number in range(many):
        values = {"verb": "thing.do", "request_id": "r", "changes": {}, **plain}
        values |= SHAPES[number % len(SHAPES)]
        rows.append(
            old(
                at=START + timedelta(minutes=number, microseconds=number),
                actor_id=actors[number % len(actors)],
                object_type_id=kind,
                object_id=str(number),
                **values,
            )
        )
    old.objects.bulk_create(rows, batch_size=1000)


def test_old_entries_of_all_shapes_are_whole_in_the_chain(old_table, here):
    loader, state = old_table
    gone = 987_654_321  # an account that was deleted since
    fill(state, [here, gone, None])
    migrate(loader, state)

    assert Entry.objects.count() == Unsealed.objects.count() == MANY
    assert seal() == MANY
    report = verify()
    assert (report.whole, report.checked, report.breaks) == (True, MANY, [])

    row = Entry.objects.with_names().get(object_id="2")
    assert row.changes == SHAPES[2]["changes"]
    assert row.reason == SHAPES[2]["reason"]
    assert row.actor_name == "Ann"
    nameless = Entry.objects.with_names().get(object_id="4")
    assert nameless.actor_id == gone
    assert nameless.actor_name == "A former user"
    long = Entry.objects.with_names().get(object_id="5")
    assert len(long.object_name) == 300


def test_old_entries_are_append_only_after_and_their_names_can_go(old_table):
    loader, state = old_table
    fill(state, [None], many=24)
    migrate(loader, state)
    seal()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("UPDATE audit_entry SET reason = 'x' WHERE object_id = '1'")
    named = Entry.objects.filter(particulars__actor_name="Ann")
    assert erase_names(entries=named) > 0
    report = verify()
    assert (report.whole, report.erased > 0) == (True, True)


def test_the_migration_takes_them_page_by_page():
    """Not all at once: a record of years must not have to fit into memory."""
    module = import_module("carefund.audit.migrations.0003_chain")
    assert module.AT_ONCE < MANY
