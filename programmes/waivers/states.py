from carefund.core.states import Move, State, StateTable

WAIVER = StateTable(
    "waiver",
    [
        State("asked", "Asked for", "blue"),
        State("agreed", "Agreed", "green"),
        State("declined", "Declined", "red"),
        State("ended", "Ended", "grey"),
    ],
    [
        Move("agree", ("asked",), "agreed"),
        Move("decline", ("asked",), "declined"),
        Move("end", ("asked", "agreed"), "ended"),
    ],
)
