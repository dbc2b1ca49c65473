"""Every write to a call, as the people who do it would say it."""

from ..eligibility import ELIGIBLE, PLACE, may_bid
from ..queries import problems_with
from .asking import answer_privately, ask, publish_answer
from .copying import copy_call, copy_questions, invite
from .following import ask_to_follow, confirm_following, follow, stop, stop_following
from .life import (
    FormFrozen,
    NotReady,
    add_update,
    announce,
    archive,
    close_call,
    create_call,
    decide,
    extend,
    freeze_form,
    open_call,
    return_to_draft,
    save_criteria,
    save_form,
    send_for_review,
    set_aside,
    start_assessment,
    update_call,
)
from .telling import tell_followers
from .turns import add_cut_off, assess_cut_off, decide_cut_offs, remove_cut_off

__all__ = [
    "ELIGIBLE",
    "PLACE",
    "FormFrozen",
    "NotReady",
    "add_cut_off",
    "add_update",
    "announce",
    "answer_privately",
    "archive",
    "ask",
    "ask_to_follow",
    "assess_cut_off",
    "close_call",
    "confirm_following",
    "copy_call",
    "copy_questions",
    "create_call",
    "decide",
    "decide_cut_offs",
    "extend",
    "follow",
    "freeze_form",
    "invite",
    "may_bid",
    "open_call",
    "problems_with",
    "publish_answer",
    "remove_cut_off",
    "return_to_draft",
    "save_criteria",
    "save_form",
    "send_for_review",
    "set_aside",
    "start_assessment",
    "stop",
    "stop_following",
    "tell_followers",
    "update_call",
]
