"""Pages of a very long list: by the number of the last row seen, never by counting all."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

PAGE = 50
COUNTED = 10_000


@dataclass(frozen=True)
class Count:
    """As far as it was counted."""

    count: int
    num_pages: int = 1

    @property
    def words(self) -> str:
        return f"More than {COUNTED:,}" if self.count > COUNTED else f"{self.count:,}"


@dataclass(frozen=True)
class KeysetPage:
    """Newest first. `older` and `newer` are what the links of the page put into the URL."""

    object_list: list[Any]
    paginator: Count
    older: dict[str, int]
    newer: dict[str, int]
    number: int = 1

    def has_other_pages(self) -> bool:
        return False


def keyset_page(rows: QuerySet[Any], *, before: str, after: str) -> KeysetPage:
    """The 50 rows below number `before`, or above `after`; what is no number begins anew."""
    counted = Count(rows.order_by()[: COUNTED + 1].count())
    if _is_number(after):
        found = list(rows.filter(pk__gt=int(after)).order_by("pk")[: PAGE + 1])
        more_newer, more_older = len(found) > PAGE, True
        found = found[:PAGE][::-1]
    else:
        below = rows.filter(pk__lt=int(before)) if _is_number(before) else rows
        found = list(below.order_by("-pk")[: PAGE + 1])
        more_newer, more_older = _is_number(before), len(found) > PAGE
        found = found[:PAGE]
    return KeysetPage(
        found,
        counted,
        older={"before": found[-1].pk} if found and more_older else {},
        newer={"after": found[0].pk} if found and more_newer else {},
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len(str(2**62))
