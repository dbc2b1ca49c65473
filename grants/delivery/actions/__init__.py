"""What happens to a project between its offer and its closure."""

from .changes import decide_change, request_change, withdraw_change
from .closing import RestChanged, complete, end_early
from .conditions import (
    carry_conditions,
    confirm_condition,
    release_condition,
    set_condition,
)
from .guests import end_guest, invite_guest
from .milestones import confirm, forecast, report, send_back
from .moving import StillClaimed, request_money_change
from .pausing import pause, resume
from .projects import start_project, tell_story
from .returns import accept_return, open_return, send_back_return, submit_return
from .risks import assess_risk, close_risk, raise_risk

__all__ = [
    "RestChanged",
    "StillClaimed",
    "accept_return",
    "assess_risk",
    "carry_conditions",
    "close_risk",
    "complete",
    "confirm",
    "confirm_condition",
    "decide_change",
    "end_early",
    "end_guest",
    "forecast",
    "invite_guest",
    "open_return",
    "pause",
    "raise_risk",
    "release_condition",
    "report",
    "request_change",
    "request_money_change",
    "resume",
    "send_back",
    "send_back_return",
    "set_condition",
    "start_project",
    "submit_return",
    "tell_story",
    "withdraw_change",
]
