"""The chain is whole until somebody touches it, and then it says where."""

from io import StringIO

import pytest
import structlog
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from carefund.audit import chain
from carefund.audit.actions import erase_names, erase_origins, seal
from carefund.audit.models import Entry, Link, Particulars, Seal, Unsealed
from carefund.core.actors import SYSTEM
from carefund.core.record import record
from tests import make

from .tampering import without_triggers


@pytest.fixture
def written(db):
    """Five entries, sealed in two goes."""
    person = make.user("Ann Example")
    for number in range(3):
        record("thing.first", person, by=person, changes={"number": (None, number)}, reason="So")
    seal()
    record("thing.second", person, by=SYSTEM)
    seal()
    return person


def verified(*options):
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", *options, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue() + err.getvalue()
    return 0, out.getvalue()


def change(sql, *parameters):
    with without_triggers() as cursor:
        cursor.execute(sql, parameters)


def test_whole_chain_is_whole_and_names_its_head(written):
    code, text = verified()
    last = Link.objects.latest("position")
    assert code == 0
    assert "The record is whole." in text
    assert f"Head: {last.position}:{last.hash}" in text
    assert Link.objects.count() == Entry.objects.count() == 5
    assert not Unsealed.objects.exists()
    assert list(Link.objects.order_by("position").values_list("position", flat=True)) == [
        *range(1, 6)
    ]


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        (
            "UPDATE audit_entry SET reason = 'Other' WHERE id = {third}",
            "entry {third}: the entry has been altered",
        ),
        (
            "UPDATE audit_entry SET actor_id = 999 WHERE id = {third}",
            "entry {third}: the entry has been altered",
        ),
        (
            "UPDATE audit_entry SET changes = '{{}}' WHERE id = {third}",
            "entry {third}: the entry has been altered",
        ),
        ("DELETE FROM audit_entry WHERE id = {third}", "entry {third}: the entry has been removed"),
        ("DELETE FROM audit_link WHERE position = 3", "Position 3 is missing before position 4"),
        (
            "UPDATE audit_link SET hash = previous WHERE position = 3",
            "Position 3, entry {third}: the link does not fit",
        ),
        (
            "UPDATE audit_particulars SET actor_name = 'Bea' WHERE entry_id = {third}",
            "entry {third}: a name has been altered",
        ),
        (
            "UPDATE audit_particulars SET agent = 'curl' WHERE entry_id = {third}",
            "entry {third}: the address has been altered",
        ),
        (
            "UPDATE audit_particulars SET actor_name = '' WHERE entry_id = {third}",
            "entry {third}: a name has been altered",
        ),
        (
            "DELETE FROM audit_particulars WHERE entry_id = {third}",
            "entry {third}: the names and address have been removed altogether",
        ),
        ("DELETE FROM audit_link WHERE position > 3", "Position 5 was sealed and is gone"),
    ],
)
def test_tampering_is_found_where_it_was_done(written, sql, sentence):
    third = Link.objects.get(position=3).entry_id
    change(sql.format(third=third))
    code, text = verified()
    assert code == 1
    assert sentence.format(third=third) in text


def test_entry_written_beside_the_chain_is_found(written):
    with without_triggers() as cursor:
        cursor.execute("DELETE FROM audit_link WHERE position = 5")
    assert "is in no position of the chain" in verified()[1]


def test_swapped_links_are_found(written):
    links = {row.position: row.entry_id for row in Link.objects.all()}
    with without_triggers() as cursor:
        for position, entry in ((2, -1), (3, links[2]), (2, links[3])):
            cursor.execute(
                "UPDATE audit_link SET entry_id = %s WHERE position = %s", [entry, position]
            )
    assert "Position 2, entry" in verified()[1]


def test_cut_and_rewritten_chain_is_found_by_a_head_noted_outside(written):
    last = Link.objects.latest("position")
    head = f"{last.position}:{last.hash}"
    assert verified("--expect", head)[0] == 0
    with without_triggers() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [last.entry_id])
        cursor.execute("DELETE FROM audit_particulars WHERE entry_id = %s", [last.entry_id])
        cursor.execute("DELETE FROM audit_link WHERE entry_id = %s", [last.entry_id])
        cursor.execute("DELETE FROM audit_seal WHERE position = %s", [last.position])
    assert verified()[0] == 0  # within the database nothing is left to tell
    code, text = verified("--expect", head)
    assert code == 1
    assert "which was noted outside" in text


def test_chain_rewritten_without_the_key_is_found(db, settings):
    settings.AUDIT_KEY = "known outside the database"
    person = make.user("Ann Example")
    record("thing.first", person, by=person)
    seal()
    assert verified()[0] == 0
    with without_triggers() as cursor:
        cursor.execute("UPDATE audit_entry SET reason = 'Other'")
        cursor.execute("DELETE FROM audit_link")
        cursor.execute("DELETE FROM audit_seal")
    for entry in Entry.objects.all():
        digest = chain.content.digest_of(entry)
        change("UPDATE audit_entry SET digest = %s WHERE id = %s", digest, entry.pk)
        Unsealed.objects.create(entry=entry)
    settings.AUDIT_KEY = "a guess"
    seal()
    settings.AUDIT_KEY = "known outside the database"
    assert "is not signed with the key" in verified()[1]


def test_verifying_from_a_position_leaves_out_what_is_before(written):
    change(
        "UPDATE audit_entry SET reason = 'x' WHERE id = %s", Link.objects.get(position=2).entry_id
    )
    assert verified()[0] == 1
    code, text = verified("--from", "3")
    assert code == 0
    assert "Checked 3 entries from position 3." in text
    assert verified("--from", "99")[0] == 1
    assert verified("--from", "0")[0] == 2


def test_pages_of_a_long_chain_are_followed(db, monkeypatch):
    monkeypatch.setattr(chain, "AT_ONCE", 2)
    monkeypatch.setattr("carefund.audit.actions.SEALED_AT_ONCE", 2)
    person = make.user("Ann Example")
    for _ in range(6):
        record("thing.first", person, by=person)
    assert seal() == 7
    assert Seal.objects.count() == 4
    report = chain.verify()
    assert (report.whole, report.checked) == (True, 7)


def test_late_entry_takes_the_next_place(written):
    """Numbers are given at the start of a transaction, places when it can be seen."""
    early = Entry.objects.order_by("pk")[0]
    change("DELETE FROM audit_link")
    change("DELETE FROM audit_seal")
    later = Entry.objects.exclude(pk=early.pk).values_list("pk", flat=True)
    Unsealed.objects.bulk_create(Unsealed(entry_id=pk) for pk in later)
    seal()
    Unsealed.objects.create(entry=early)
    assert seal() == 1
    assert Link.objects.get(position=5).entry_id == early.pk
    assert verified()[0] == 0


def test_head_goes_to_the_log(written, django_capture_on_commit_callbacks):
    record("thing.third", written, by=SYSTEM)
    with (
        structlog.testing.capture_logs() as logs,
        django_capture_on_commit_callbacks(execute=True),
    ):
        seal()
    told = next(line for line in logs if line["event"] == "audit.sealed")
    assert (told["position"], told["head"]) == (6, Link.objects.get(position=6).hash)


def test_nothing_new_seals_nothing(written):
    before = Seal.objects.count()
    assert seal() == 0
    assert Seal.objects.count() == before


@pytest.mark.parametrize("table", ["audit_entry", "audit_link", "audit_seal", "audit_particulars"])
@pytest.mark.parametrize("statement", ["UPDATE", "DELETE FROM", "TRUNCATE"])
def test_database_refuses_changes_of_the_record(written, table, statement):
    columns = {"audit_link": "hash", "audit_entry": "reason", "audit_particulars": "actor_name"}
    sql = f"{statement} {table}"
    if statement == "UPDATE":
        sql += f" SET {columns.get(table, 'hash')} = 'x'"
    if connection.vendor != "postgresql":
        sql = sql.replace("TRUNCATE", "DELETE FROM")  # how SQLite truncates
    else:
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql)


def test_particulars_can_be_emptied_and_the_chain_stays_whole(written):
    rows = Entry.objects.filter(actor=written)
    assert erase_names(entries=rows) == 3
    assert erase_origins(entries=rows) == 3
    assert erase_names(entries=rows) == 0
    assert set(Particulars.objects.filter(entry__in=rows).values_list("actor_name", flat=True)) == {
        ""
    }
    code, text = verified()
    assert code == 0
    assert "Particulars taken out by rule: 3 entries." in text


def test_emptied_particulars_cannot_be_filled_again(written):
    erase_names(entries=Entry.objects.all())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Particulars.objects.update(actor_name="Somebody else")


def test_entry_is_rolled_back_with_its_change(db):
    person, before = make.user("Ann Example"), Entry.objects.count()
    with transaction.atomic():
        record("thing.first", person, by=person)
        transaction.set_rollback(True)
    assert Entry.objects.count() == before
    assert Unsealed.objects.count() == before


def test_record_survives_the_deletion_of_a_person(db):
    person = make.user("Ann Example")
    record("thing.first", person, by=person)
    seal()
    person.emailaddress_set.all().delete()
    person.delete()
    entry = Entry.objects.with_names().latest("pk")
    assert entry.actor_name == "Ann Example"
    erase_names(entries=Entry.objects.all())
    assert Entry.objects.with_names().latest("pk").actor_name == "A former user"
    assert verified()[0] == 0
