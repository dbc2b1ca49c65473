from carefund.core.states import Move, State, StateTable

CALL = StateTable(
    "call",
    [
        State("draft", "Draft", "grey"),
        State("in_review", "In review", "light-blue"),
        State("forecast", "Coming soon", "light-blue"),
        State("open", "Open", "green"),
        State("closed", "Closed", "grey"),
        State("in_assessment", "In assessment", "blue"),
        State("decided", "Decided", "green"),
        State("archived", "Archived", "grey"),
    ],
    [
        Move("send_for_review", ("draft",), "in_review"),
        Move("return_to_draft", ("in_review", "forecast"), "draft"),
        Move("announce", ("draft", "in_review"), "forecast"),
        Move("open", ("forecast",), "open"),
        Move("close", ("open",), "closed"),
        Move("start_assessment", ("closed",), "in_assessment"),
        Move("decide", ("in_assessment",), "decided"),
        Move("archive", ("decided", "closed"), "archived"),
    ],
)

CUT_OFF = StateTable(
    "cut_off",
    [
        State("ahead", "Ahead", "grey"),
        State("in_assessment", "In assessment", "blue"),
        State("decided", "Decided", "green"),
    ],
    [
        Move("start_assessment", ("ahead",), "in_assessment"),
        Move("decide", ("in_assessment",), "decided"),
    ],
)

QUESTION = StateTable(
    "clarification",
    [
        State("asked", "Not answered", "yellow"),
        State("answered", "Answered privately", "blue"),
        State("published", "Published", "green"),
    ],
    [
        Move("answer", ("asked",), "answered"),
        Move("publish", ("asked", "answered"), "published"),
    ],
)
