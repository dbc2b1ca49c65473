from carefund.core.states import Move, State, StateTable

CLAIM = StateTable(
    "claim",
    [
        State("draft", "Draft", "grey"),
        State("certified", "Certified", "yellow"),
        State("submitted", "Submitted", "blue"),
        State("approved", "Approved", "blue"),
        State("refused", "Refused", "red"),
        State("paid", "Paid", "green"),
        State("withdrawn", "Withdrawn", "grey"),
    ],
    [
        Move("certify", ("draft",), "certified"),
        Move("reopen", ("certified",), "draft"),
        Move("submit", ("certified",), "submitted"),
        Move("return_to_authority", ("submitted",), "draft"),
        Move("approve", ("submitted",), "approved"),
        Move("refuse", ("submitted",), "refused"),
        Move("pay", ("approved",), "paid"),
        Move("withdraw", ("draft", "certified"), "withdrawn"),
    ],
)

# States in which the department has the claim.
WITH_DEPARTMENT = ("submitted", "approved", "refused", "paid")
# States of a project whose grant nobody claims any more, once its rest has gone back.
CLOSED = ("completed", "terminated")
