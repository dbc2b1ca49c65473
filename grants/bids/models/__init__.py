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
from .clarifying import ClarificationRequest
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
from .words import BidWords

__all__ = [
    "Answer",
    "AnswerRevision",
    "AnswerSetAside",
    "Bid",
    "BidGuest",
    "BidHolder",
    "BidPartner",
    "BidQuerySet",
    "BidWords",
    "ClarificationRequest",
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
