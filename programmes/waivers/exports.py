from carefund.core.sheets import Cell, Sheet


class WaiverSheet(Sheet):
    rule = Cell("title", "Rule")
    organisation = Cell("organisation__name", "Organisation")
    programme = Cell("programme__name", "Programme")
    scope = Cell("scope", "For")
    reason = Cell("reason", "Reason")
    starts_on = Cell("starts_on", "From")
    ends_on = Cell("ends_on", "Last day")
    state = Cell("status__label", "State")
    asked_by = Cell("asked_by__name", "Asked for by")
    agreed_by = Cell("agreed_by__name", "Agreed by")
    agreed_at = Cell("agreed_at", "Agreed")
    ended_at = Cell("ended_at", "Ended")
