"""Facts are never overwritten: not by the model, not by a queryset, not in SQL."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from carefund.core.appendonly import AppendOnly, Unchangeable
from programmes.funds.models import LedgerEntry
from tests import make

MODELS = [m for m in apps.get_models() if issubclass(m, AppendOnly)]


def test_append_only_models_cannot_be_saved_again_or_deleted(db):
    make.budget(make.programme(), 2026, "revenue", "1.00")
    entry = LedgerEntry.objects.get()
    for change in (
        entry.save,
        entry.delete,
        LedgerEntry.objects.all().delete,
        lambda: LedgerEntry.objects.update(reason="Other"),
    ):
        with pytest.raises(Unchangeable):
            change()


@pytest.mark.parametrize("statement", ["UPDATE {} SET reason = 'x'", "DELETE FROM {}"])
def test_database_itself_refuses(db, statement):
    make.budget(make.programme(), 2026, "revenue", "1.00")
    sql = statement.format(LedgerEntry._meta.db_table)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql)


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_append_only_table_has_its_triggers(db, model):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
                [model._meta.db_table],
            )
            assert cursor.fetchone()[0] == 3
        else:
            cursor.execute(
                "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                [model._meta.db_table],
            )
            assert cursor.fetchone()[0] == 2


def test_ledger_and_audit_are_among_them():
    labels = {m._meta.label for m in MODELS}
    assert {"funds.LedgerEntry", "audit.Entry", "benefits.BenefitObservation"} <= labels
