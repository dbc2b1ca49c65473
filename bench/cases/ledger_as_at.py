"""The ledger of the largest programme as it was known five years ago, from all its entries."""

from bench.kit import PROGRAMME, ROWS

TARGET, QUERIES = 2, 12
DAY = "2021-03-31"
COLUMNS = ("budget", "reserved", "committed", "claimed", "paid")
LINES = f"""SELECT l.id, l.financial_year, l.kind, {", ".join(f"l.{name}" for name in COLUMNS)}
    FROM funds_budgetline l JOIN funds_programme p ON p.id = l.programme_id WHERE p.code = %s"""
# The page also proves that the totals kept on the lines are those of all entries.
SUMS = """SELECT e.line_id, e."column", sum(e.amount),
        sum(e.amount) FILTER (WHERE e.recorded_at < '2021-04-01 00:00 Europe/London')
    FROM funds_ledgerentry e WHERE e.line_id = ANY(%s) GROUP BY 1, 2"""
KINDS = {"capital": "Capital", "revenue": "Revenue", "": "Total"}
CELL = (
    '<td class="govuk-table__cell govuk-table__cell--numeric"><a class="govuk-link" '
    f'href="/manage/ledger/{PROGRAMME}/entries/?year={{}}&amp;kind={{}}&amp;as_at={DAY}'
    '&amp;column={}">{}</a></td>'
)
ROW = """<tr class="govuk-table__row{}">
<th scope="row" class="govuk-table__header cf-nowrap">{}</th>
<td class="govuk-table__cell">{}</td>
{}</tr>"""


def case(bench, _variant):
    page = bench.get(f"/manage/ledger/{PROGRAMME}/?as_at={DAY}")
    if "ledger" not in bench.frames:
        bench.keep_frame("ledger", page)
    return page


def floor(bench, _variant):
    """Who asks, the lines and one walk over the entries; the rows of the page, every byte.

    No history of the budget below them, no permission.
    """
    lines = {row[0]: row[1:] for row in bench.rows(LINES, [PROGRAMME])}
    kept = {
        (line, name): pence
        for line, row in lines.items()
        for name, pence in zip(COLUMNS, row[2:], strict=True)
        if pence
    }
    sums = {}
    for line, name, pence, known in bench.rows(SUMS, [list(lines)]):
        if kept.pop((line, name), 0) != pence:
            raise AssertionError(f"Line {line} has another sum of {name}.")
        year, kind = lines[line][:2]
        for key in ((year, kind), (year, ""), (None, "")) if known is not None else ():
            row = sums.setdefault(key, dict.fromkeys(COLUMNS, 0))
            row[name] += int(known)
    if kept:
        raise AssertionError(f"Without entries: {kept}")
    order = sorted(sums, key=lambda key: (key[0] or 9999, not key[1], key[1]))
    return bench.frame("ledger", "\n".join(_row(*key, sums[key]) for key in order))


def _row(year, kind, row):
    row["free"] = row["budget"] - row["reserved"] - row["committed"]
    cells = "".join(CELL.format(year or "", kind, name, _money(row[name])) for name in row)
    said = f"{year} to {year + 1}" if year else "All years"
    return ROW.format("" if kind else " cf-total", said, KINDS[kind], cells)


def _money(pence):
    sign, pence = "−" * (pence < 0), abs(pence)
    return f"{sign}£{pence / 100:,.2f}" if pence % 100 else f"{sign}£{pence // 100:,}"


def agree(ours, floors):
    ours, floors = (ROWS.search(page.decode())[1].strip() for page in (ours, floors))
    if ours != floors:
        raise AssertionError("The rows of the page and of its floor differ.")
