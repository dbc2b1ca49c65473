from carefund.core.states import Move, State, StateTable

IMPORT_RUN = StateTable(
    "import",
    [
        State("uploaded", "Uploaded", "light-blue"),
        State("checked", "Ready to apply", "yellow"),
        State("refused", "Has errors", "red"),
        State("applied", "Applied", "green"),
        State("abandoned", "Abandoned", "grey"),
    ],
    [
        Move("check", ("uploaded",), "checked"),
        Move("refuse", ("uploaded",), "refused"),
        Move("check_again", ("checked",), "uploaded"),
        Move("apply", ("checked",), "applied"),
        Move("abandon", ("uploaded", "checked", "refused"), "abandoned"),
    ],
)
