from import_export import resources

from grants.bids.exports import Column


class RankingSheet(resources.Resource):
    rank = Column("rank", "Rank")
    reference = Column("bid__reference", "Reference")
    organisation = Column("bid__organisation__name", "Organisation")
    title = Column("bid__title", "Title")
    state = Column("bid__status__label", "State")
    requested = Column("bid__requested", "Requested in pounds")
    assessors = Column("assessors", "Each assessor in per cent")
    spread = Column("spread", "Spread in points")
    score = Column("bid__score", "Score in per cent")
    below = Column("below_words", "Below the lowest fundable score")
    sample = Column("bid__is_sample", "Sample data")
