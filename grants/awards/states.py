from carefund.core.states import Move, State, StateTable

ROUND = StateTable(
    "allocation round",
    [
        State("draft", "Draft", "grey"),
        State("recommended", "Recommended", "blue"),
        State("embargoed", "Approved, not published", "blue"),
        State("approved", "Published", "green"),
        State("abandoned", "Abandoned", "grey"),
    ],
    [
        Move("recommend", ("draft",), "recommended"),
        Move("return_to_draft", ("recommended", "embargoed"), "draft"),
        # One approval of the chain; the last is followed by the next move.
        Move("approve", ("recommended",), "recommended"),
        Move("embargo", ("recommended",), "embargoed"),
        # The money is committed, the offers are made and everybody learns of it.
        Move("publish", ("recommended", "embargoed"), "approved"),
        Move("abandon", ("draft", "recommended"), "abandoned"),
    ],
)

# What has not come to an end: a call has one of these at a time.
OPEN = ("draft", "recommended", "embargoed")

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

DETERMINATION = StateTable(
    "determination",
    [
        State("draft", "Draft", "grey"),
        State("issued", "Issued", "green"),
        State("abandoned", "Abandoned", "grey"),
    ],
    [
        # All amounts are committed at once, or none.
        Move("issue", ("draft",), "issued"),
        Move("abandon", ("draft",), "abandoned"),
    ],
)
