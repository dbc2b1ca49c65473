from carefund.core.states import Move, State, StateTable

ASSIGNMENT = StateTable(
    "assessment",
    [
        State("assigned", "Conflict not yet declared", "yellow"),
        State("conflicted", "Conflict of interest", "red"),
        State("in_progress", "In progress", "light-blue"),
        State("submitted", "Scores submitted", "green"),
        State("declined", "Declined", "grey"),
    ],
    [
        Move("declare_conflict", ("assigned", "in_progress"), "conflicted"),
        Move("declare_no_conflict", ("assigned",), "in_progress"),
        Move("submit_scores", ("in_progress",), "submitted"),
        Move("decline", ("assigned", "in_progress"), "declined"),
        Move("ask_again", ("declined",), "assigned"),
        Move("reopen", ("submitted",), "in_progress"),
    ],
)
