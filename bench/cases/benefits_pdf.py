"""The benefits report of the largest programme as PDF, from figures that are at hand."""

import gc
import re
from datetime import date

from bench.drawing import Recorder, drawn_again
from bench.kit import PROGRAMME
from programmes.funds.models import Programme
from reports.publications import exports
from reports.publications.queries import snapshot

TARGET = 1.5
PAGE = (595.2755905511812, 841.8897637795277)


def _report(bench):
    if "report" not in bench.frames:
        found = snapshot(Programme.objects.get(code=PROGRAMME), date(2026, 3, 31))
        bench.frames["report"] = found, exports.live_identity(found)
    return bench.frames["report"]


def case(bench, _variant):
    return exports.render(*_report(bench), "pdf")


def floor(bench, _variant):
    """Nothing but the drawing: what is to be drawn, and where, was found out beforehand."""
    if "calls" not in bench.frames:
        with Recorder() as recorder:
            case(bench, _variant)
        bench.frames["calls"] = recorder.calls
        # Millions of them: whoever looks for garbage would look through them, in both turns.
        gc.freeze()
    return drawn_again(bench.frames["calls"], PAGE)


def agree(ours, floors):
    if _pages(ours) != _pages(floors):
        raise AssertionError(f"{_pages(ours)} pages, {_pages(floors)} in the floor.")


def _pages(content):
    return len(re.findall(rb"/Type /Page\b", content))
