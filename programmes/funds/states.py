from carefund.core.states import Move, State, StateTable

VIREMENT = StateTable(
    "virement",
    [
        State("proposed", "Awaiting approval", "yellow"),
        State("approved", "Approved", "green"),
        State("declined", "Declined", "red"),
        State("withdrawn", "Withdrawn", "grey"),
    ],
    [
        Move("approve", ("proposed",), "approved"),
        Move("decline", ("proposed",), "declined"),
        Move("withdraw", ("proposed",), "withdrawn"),
    ],
)
