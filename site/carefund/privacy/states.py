from carefund.core.states import Move, State, StateTable

REQUEST = StateTable(
    "person request",
    [
        State("waiting", "Waiting", "yellow"),
        State("done", "Done", "green"),
        State("failed", "Failed", "red"),
    ],
    [
        Move("finish", ("waiting",), "done"),
        Move("fail", ("waiting",), "failed"),
    ],
)
