"""What a fresh installation and an installed one get from `migrate`."""

import io

import pytest
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder

from carefund.core.management.commands import migrate


@pytest.fixture
def asked(monkeypatch):
    labels = []
    monkeypatch.setattr(
        migrate.migrate.Command, "handle", lambda self, **o: labels.append(o["app_label"])
    )
    return labels


def test_an_empty_database_begins_with_the_libraries(asked, monkeypatch, db):
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda self: {})
    call_command("migrate", verbosity=0)
    assert {"wagtailcore", "mfa", "auth"} <= set(asked[:-1])
    assert not {"accounts", "bids", "calls", "website"} & set(asked)
    assert asked[-1] is None  # and then everything


@pytest.mark.parametrize("options", [{}, {"app_label": "bids"}, {"plan": True}])
def test_else_it_does_what_it_is_asked(asked, db, options):
    call_command("migrate", verbosity=0, stdout=io.StringIO(), **options)
    assert asked == [options.get("app_label")]
