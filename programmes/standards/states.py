from carefund.core.states import Move, State, StateTable

SELF_ASSESSMENT = StateTable(
    "self-assessment",
    [
        State("draft", "In progress", "light-blue"),
        State("submitted", "Submitted", "green"),
        State("discarded", "Discarded", "grey"),
    ],
    [
        Move("submit", ("draft",), "submitted"),
        Move("discard", ("draft",), "discarded"),
    ],
)
