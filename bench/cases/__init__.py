"""Each file has a `case` and beside it its `floor`; both give the same answer."""

ORDER = (
    "list_bids",
    "list_claims",
    "list_returns",
    "list_milestones",
    "ledger_as_at",
    "dashboard",
    "project_page",
    "bid_page",
    "export_bids",
    "import_statements",
    "allocation",
    "benefits_figures",
    "benefits_pdf",
    "benefits_sheet",
    "public_awards",
    "target_boards",
    "search_bids",
    "public_pages",
    "deadline_hour",
    "steady",
)
