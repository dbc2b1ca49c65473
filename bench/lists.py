"""Officers' lists: fifty of many rows, filtered and sorted, as a page."""

from dataclasses import dataclass

from .kit import references, table_row

PAGE = 50


@dataclass(frozen=True)
class Listing:
    """`counted` is a statement that gives count (and sum); `page` one with {order} and limit.

    Where the database keeps what a list counts and adds up to, the floor reads it too.

    `cells` turns a row into the texts of its cells, `mark` finds what names a row in the page.
    """

    address: str
    counted: str
    page: str
    ascending: str
    descending: str
    cells: object
    mark: str
    # What the filters offer beyond states, where that comes from the database.
    choices: str = ""

    def case(self, bench, variant):
        return bench.get(self._address(bench, variant))

    def floor(self, bench, variant):
        total = bench.one(self.counted)[0]
        if variant == "first page":
            rows = bench.rows(self.page.format(order=self.ascending), [PAGE])
        else:
            # The plainest way to the end: from the other side.
            rest = total % PAGE or PAGE
            rows = bench.rows(self.page.format(order=self.descending), [rest])[::-1]
        if self.choices:
            "".join(
                f'<option value="{pk}">{name}</option>' for _, pk, name in bench.rows(self.choices)
            )
        body = "".join(table_row(self.cells(row)) for row in rows)
        return bench.frame(self._address(bench, variant), body)

    def agree(self, ours, floors):
        if references(ours, self.mark) != references(floors, self.mark):
            raise AssertionError("The page and its floor show different rows.")

    def _address(self, bench, variant):
        key = (self.address, variant)
        if key not in bench.addresses:
            total = bench.one(self.counted)[0]
            page = 1 if variant == "first page" else -(-total // PAGE)
            bench.addresses[key] = f"{self.address}&page={page}"
            bench.keep_frame(bench.addresses[key], bench.get(bench.addresses[key]))
        return bench.addresses[key]
