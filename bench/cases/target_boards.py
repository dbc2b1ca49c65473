"""Care locations with digital records by board over sixty months, as known on a past day."""

from datetime import date

from django.db import connection

from bench.kit import table_row
from carefund.website.scale.locations import CODE
from programmes.targets.boards import SQL, months_until

TARGET, QUERIES = 2, 12
DAY = "2025-12-31"


def case(bench, _variant):
    return bench.get(f"/reports/targets/{CODE}/boards/?as_at={DAY}", bench.anonymous)


def floor(bench, _variant):
    """The statement itself, and each board's last standing as a row."""
    known = connection.ops.adapt_datetimefield_value("2025-12-31 23:59:59.999999+00:00")
    months = months_until(date.fromisoformat(DAY), 60)
    names = dict(bench.rows("SELECT id, name FROM organisations_organisation"))
    last = {}
    for board, day, homes, digital in bench.rows(SQL, [known]):
        if day <= months[-1]:
            last[board] = (names[board], int(homes), int(digital))
    return "".join(table_row(row) for row in last.values()).encode(), last


def agree(ours, floors):
    page = " ".join(ours.decode().split())
    for name, homes, digital in floors[1].values():
        cell = '<td class="govuk-table__cell govuk-table__cell--numeric">'
        numbers = f"{cell}{homes}</td> {cell}{digital}<"
        if name not in page or numbers not in page:
            raise AssertionError(f"{name}: {homes} and {digital} are not on the page.")
