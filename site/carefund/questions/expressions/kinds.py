"""What a value can be to a rule."""

NUMBER, TEXT, TRUTH, DATE = "number", "text", "truth", "date"
LIST, ROWS, BUDGET, NOTHING = "list", "rows", "budget", "nothing"
NUMBERS, TEXTS, TRUTHS, DATES = "numbers", "texts", "truths", "dates"
# A column of rows, by the kind of its cells.
COLUMNS = {NUMBER: NUMBERS, TEXT: TEXTS, TRUTH: TRUTHS, DATE: DATES}
ORDERED = (NUMBER, DATE, TEXT, TRUTH, NOTHING)
MANY = (LIST, ROWS, NUMBERS, TEXTS, TRUTHS, DATES)
_WORDS = {
    NUMBER: "a number",
    TEXT: "text",
    TRUTH: "yes or no",
    DATE: "a date",
    LIST: "a list",
    ROWS: "a list of rows",
    BUDGET: "a budget",
    NUMBERS: "a column of numbers",
    TEXTS: "a column of texts",
    TRUTHS: "a column of yes and no",
    DATES: "a column of dates",
    NOTHING: "nothing",
}


def spoken(kind: str) -> str:
    return _WORDS[kind]
