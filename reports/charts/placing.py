"""Places labels above each other so that none covers another."""


def spread(wanted: list[float], heights: list[float], low: float, high: float) -> list[float]:
    """Tops near the wanted tops, in their order, not overlapping, inside low and high if they fit.

    Labels that do not all fit keep their distance and run past `high`.
    """
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    placed = [0.0] * len(wanted)
    edge = low
    for place in order:
        placed[place] = edge = max(wanted[place], edge)
        edge += heights[place]
    edge = max(high, low + sum(heights))
    for place in reversed(order):
        placed[place] = min(placed[place], edge - heights[place])
        edge = placed[place]
    return placed
