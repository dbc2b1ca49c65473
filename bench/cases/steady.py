"""10,000 requests through two web processes: their memory and connections must not grow.

Nine of ten are for public pages, one is for the list of bids of somebody signed in. The floor is
the same process after the first thousand: `ratio` is the memory at the end over the memory then.
"""

import os
import threading
import time
from http.client import HTTPConnection
from pathlib import Path

import psycopg
from django.conf import settings

from bench import rush
from bench.kit import Bench

TARGET = 1.1
SIZES = (1_000,)
REQUESTS, FIRST, VISITORS, PORT = 10_000, 1_000, 4, 8222
SIGNED_IN_EVERY = 10


def measured(bench: Bench):
    url = os.environ["DATABASE_URL"]
    session = bench.client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}", "Host": "localhost"}
    with rush.serving("carefund.wsgi", PORT, url) as leader:
        began = time.perf_counter()
        _ask(cookies, FIRST)
        before, held = _memory(leader), _connections(url)
        _ask(cookies, REQUESTS - FIRST)
        after, still = _memory(leader), _connections(url)
        seconds = time.perf_counter() - began
    return {
        "case": "steady",
        "variant": "10,000 asked",
        "size": bench.size,
        "queries": 0,
        "median_ms": round(seconds * 1000 / REQUESTS, 3),
        "p95_ms": 0,
        "floor_ms": 0,
        "floor_p95_ms": 0,
        "mb_at_first": round(before, 1),
        "mb_at_end": round(after, 1),
        "connections_at_first": held,
        "connections_at_end": still,
        "ratio": round(max(after / before, still / max(held, 1)), 2),
        "target": TARGET,
        "most_queries": None,
        "growth_target": None,
        "peak_mb": round(after, 1),
        "more_mb": round(after - before, 1),
        "turns": REQUESTS,
    }


def _ask(cookies, count):
    errors = []

    def visit():
        for number in range(count // VISITORS):
            signed_in = number % SIGNED_IN_EVERY == 0
            connection = HTTPConnection(rush.HOST, PORT, timeout=60)
            path = "/manage/bids/" if signed_in else "/funded/"
            headers = cookies if signed_in else {"Host": "localhost"}
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            response.read()
            connection.close()
            if response.status != 200:
                errors.append(response.status)

    threads = [threading.Thread(target=visit) for _ in range(VISITORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise AssertionError(f"{len(errors)} requests failed: {errors[:3]}")


def _memory(leader):
    """Megabytes that the processes under `leader` hold now."""
    children = Path(f"/proc/{leader}/task/{leader}/children").read_text(encoding="ascii").split()
    held = 0
    for child in children:
        with Path(f"/proc/{child}/status").open(encoding="ascii") as status:
            held += int(next(row for row in status if row.startswith("VmRSS")).split()[1])
    return held / 1024


def _connections(url):
    with psycopg.connect(url, autocommit=True) as server:
        (count,) = server.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        ).fetchone()
    return count
