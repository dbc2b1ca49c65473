"""A page as the floor writes it: every byte of ours, with what the database holds filled in.

What a floor fills in, it reads by its own statements and writes by its own hand: names, texts,
amounts, days, rows of tables. What lies between (header, navigation, headings, the menu of the
person, dates in words such as "3 days ago") is written as it stood when the page was first asked
for.
"""

import re
from itertools import chain

CHANGING = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')
NO_DAY = ""


class Stencil:
    def __init__(self, page, pieces):
        """Raises ValueError when `pieces` do not stand on the page one after the other."""
        text, self.between, at = page.decode(), [], 0
        for piece in pieces:
            found = text.index(piece, at)
            self.between.append(text[at:found])
            at = found + len(piece)
        self.rest = text[at:]

    def written(self, pieces):
        filled = zip(self.between, pieces, strict=True)
        return ("".join(chain.from_iterable(filled)) + self.rest).encode()


def written(bench, name, page, pieces):
    """The page with `pieces`; `page` gives ours, once, to take the rest from."""
    if name not in bench.frames:
        bench.frames[name] = Stencil(page(), pieces)
    return bench.frames[name].written(pieces)


def agree(ours, floors):
    if CHANGING.sub(b"", ours) != CHANGING.sub(b"", floors):
        raise AssertionError("The page and its floor are not the same, byte for byte.")


def pounds(pence):
    whole, rest = divmod(int(pence), 100)
    return f"£{whole:,}.{rest:02}" if rest else f"£{whole:,}"


def day(value):
    return f"{value.day} {value:%B %Y}" if value else NO_DAY
