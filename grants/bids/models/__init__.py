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
from .late import LateGrace
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
    "LateGrace",
    "Mention",
    "Note",
    "Presence",
    "RequestedAmount",
    "SectionHolder",
    "SectionReturn",
    "Submission",
]
