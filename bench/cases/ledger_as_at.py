"""The ledger of the largest programme as it was known five years ago, from all its entries."""

from bench.kit import PROGRAMME

TARGET, QUERIES = 2, 15
DAY = "2021-03-31"
SQL = """SELECT l.financial_year, l.kind, e."column", sum(e.amount)
    FROM funds_ledgerentry e JOIN funds_budgetline l ON l.id = e.line_id
    JOIN funds_programme p ON p.id = l.programme_id
    WHERE p.code = %s AND e.recorded_at < '2021-04-01 00:00 Europe/London'
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""


def case(bench, _variant):
    return bench.get(f"/manage/ledger/{PROGRAMME}/?as_at={DAY}")


def floor(bench, _variant):
    rows = bench.rows(SQL, [PROGRAMME])
    cells = "".join(
        f"<td>{year} {kind} {name}</td><td>£{pence / 100:,.2f}</td>"
        for year, kind, name, pence in rows
    )
    return f"<table>{cells}</table>".encode(), rows


def agree(ours, floors):
    page = ours.decode()
    missing = [row for row in floors[1] if f"£{row[3] / 100:,.2f}".removesuffix(".00") not in page]
    if missing:
        raise AssertionError(f"Not on the page: {missing[:3]}")
