from carefund.core.states import Move, State, StateTable

REPORT = StateTable(
    "report",
    [
        State("queued", "Being made", "light-blue"),
        State("draft", "Draft", "grey"),
        State("failed", "Could not be made", "red"),
        State("cleared", "Cleared", "green"),
        State("withdrawn", "Withdrawn", "grey"),
    ],
    [
        Move("finish", ("queued",), "draft"),
        Move("fail", ("queued",), "failed"),
        Move("retry", ("failed",), "queued"),
        Move("clear", ("draft",), "cleared"),
        Move("withdraw", ("draft", "cleared"), "withdrawn"),
    ],
)
