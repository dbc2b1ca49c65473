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
        State("paid", "Paid", "green"),
        State("replaced", "Replaced", "grey"),
        State("withdrawn", "Withdrawn", "red"),
        State("abandoned", "Abandoned", "grey"),
    ],
    [
        # All amounts are committed at once, or none.
        Move("issue", ("draft",), "issued"),
        # One payment to every authority.
        Move("pay", ("issued",), "paid"),
        # Another determination was issued in its place, or it was taken back.
        Move("replace", ("issued",), "replaced"),
        Move("withdraw", ("issued",), "withdrawn"),
        Move("abandon", ("draft",), "abandoned"),
    ],
)

AMENDMENT = StateTable(
    "change of an offer",
    [
        State("proposed", "Waits for approval", "yellow"),
        State("made", "In force", "green"),
        State("withdrawn", "Withdrawn", "grey"),
    ],
    [
        Move("approve", ("proposed",), "proposed"),
        # The ledger, the offer and the council's page follow at once.
        Move("make", ("proposed",), "made"),
        Move("withdraw", ("proposed",), "withdrawn"),
    ],
)
