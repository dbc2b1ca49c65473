from carefund.core.states import Move, State, StateTable

ROUND = StateTable(
    "allocation round",
    [
        State("draft", "Draft", "grey"),
        State("recommended", "Recommended", "blue"),
        State("approved", "Approved", "green"),
        State("abandoned", "Abandoned", "grey"),
    ],
    [
        Move("recommend", ("draft",), "recommended"),
        Move("return_to_draft", ("recommended",), "draft"),
        Move("approve", ("recommended",), "approved"),
        Move("abandon", ("draft", "recommended"), "abandoned"),
    ],
)

OFFER = StateTable(
    "offer",
    [
        State("offered", "Offered", "yellow"),
        State("accepted", "Accepted", "green"),
        State("declined", "Declined", "red"),
        State("expired", "Expired", "grey"),
    ],
    [
        Move("accept", ("offered",), "accepted"),
        Move("decline", ("offered",), "declined"),
        Move("expire", ("offered",), "expired"),
    ],
)
