"""The letters as they are before anybody writes others in the CMS: subject and text by kind."""

STANDARD = {
    "offer": (
        "Your bid {reference}: we offer you a grant",
        (
            "{organisation}\n\nThank you for your bid “{title}” to the call {call}.\n\n"
            "{funder} offers you a grant of {amount}. Answer the offer in the service by "
            "{answer_by}. The offer shows the amounts by financial year and the agreement.\n\n"
            "Reason for our decision: {reason}\n\nConditions of the grant: {conditions}"
        ),
    ),
    "reserve": (
        "Your bid {reference} is on the reserve list",
        (
            "{organisation}\n\nThank you for your bid “{title}” to the call {call}.\n\n"
            "We cannot offer you a grant now. Your bid is on the reserve list: if money becomes "
            "free, bids are funded in the order of that list, and we write to you.\n\n"
            "Reason for our decision: {reason}"
        ),
    ),
    "regret": (
        "Your bid {reference} was not successful",
        (
            "{organisation}\n\nThank you for your bid “{title}” to the call {call}, and "
            "for the work that went into it.\n\nWe will not fund it. "
            "Reason for our decision: {reason}\n\n"
            "You may bid again to other calls of {programme}."
        ),
    ),
}
