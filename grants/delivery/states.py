from carefund.core.states import Move, State, StateTable

PROJECT = StateTable(
    "project",
    [
        State("active", "In delivery", "light-blue"),
        State("paused", "Paused", "orange"),
        State("completed", "Completed", "green"),
        State("terminated", "Ended early", "red"),
    ],
    [
        Move("pause", ("active",), "paused"),
        Move("resume", ("paused",), "active"),
        Move("complete", ("active",), "completed"),
        Move("terminate", ("active", "paused"), "terminated"),
    ],
)

MILESTONE = StateTable(
    "milestone",
    [
        State("planned", "Planned", "grey"),
        State("reported", "Reported", "blue"),
        State("achieved", "Achieved", "green"),
        State("removed", "Removed by change request", "grey"),
    ],
    [
        Move("report", ("planned",), "reported"),
        Move("return_to_authority", ("reported",), "planned"),
        Move("confirm", ("reported",), "achieved"),
        Move("remove", ("planned",), "removed"),
    ],
)

RETURN = StateTable(
    "monitoring return",
    [
        State("due", "Due", "yellow"),
        State("submitted", "Submitted", "blue"),
        State("accepted", "Accepted", "green"),
    ],
    [
        Move("submit", ("due",), "submitted"),
        Move("send_back", ("submitted",), "due"),
        Move("accept", ("submitted",), "accepted"),
    ],
)

CHANGE_REQUEST = StateTable(
    "change request",
    [
        State("requested", "Requested", "blue"),
        State("approved", "Approved", "green"),
        State("refused", "Refused", "red"),
        State("withdrawn", "Withdrawn", "grey"),
    ],
    [
        Move("approve", ("requested",), "approved"),
        Move("refuse", ("requested",), "refused"),
        Move("withdraw", ("requested",), "withdrawn"),
    ],
)

CONDITION = StateTable(
    "level condition",
    [
        State("set", "To be reached", "grey"),
        State("met", "Met", "green"),
        State("released", "Released", "grey"),
    ],
    [
        Move("confirm", ("set",), "met"),
        Move("release", ("set",), "released"),
    ],
)
