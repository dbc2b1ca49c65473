from carefund.core.sheets import Cell, Sheet


class RankingSheet(Sheet):
    rank = Cell("rank", "Rank")
    reference = Cell("bid__reference", "Reference")
    organisation = Cell("bid__organisation__name", "Organisation")
    title = Cell("bid__title", "Title")
    state = Cell("bid__status__label", "State")
    requested = Cell("bid__requested", "Requested in pounds")
    assessors = Cell("assessors", "Each assessor in per cent")
    spread = Cell("spread", "Spread in points")
    score = Cell("bid__score", "Score in per cent")
    how = Cell("how", "Where the score comes from")
    tied = Cell("tie_words", "Tie")
    below = Cell("below_words", "Below the lowest fundable score")
    sample = Cell("bid__is_sample", "Sample data")


class ModerationSheet(Sheet):
    reference = Cell("bid__reference", "Reference")
    organisation = Cell("bid__organisation__name", "Organisation")
    title = Cell("bid__title", "Title")
    assessors = Cell("assessors", "Each assessor in per cent")
    spread = Cell("spread", "Spread in points")
    outliers = Cell("outliers", "Far from the others")
    flags = Cell("flag_words", "Flags")
    score = Cell("bid__score", "Score in per cent")
    met_on = Cell("decision__panel__met_on", "Panel")
    before = Cell("decision__before", "Mean before the panel")
    agreed = Cell("decision__agreed", "Agreed score")
    rationale = Cell("decision__rationale", "Rationale")
    aside = Cell("stood_aside", "Stood aside")
    sample = Cell("bid__is_sample", "Sample data")


class SeveritySheet(Sheet):
    assessor = Cell("assessor", "Assessor")
    bids = Cell("bids", "Bids scored")
    mean = Cell("mean", "Mean distance from the others in points")
    words = Cell("words", "In words")


class ScoreSheet(Sheet):
    reference = Cell("assignment__bid__reference", "Reference")
    assessor = Cell("assignment__assessor__name", "Assessor")
    criterion = Cell("criterion__title", "Criterion")
    score = Cell("score", "Score")
    highest = Cell("criterion__highest_score", "Of")
    justification = Cell("justification", "Reason")
    at = Cell("recorded_at", "Recorded")


class AttendanceSheet(Sheet):
    met_on = Cell("panel__met_on", "Panel")
    person = Cell("person__name", "Name")
    part = Cell("get_part_display", "Part")


class SiftSheet(Sheet):
    reference = Cell("reference", "Reference")
    organisation = Cell("organisation__name", "Organisation")
    title = Cell("title", "Title")
    state = Cell("status__label", "State")
    requested = Cell("requested", "Requested in pounds")
    overridden = Cell("overridden", "Failed checks accepted")
    diligence = Cell("diligence", "Due diligence")
    subsidy = Cell("subsidy", "Subsidy test")
    alike = Cell("alike", "Similar bids found")
    open = Cell("to_look_at", "Similar bids not looked at")
    sample = Cell("is_sample", "Sample data")


class SpotlightSheet(Sheet):
    """The records of due diligence under the names that the Spotlight check gives its fields."""

    application = Cell("application_number", "ApplicationNumber")
    name = Cell("organisation_name", "OrganisationName")
    kind = Cell("organisation_type", "OrganisationType")
    line = Cell("address_line_1", "AddressLine1")
    town = Cell("city_town", "CityTown")
    country = Cell("country", "Country")
    postcode = Cell("postcode", "AddressPostcode")
    amount = Cell("application_amount", "ApplicationAmount")
    charity = Cell("charity_number", "CharityCommissionRegNo")
    company = Cell("company_number", "CompaniesHouseRegNo")
    scheme = Cell("scheme_id", "GGISSchemeID")
    funder = Cell("funder_id", "FunderID")


class ProgressSheet(Sheet):
    reference = Cell("reference", "Reference")
    organisation = Cell("organisation__name", "Organisation")
    title = Cell("title", "Title")
    state = Cell("status__label", "State")
    asked = Cell("asked", "Conflict not declared")
    working = Cell("working", "Scoring")
    handed_in = Cell("handed_in", "Submitted")
    conflicted = Cell("conflicted", "In conflict")
    declined = Cell("declined", "Declined")
    late = Cell("late", "Late")
