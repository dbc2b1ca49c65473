"""Statements about targets from a CSV file: preview and writing, all rules and the whole record.

The floor is what django-import-export does by default with the same rows: row by row, each
looked up, compared and saved, once to see and once to write. It knows no permission, no rule but
the constraints of the table, no record and no superseding. It gets FEW of the rows, and is
compared by the row. A second line is `COPY` of the same rows into the same table.
"""

import csv
import io
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from tempfile import TemporaryDirectory

import tablib
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from import_export import fields, resources, widgets

from bench.kit import STAFF
from bench.measure import high, memory_of, timed
from carefund.accounts.models import User
from carefund.importing import actions
from carefund.website.scale.locations import CODE
from programmes.organisations.models import Organisation
from programmes.targets.models import Target, TargetObservation

# A tenth of the time of the default path for each row.
TARGET, TURNS, FEW = 0.1, 3, 400
KINDS = ("actual", "lower_bound", "derived", "forecast")
HEADINGS = ("target", "date", "value", "kind", "statement", "source", "area")


class Default(resources.ModelResource):
    target = fields.Field("target", "target", widgets.ForeignKeyWidget(Target, "code"))
    area = fields.Field("area", "area", widgets.ForeignKeyWidget(Organisation, "org_id"))
    on = fields.Field("on", "date", widgets.DateWidget("%Y-%m-%d"))
    value = fields.Field("value", "value", widgets.DecimalWidget())

    class Meta:
        model = TargetObservation
        fields = ("target", "on", "value", "kind", "statement", "source", "area", "recorded_at")
        import_id_fields = ("target", "on", "kind", "area")


def measured(bench):
    rows, by = _rows(bench.size), User.objects.get(email=STAFF)
    content = _csv(rows)
    with TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        connection.ensure_connection()
        queries = _queries(content, by)
        ours, defaults, copies = [], [], []
        for _ in range(TURNS):
            ours.append(timed(lambda: _ours(content, by, len(rows)))[0] * 1000)
            defaults.append(timed(lambda: _default(rows[:FEW]))[0] * 1000 / FEW * len(rows))
            copies.append(timed(lambda: _copy(rows))[0] * 1000)
        more, peak = memory_of(lambda: _ours(content, by, len(rows)))
    common = {
        "case": "import_statements",
        "size": bench.size,
        "queries": queries,
        "median_ms": round(sorted(ours)[TURNS // 2], 3),
        "p95_ms": round(high(ours), 3),
        "most_queries": None,
        "growth_target": None,
        "peak_mb": round(peak, 1),
        "more_mb": round(more, 1),
        "turns": TURNS,
    }
    return [
        {**common, "variant": "row by row", **_beside(ours, defaults), "target": TARGET},
        {**common, "variant": "COPY", **_beside(ours, copies), "target": None},
    ]


def _beside(ours, floors):
    floor = sorted(floors)[TURNS // 2]
    return {
        "floor_ms": round(floor, 3),
        "floor_p95_ms": round(high(floors), 3),
        "ratio": round(sorted(ours)[TURNS // 2] / floor, 3),
    }


def _rows(size):
    """Months of many years, each with a value of a kind for every authority and board."""
    random = Random(11)
    areas = list(Organisation.objects.order_by("pk").values_list("org_id", flat=True)[:195])
    months = -(-size // (len(areas) * len(KINDS)))
    days = [date(2000, 1, 1) + timedelta(days=31 * n) for n in range(months)]
    found = [
        (CODE, day.isoformat(), str(random.randint(0, 10_000) / 100), kind, "", "Statistics", area)
        for day in days
        for area in areas
        for kind in KINDS
    ]
    return found[:size]


def _csv(rows):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows(rows)
    return out.getvalue().encode()


@contextmanager
def _undone():
    """In a transaction that is taken back, after all constraints have been looked at."""
    with transaction.atomic():
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def _ours(content, by, count):
    with _undone():
        run = actions.upload(kind="target-statements", name="a.csv", content=content, by=by)
        actions.check(run=run)
        if run.counts != {"new": count}:
            raise AssertionError(f"{run.counts} {run.problems[:3]}")
        actions.apply(run=run, by=by)
    run.content.storage.delete(run.content.name)


def _queries(content, by):
    with CaptureQueriesContext(connection) as captured:
        _ours(content, by, content.count(b"\n") - 1)
    return len(captured)


def _default(rows):
    moment = "2026-03-31 12:00:00"
    data = tablib.Dataset(headers=[*HEADINGS, "recorded_at"])
    for row in rows:
        data.append([*row, moment])
    for dry_run in (True, False):
        with _undone():
            result = Default().import_data(data, dry_run=dry_run, use_transactions=True)
            if result.has_errors() or result.has_validation_errors():
                raise AssertionError(result.row_errors() or result.invalid_rows)


def _copy(rows):
    """The values as they are, pointing to what they name; nothing is looked up or checked."""
    target = Target.objects.get(code=CODE).pk
    areas = dict(Organisation.objects.values_list("org_id", "pk"))
    sql = """COPY targets_targetobservation (target_id, area_id, "on", value, kind, statement,
        source, recorded_at, is_sample) FROM STDIN"""
    with _undone(), connection.cursor() as cursor, cursor.copy(sql) as copy:
        for _, on, value, kind, statement, source, area in rows:
            copy.write_row(
                (target, areas[area], on, value, kind, statement, source, "2026-03-31", False)
            )
