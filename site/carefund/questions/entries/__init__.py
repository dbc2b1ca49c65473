"""How answers are typed in: an entry for each question on the page."""

from .base import Entry, Files, Page
from .grid import GridEntry
from .rows import RowsEntry
from .search import SearchEntry
from .single import SingleEntry

__all__ = ["Entry", "Files", "GridEntry", "Page", "RowsEntry", "SearchEntry", "SingleEntry"]
