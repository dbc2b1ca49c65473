"""The table that people read."""

import itertools

HEAD = (
    "case", "variant", "size", "queries", "median", "p95", "peak MB", "more MB", "floor", "ratio",
    "target",
)  # fmt: skip
LINE = "{:<17} {:<12} {:>7} {:>7} {:>9} {:>9} {:>8} {:>8} {:>9} {:>7} {:>7} {}"


def line(row):
    # Without a target a line is only there to be seen.
    missed = row["target"] is not None and row["ratio"] > row["target"]
    many = row["most_queries"] and row["queries"] > row["most_queries"]
    notes = " ".join(filter(None, ["missed" * missed, "too many queries" if many else ""]))
    return LINE.format(
        row["case"],
        row["variant"],
        f"{row['size']:,}",
        row["queries"],
        f"{row['median_ms']:.1f}",
        f"{row['p95_ms']:.1f}",
        f"{row['peak_mb']:.0f}",
        f"{row['more_mb']:.0f}",
        f"{row['floor_ms']:.1f}",
        f"{row['ratio']:.2f}x",
        f"{row['target']}x" if row["target"] is not None else "",
        notes,
    )


def show(rows):
    print("\nTimes in milliseconds.")
    print(LINE.format(*HEAD, ""))
    for row in rows:
        print(line(row))
    print("\nGrowth of the median from size to size:")
    for (case, variant), found in growth(rows).items():
        steps = "  ".join(f"{a:,} to {b:,}: {factor:.2f}x" for a, b, factor in found)
        print(f"{case:<17} {variant:<12} {steps}")


def growth(rows):
    """(case, variant) -> (smaller size, larger size, factor) for each step and for the whole."""
    by_case = {}
    for row in rows:
        by_case.setdefault((row["case"], row["variant"]), []).append(row)
    found = {}
    for key, same in by_case.items():
        same.sort(key=lambda row: row["size"])
        pairs = list(itertools.pairwise(same))
        if len(same) > 2:
            pairs.append((same[0], same[-1]))
        found[key] = [(a["size"], b["size"], b["median_ms"] / a["median_ms"]) for a, b in pairs]
    return {key: steps for key, steps in found.items() if steps}
