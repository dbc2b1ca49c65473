from carefund.core.states import Move, State, StateTable

BID = StateTable(
    "bid",
    [
        State("draft", "Draft", "grey"),
        State("awaiting_certificate", "Awaiting certificate", "blue"),
        State("certified", "Certified", "yellow"),
        State("submitted", "Submitted", "blue"),
        State("withdrawn", "Withdrawn", "grey"),
        State("eligible", "Eligible", "blue"),
        State("ineligible", "Not eligible", "red"),
        State("in_assessment", "In assessment", "blue"),
        State("assessed", "Assessed", "blue"),
        State("awarded", "Awarded", "green"),
        State("reserve", "On the reserve list", "light-blue"),
        State("unsuccessful", "Not funded", "red"),
        State("declined", "Offer declined", "grey"),
    ],
    [
        Move("ask_certificate", ("draft",), "awaiting_certificate"),
        Move("return_to_author", ("awaiting_certificate",), "draft"),
        Move("certify", ("awaiting_certificate",), "certified"),
        Move("reopen", ("awaiting_certificate", "certified"), "draft"),
        Move("submit", ("certified",), "submitted"),
        Move("withdraw", ("draft", "awaiting_certificate", "certified", "submitted"), "withdrawn"),
        Move("resume", ("withdrawn",), "draft"),
        Move("pass_eligibility", ("submitted",), "eligible"),
        Move("fail_eligibility", ("submitted",), "ineligible"),
        Move("start_assessment", ("eligible",), "in_assessment"),
        Move("finish_assessment", ("in_assessment",), "assessed"),
        Move("award", ("assessed", "reserve"), "awarded"),
        Move("hold_in_reserve", ("assessed",), "reserve"),
        Move("refuse", ("assessed", "reserve"), "unsuccessful"),
        Move("decline_offer", ("awarded",), "declined"),
    ],
)

EDITABLE = "draft"
# The organisation still works on it: it follows a corrected form.
IN_PROGRESS = ("draft", "awaiting_certificate", "certified")
# States in which the department has the bid.
WITH_DEPARTMENT = (
    "submitted",
    "eligible",
    "ineligible",
    "in_assessment",
    "assessed",
    "awarded",
    "reserve",
    "unsuccessful",
    "declined",
)

# The department may still ask what an answer means.
CLARIFIED_IN = ("submitted", "eligible", "in_assessment", "assessed")

# What each state means to the organisation that bids, and what happens next.
WORDS = {
    "draft": "You can change the answers until you ask for a certificate.",
    "awaiting_certificate": (
        "A finance certifier of your organisation must read the bid and certify it. "
        "Nobody can change the answers meanwhile."
    ),
    "certified": "The bid is certified and can be submitted.",
    "submitted": "We have received your bid and will check that it is eligible.",
    "withdrawn": (
        "The bid was withdrawn. It will not be assessed. "
        "Until the call closes you can take it up again."
    ),
    "eligible": "Your bid is eligible. Assessors will now be chosen.",
    "ineligible": "Your bid is not eligible. It will not be assessed. The history says why.",
    "in_assessment": "Assessors are scoring your bid.",
    "assessed": "Your bid has been assessed. A decision follows.",
    "awarded": "Your bid was successful. An offer has been made to your organisation.",
    "reserve": "Your bid is on the reserve list. It may be funded if money becomes free.",
    "unsuccessful": "Your bid was not funded.",
    "declined": "Your organisation declined the offer.",
}

# States in which a bid can still lead somewhere: a successor goes on with it.
LIVE = (
    "draft",
    "awaiting_certificate",
    "certified",
    "submitted",
    "eligible",
    "in_assessment",
    "assessed",
    "reserve",
)
