"""What an officer has to do today: the first page after signing in."""

from bench.kit import table_row

TARGET, QUERIES = 2, 30
# The five piles that the made-up data fills; of each its number and its most pressing lines.
PILES = [
    ("bids_bid", "state = 'submitted'", "reference", "submitted_at"),
    ("delivery_milestone", "state = 'reported'", "title", "achieved_on"),
    ("payments_claim", "state = 'submitted'", "reference", "submitted_at"),
    ("delivery_monitoringreturn", "state = 'submitted'", "id", "submitted_at"),
    ("benefits_benefitobservation o", ("NOT EXISTS (SELECT 1 FROM benefits_verification v"
     " WHERE v.observation_id = o.id)"), "id", "recorded_at"),
    ("delivery_milestone", "state = 'planned' AND baseline_on < now()", "title", "baseline_on"),
    ("delivery_monitoringreturn", "state = 'due' AND due_on < now()", "id", "due_on"),
]  # fmt: skip


def case(bench, _variant):
    return bench.get("/manage/")


def floor(bench, _variant):
    parts = []
    for table, where, name, order in PILES:
        (count,) = bench.one(f"SELECT count(*) FROM {table} WHERE {where}")
        rows = bench.rows(
            f"SELECT {name}, {order} FROM {table} WHERE {where} ORDER BY {order} LIMIT 25"
        )
        parts.append(f"{count}" + "".join(table_row(row) for row in rows))
    return "".join(parts).encode()


def agree(ours, floors):
    if not ours or not floors:
        raise AssertionError("Nothing to do: the database is not the one that was meant.")
