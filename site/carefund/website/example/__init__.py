"""The example: real programmes of 2018 to 2026 from published facts, and samples beside them.

What is public carries its source. What is not is generated from a fixed seed and marked as a
sample; bids that failed, and their scores, belong to plainly fictional authorities only.
"""
