from .base import (
    Answer,
    AnswerRevision,
    AnswerSetAside,
    Bid,
    BidGuest,
    BidHolder,
    BidQuerySet,
    RequestedAmount,
    Submission,
)
from .partners import BidPartner
from .together import (
    Comment,
    KeptAnswer,
    Mention,
    Note,
    Presence,
    SectionHolder,
    SectionReturn,
)

__all__ = [
    "Answer",
    "AnswerRevision",
    "AnswerSetAside",
    "Bid",
    "BidGuest",
    "BidHolder",
    "BidPartner",
    "BidQuerySet",
    "Comment",
    "KeptAnswer",
    "Mention",
    "Note",
    "Presence",
    "RequestedAmount",
    "SectionHolder",
    "SectionReturn",
    "Submission",
]
