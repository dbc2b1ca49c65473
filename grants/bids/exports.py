from carefund.core.sheets import Cell, Sheet


class BidSheet(Sheet):
    reference = Cell("reference", "Reference")
    organisation = Cell("organisation__name", "Organisation")
    org_id = Cell("organisation__org_id", "Organisation identifier")
    region = Cell("organisation__region__name", "Region")
    title = Cell("title", "Title")
    programme = Cell("call__programme__name", "Programme")
    call = Cell("call__title", "Call")
    theme = Cell("theme__name", "Theme")
    state = Cell("status__label", "State")
    requested = Cell("requested", "Requested in pounds")
    score = Cell("score", "Score in per cent")
    submitted = Cell("submitted_at", "Submitted (UK time)")
    sample = Cell("is_sample", "Sample data")
