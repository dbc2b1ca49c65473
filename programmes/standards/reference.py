"""The standards that the product ships. Loading again changes nothing."""

from datetime import date
from pathlib import Path

from django.db import transaction

from carefund.core.tables import rows

from .models import Level, Measure, Standard

DATA = Path(__file__).parent / "data"
# The titles of the measures are published; these levels are this service's own.
LEVELS = {
    1: "Not started: nobody is responsible and nothing is written down.",
    2: "Begun: there is a plan with an owner, and first steps are taken.",
    3: "In place: it works for most people and services, with evidence.",
    4: "Improving: it works for all, is measured, and gets better each year.",
}


def load() -> int:
    """Write “What good looks like” for adult social care; returns how many measures."""
    with transaction.atomic():
        standard, _ = Standard.objects.update_or_create(
            code="what-good-looks-like",
            version="2023",
            defaults={
                "name": "What good looks like for digital in adult social care",
                "summary": "Seven measures by which authorities and providers assess themselves.",
                "published_on": date(2023, 5, 1),
                "source": "NHS England, What good looks like, adult social care, May 2023",
            },
        )
        count = 0
        for row in rows(DATA / "what_good_looks_like.csv"):
            measure, _ = Measure.objects.update_or_create(
                standard=standard, number=int(row["number"]), defaults={"title": row["title"]}
            )
            for level, words in LEVELS.items():
                Level.objects.update_or_create(
                    measure=measure, level=level, defaults={"descriptor": words}
                )
            count += 1
    return count
