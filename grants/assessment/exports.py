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
    below = Cell("below_words", "Below the lowest fundable score")
    sample = Cell("bid__is_sample", "Sample data")
