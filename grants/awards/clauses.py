"""The clauses of a grant agreement, written for this service; the headings are the usual ones."""

CLAUSES = (
    (
        "Purpose",
        (
            "The grant is paid for the project described in the bid, which is Annex 1 of this "
            "agreement, and for nothing else."
        ),
    ),
    (
        "Maximum sum",
        (
            "The funder pays no more than the maximum sum, and no more in any financial year and "
            "of either kind, capital or revenue, than the schedule of amounts shows."
        ),
    ),
    (
        "Eligible expenditure",
        (
            "Only costs that were incurred for the project within its period, and that the "
            "recipient can evidence, are eligible. Costs met by another grant are not."
        ),
    ),
    (
        "Payment",
        (
            "The grant is paid in arrears on claims that the recipient’s chief finance officer or "
            "a deputy has certified."
        ),
    ),
    (
        "Monitoring",
        (
            "The recipient reports milestones with evidence, submits monitoring returns when they "
            "are due, and measures the benefits it has promised against their baselines."
        ),
    ),
    (
        "Conditions",
        (
            "The recipient meets the conditions that the schedules of this agreement name. Until "
            "then the funder may hold back payments."
        ),
    ),
    (
        "Changes",
        "Dates, money between years or kinds, and scope change only by an approved change request.",
    ),
    (
        "Records and audit",
        (
            "The recipient keeps records of all expenditure for six years after the last payment "
            "and lets the funder and the National Audit Office inspect them."
        ),
    ),
    (
        "Data and transparency",
        "The funder publishes the award as open data. Personal data are protected by law.",
    ),
    (
        "Recovery",
        "The funder may recover what was not spent as agreed, or was paid in error.",
    ),
    (
        "Closure",
        (
            "The project closes with a final report, a final certified claim and a plan for "
            "measuring benefits that come later."
        ),
    ),
)
