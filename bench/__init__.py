"""Speed as ratios to a floor that does the same work. See docs/performance.md."""
