"""Two answers beside each other: what became of what."""

import difflib
import re
from dataclasses import dataclass

# Comparing longer texts word by word would keep the person waiting.
MOST_WORDS = 3000


def differing(text: str, other: str) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it is not in `other`."""
    words, others = re.findall(r"\s+|\S+", text), re.findall(r"\s+|\S+", other)
    if max(len(words), len(others)) > 2 * MOST_WORDS:
        return [(text, text != other)]
    matcher = difflib.SequenceMatcher(None, words, others, autojunk=False)
    return [
        ("".join(words[start:end]), tag != "equal")
        for tag, start, end, _, _ in matcher.get_opcodes()
        if end > start
    ]


@dataclass(frozen=True)
class Difference:
    """One thing that differs; `part` names which of a table or a list of rows."""

    part: str
    before: str
    after: str

    @property
    def before_pieces(self) -> list[tuple[str, bool]]:
        return differing(self.before, self.after)

    @property
    def after_pieces(self) -> list[tuple[str, bool]]:
        return differing(self.after, self.before)
