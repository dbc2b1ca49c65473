"""Every write to a bid, as the people who do it would say it."""

from .answering import Clash, Conflict, NotEditable, save_answers
from .carrying import carry_over, keep_late
from .clarifying import (
    DraftMoved,
    MoneyChanged,
    NotWaiting,
    ask_to_clarify,
    keep_reply,
    reply_to_request,
    take_back_request,
)
from .deciding import (
    award,
    decline_offer,
    fail_eligibility,
    finish_assessment,
    hold_in_reserve,
    moderate_score,
    pass_eligibility,
    refuse,
    start_assessment,
)
from .guests import end_guest, invite_guest
from .holding import hand_over
from .inviting import invite_winners, tell_of_extension
from .partners import answer_partner, ask_partner, change_partner
from .preparing import start_bid
from .registering import register_past_bid
from .submitting import (
    CallClosed,
    Incomplete,
    ask_for_certificate,
    certify,
    reopen,
    resume,
    return_to_author,
    submit,
    withdraw,
)
from .together import (
    be_in_section,
    comment,
    give_section,
    leave_section,
    write_note,
)
from .writing_to import write_to_bidder, write_to_bidders

__all__ = [
    "CallClosed",
    "Clash",
    "Conflict",
    "DraftMoved",
    "Incomplete",
    "MoneyChanged",
    "NotEditable",
    "NotWaiting",
    "answer_partner",
    "ask_for_certificate",
    "ask_partner",
    "ask_to_clarify",
    "award",
    "be_in_section",
    "carry_over",
    "certify",
    "change_partner",
    "comment",
    "decline_offer",
    "end_guest",
    "fail_eligibility",
    "finish_assessment",
    "give_section",
    "hand_over",
    "hold_in_reserve",
    "invite_guest",
    "invite_winners",
    "keep_late",
    "keep_reply",
    "leave_section",
    "moderate_score",
    "pass_eligibility",
    "refuse",
    "register_past_bid",
    "reopen",
    "reply_to_request",
    "resume",
    "return_to_author",
    "save_answers",
    "start_assessment",
    "start_bid",
    "submit",
    "take_back_request",
    "tell_of_extension",
    "withdraw",
    "write_note",
    "write_to_bidder",
    "write_to_bidders",
]
