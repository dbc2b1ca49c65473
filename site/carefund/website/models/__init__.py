"""The pages that editors write. A published call page announces its call."""

from .calls import CallAttachment, CallCriterion, CallPage, PageCutOff, call_pages
from .home import CallIndexPage, HomePage
from .library import LibraryQuestion
from .texts import TextPage

__all__ = [
    "CallAttachment",
    "CallCriterion",
    "CallIndexPage",
    "CallPage",
    "HomePage",
    "LibraryQuestion",
    "PageCutOff",
    "TextPage",
    "call_pages",
]
