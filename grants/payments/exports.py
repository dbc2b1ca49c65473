from carefund.core.sheets import Cell, Sheet


class ClaimSheet(Sheet):
    reference = Cell("reference", "Claim")
    project = Cell("project__reference", "Project")
    title = Cell("project__title", "Project title")
    organisation = Cell("project__organisation__name", "Authority")
    org_id = Cell("project__organisation__org_id", "Authority identifier")
    programme = Cell("project__programme__name", "Programme")
    starts = Cell("period_starts_on", "Period from")
    ends = Cell("period_ends_on", "Period to")
    total = Cell("total", "Amount in pounds")
    status = Cell("status__label", "Status")
    submitted_at = Cell("submitted_at", "Submitted")
    approved_at = Cell("approved_at", "Approved")
    narrative = Cell("narrative", "What it was spent on")
    sample = Cell("is_sample", "Sample data")
