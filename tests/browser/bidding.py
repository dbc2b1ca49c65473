"""A bid through the pages: started, answered, certified. What the story enters stands here."""

from grants.bids.models import Bid

TITLE = "Sensors at home"
COSTS = {
    "Staff, 2026 to 2027, revenue": "20,000",
    "Equipment, 2026 to 2027, capital": "5,000.00",
    "Equipment, 2027 to 2028, revenue": "10000",
}
MILESTONES = [
    {
        "What will be done": "Sensors chosen",
        "Date": (30, 9, 2026),
        "How you will show that it is done (optional)": "The signed contract",
    },
    {"What will be done": "First homes live", "Date": (31, 3, 2027)},
]
BENEFITS = [
    {
        "Benefit": "Fewer falls",
        "class": "Cash releasing",
        "What you will measure": "Falls with injury a year",
        "Unit": "falls",
        "Baseline": "100",
        "Date of the baseline": (31, 3, 2026),
        "Target": "60",
        "Who owns it": "Head of service",
        "Value of one unit (optional)": "500",
        "Where that value comes from (optional)": "Local costing",
        "Part of the change due to this project": "80",
        "Value promised in 2027 to 2028 (optional)": "16,000",
    },
    {
        "Benefit": "People feel safer",
        "class": "Unmonetisable",
        "What you will measure": "Share of people who say so",
        "Unit": "per cent",
        "Baseline": "50",
        "Date of the baseline": (31, 3, 2026),
        "Target": "70",
        "Who owns it": "Head of service",
        "Part of the change due to this project": "100",
    },
]


def start(walk, call):
    """From the public page of the call to the task list of a new bid."""
    walk.open(f"/calls/{call.code}/")
    walk.press("Start a bid")
    walk.fill({"Title of your project": TITLE})
    walk.choose("Living at home")
    walk.press("Start the bid")
    return Bid.objects.get(call=call, title=TITLE)


def answer(walk):
    """Every section of the form, one after the other, from the task list and back to it."""
    walk.follow("Your project")
    walk.fill({"What will you do?": "Sensors that learn a person’s normal day."})
    walk.choose("No")
    walk.press("Save and continue")
    walk.fill(COSTS)
    walk.press("Save and continue")
    _rows(walk, "milestones", "milestone", MILESTONES)
    _rows(walk, "benefits", "benefit", BENEFITS)
    walk.press("Save and continue")
    walk.sees("3 of 3")


def _rows(walk, key, noun, rows):
    """Fill a card; ask for another one; the page comes back with what was typed and a new card."""
    for number, row in enumerate(rows, 1):
        if number > 1:
            walk.press(f"Add another {noun}")
        card = walk.page.locator(f"#{key}-{number}")
        walk.fill({label: v for label, v in row.items() if label != "class"}, within=card)
        if "class" in row:
            card.get_by_role("radio", name=row["class"], exact=True).check()


def ask_for_certificate(walk):
    walk.press("Check and ask for a certificate")
    walk.sees("£35,000", "Sensors chosen", "30 September 2026", "Fewer falls")
    walk.press("Ask for a certificate")
    walk.sees("The finance certifiers of your organisation were asked.")


def certify(walk, bid):
    """The certifier is led to the bid by their own start page."""
    walk.open("/start/")
    walk.sees(bid.title)
    walk.open(f"/bids/{bid.reference}/")
    walk.press("Read and certify")
    walk.sees("Prepared by Author Here", "£35,000")
    walk.choose("I agree with this declaration and certify the bid")
    walk.press("Certify the bid")
    walk.sees("The bid is certified and can be submitted.")


def submit(walk, bid):
    walk.open(f"/bids/{bid.reference}/")
    walk.press("Submit the bid")
    walk.press("Submit the bid")
    walk.sees("Bid submitted", bid.reference, "£35,000", "Fingerprint")
