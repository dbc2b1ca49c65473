from carefund.core.sheets import Cell, Sheet


class LedgerSheet(Sheet):
    financial_year = Cell("year_short", "Financial year")
    kind = Cell("kind_label", "Kind")
    budget = Cell("budget", "Budget in pounds")
    reserved = Cell("reserved", "Reserved for calls in pounds")
    committed = Cell("committed", "Committed in pounds")
    claimed = Cell("claimed", "Claimed in pounds")
    paid = Cell("paid", "Paid in pounds")
    free = Cell("free", "Free in pounds")


class EntrySheet(Sheet):
    recorded_at = Cell("recorded_at", "Recorded")
    occurred_on = Cell("occurred_on", "Date")
    financial_year = Cell("line__financial_year", "Financial year begins")
    kind = Cell("line__get_kind_display", "Kind")
    column = Cell("get_column_display", "Column")
    amount = Cell("amount", "Amount in pounds")
    reason = Cell("reason", "Reason")
    subject = Cell("subject_name", "For")
    organisation = Cell("organisation__name", "Organisation")
    org_id = Cell("organisation__org_id", "Organisation identifier")
    recorded_by = Cell("recorded_by__name", "Recorded by")
    reverses = Cell("reverses_id", "Takes back entry")
    number = Cell("pk", "Entry")


class RolesCell(Cell):
    def get_value(self, instance):
        return "; ".join(row.words for row in instance.roles_now)


class StaffSheet(Sheet):
    name = Cell("name", "Name")
    email = Cell("email", "Email address")
    roles = RolesCell("roles_now", "Roles")


class OrganisationSheet(Sheet):
    name = Cell("name", "Name")
    org_id = Cell("org_id", "Organisation identifier")
    kind = Cell("get_kind_display", "Kind")
    gss_code = Cell("gss_code", "GSS code")
    valid_from = Cell("valid_from", "From")
    valid_to = Cell("valid_to", "Until")
    members = Cell("members", "Members")
    administrators = Cell("administrators", "Administrators")
