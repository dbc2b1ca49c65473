"""A bid through the pages: started, answered, certified. What the story enters stands here."""

from grants.bids import actions as bids
from grants.bids.models import Bid
from tests import make

TITLE = "Sensors at home"
SUMMARY = "Sensors that learn a person’s normal day."
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


def plan(walk):
    """The section of milestones and benefits, and on."""
    _rows(walk, "milestones", "milestone", MILESTONES)
    _rows(walk, "benefits", "benefit", BENEFITS)
    walk.press("Save and continue")


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


# What is typed, as it is stored.
ANSWERS = {
    "budget": {
        "lines": [
            {"category": "staff", "year": 2026, "kind": "revenue", "amount": "20000.00"},
            {"category": "equipment", "year": 2026, "kind": "capital", "amount": "5000.00"},
            {"category": "equipment", "year": 2027, "kind": "revenue", "amount": "10000.00"},
        ],
        "match_funding": "0.00",
    },
    "benefits": [
        *make.answers()["benefits"],
        {
            "title": "People feel safer",
            "class": "ub",
            "measure": "Share of people who say so",
            "unit": "per cent",
            "baseline": "50",
            "baseline_on": "2026-03-31",
            "target": "70",
            "owner": "Head of service",
            "unit_value": "",
            "unit_value_source": "",
            "attribution": "100",
            "forecast": {},
        },
    ],
}


def submitted(story):
    """The same bid, without the pages."""
    people = story.people
    bid = bids.start_bid(
        call=story.call,
        organisation=story.authority,
        title=TITLE,
        theme=story.theme,
        by=people.author,
    )
    values = {**make.answers(), **ANSWERS}
    bids.save_answers(bid=bid, values=values, revisions={}, by=people.author)
    bids.ask_for_certificate(bid=bid, by=people.author)
    bids.certify(bid=bid, by=people.certifier)
    bids.submit(bid=bid, by=people.author)
    return make.fresh(bid)
