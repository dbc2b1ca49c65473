from carefund.core.sheets import Cell, Sheet


class ProjectSheet(Sheet):
    reference = Cell("reference", "Project")
    title = Cell("title", "Title")
    organisation = Cell("organisation__name", "Authority")
    org_id = Cell("organisation__org_id", "Authority identifier")
    region = Cell("organisation__region__name", "Region")
    programme = Cell("programme__name", "Programme")
    theme = Cell("theme__name", "Theme")
    amount = Cell("offer__amount", "Grant in pounds")
    status = Cell("status__label", "Status")
    starts_on = Cell("starts_on", "Starts")
    ends_on = Cell("ends_on", "Ends")
    next_on = Cell("next_on", "Next milestone")
    behind = Cell("behind", "Milestones overdue")
    sample = Cell("is_sample", "Sample data")


class MilestoneSheet(Sheet):
    project = Cell("project__reference", "Project")
    organisation = Cell("project__organisation__name", "Authority")
    position = Cell("position", "Number")
    title = Cell("title", "Milestone")
    baseline_on = Cell("baseline_on", "Promised")
    expected_on = Cell("expected_on", "Expected")
    achieved_on = Cell("achieved_on", "Achieved")
    status = Cell("status__label", "Status")
    sample = Cell("is_sample", "Sample data")


class ReturnSheet(Sheet):
    project = Cell("project__reference", "Project")
    organisation = Cell("project__organisation__name", "Authority")
    starts = Cell("period_starts_on", "Period from")
    ends = Cell("period_ends_on", "Period to")
    due_on = Cell("due_on", "Due")
    status = Cell("status__label", "Status")
    confidence = Cell("get_confidence_display", "Confidence")
    progress = Cell("progress", "Progress")
    submitted_at = Cell("submitted_at", "Submitted")
    sample = Cell("is_sample", "Sample data")
