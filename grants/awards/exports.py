from carefund.core.sheets import Cell, Sheet


class OfferSheet(Sheet):
    reference = Cell("reference", "Offer")
    bid = Cell("bid__reference", "Bid")
    organisation = Cell("organisation__name", "Authority")
    org_id = Cell("organisation__org_id", "Authority identifier")
    project = Cell("bid__title", "Project")
    call = Cell("bid__call__title", "Call")
    amount = Cell("amount", "Amount in pounds")
    status = Cell("status__label", "Status")
    offered_at = Cell("offered_at", "Offered")
    expires_at = Cell("expires_at", "Answer by")
    answered_at = Cell("answered_at", "Answered")
    sample = Cell("is_sample", "Sample data")


class ShareSheet(Sheet):
    determination = Cell("determination__reference", "Determination")
    title = Cell("determination__title", "Title")
    organisation = Cell("organisation__name", "Authority")
    org_id = Cell("organisation__org_id", "Authority identifier")
    financial_year = Cell("determination__financial_year", "Financial year begins in")
    kind = Cell("determination__kind", "Capital or revenue")
    amount = Cell("amount", "Amount in pounds")
    status = Cell("determination__status__label", "Status")
    sample = Cell("determination__is_sample", "Sample data")
