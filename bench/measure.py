"""One case against its floor, turn by turn, in one process."""

import gc
import json
import sys
import time
from importlib import import_module
from pathlib import Path
from statistics import median

import django

WARM_UP, FEWEST, MOST, SECONDS = 2, 5, 40, 5.0
IN_A_BYTE = 1024


def peak_megabytes():
    """The most memory that this process has held since it began or `forget_peak` was called."""
    with Path("/proc/self/status").open(encoding="ascii") as status:
        line = next(row for row in status if row.startswith("VmHWM"))
    return int(line.split()[1]) / IN_A_BYTE


def forget_peak():
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def timed(action):
    gc.collect()
    began = time.perf_counter()
    answer = action()
    return time.perf_counter() - began, answer


def high(times):
    """The 95th percentile."""
    return sorted(times)[max(0, round(len(times) * 0.95) - 1)]


def compare(case, floor, agree):
    """Milliseconds of both, measured in turns: what disturbs one disturbs the other as well."""
    for _ in range(WARM_UP):
        agree(case(), floor())
    ours, theirs, began = [], [], time.monotonic()
    while len(ours) < FEWEST or (len(ours) < MOST and time.monotonic() - began < SECONDS):
        ours.append(timed(case)[0] * 1000)
        theirs.append(timed(floor)[0] * 1000)
    return ours, theirs


def memory_of(action):
    """Megabytes that one more turn takes beyond what the process holds."""
    gc.collect()
    forget_peak()
    before = peak_megabytes()
    action()
    return peak_megabytes() - before, peak_megabytes()


def run(module, variant, bench):
    if hasattr(module, "measured"):
        return module.measured(bench)

    def case():
        return module.case(bench, variant)

    def floor():
        return module.floor(bench, variant)

    agree = getattr(module, "agree", same)
    queries = bench.queries(case)
    # Before the floor has run: what it keeps at hand is none of ours.
    more, peak = memory_of(case)
    ours, theirs = compare(case, floor, agree)
    return {
        "case": module.__name__.rpartition(".")[2],
        "variant": variant,
        "size": bench.size,
        "queries": queries,
        "median_ms": round(median(ours), 3),
        "p95_ms": round(high(ours), 3),
        "floor_ms": round(median(theirs), 3),
        "floor_p95_ms": round(high(theirs), 3),
        "ratio": round(median(ours) / median(theirs), 2),
        "target": module.target(variant) if hasattr(module, "target") else module.TARGET,
        "most_queries": getattr(module, "QUERIES", None),
        "growth_target": getattr(module, "GROWTH", None),
        "peak_mb": round(peak, 1),
        "more_mb": round(more, 1),
        "turns": len(ours),
    }


def same(ours, floors):
    if ours != floors:
        raise AssertionError("The case and its floor give different answers.")


def main():
    name, size = sys.argv[1:]
    django.setup()
    bench = import_module("bench.kit").Bench(int(size))
    module = import_module(f"bench.cases.{name}")
    for variant in getattr(module, "VARIANTS", [""]):
        found = run(module, variant, bench)
        for row in found if isinstance(found, list) else [found]:
            print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
