from carefund.core.sheets import Cell, Sheet


class ObservationSheet(Sheet):
    project = Cell("benefit__project__reference", "Project")
    organisation = Cell("benefit__project__organisation__name", "Authority")
    benefit = Cell("benefit__title", "Benefit")
    benefit_class = Cell("benefit__get_benefit_class_display", "Class")
    starts = Cell("period_starts_on", "Period from")
    ends = Cell("period_ends_on", "Period to")
    measured = Cell("measured", "Measured")
    unit = Cell("benefit__unit", "Unit")
    improvement = Cell("improvement", "Improvement")
    amount = Cell("amount", "Worth in pounds")
    method = Cell("method", "Method")
    recorded_at = Cell("recorded_at", "Recorded")
    accepted = Cell("verification__accepted", "Accepted")
    sample = Cell("is_sample", "Sample data")
