"""Texts as bids have them: most short, some very long, all made up."""

from random import Random

THINGS = [
    "Falls sensors", "Digital care records", "Remote monitoring", "Medicines support",
    "Voice assistants", "Shared care plans", "Video visits", "Rota planning",
    "Hospital discharge links", "Carers’ app", "Smart homes", "Data standards",
    "Cyber security", "Digital skills", "Nutrition monitoring", "Acoustic monitoring",
]  # fmt: skip
PEOPLE = [
    "older people", "people with a learning disability", "unpaid carers", "people with dementia",
    "small providers", "home care workers", "young adults", "people leaving hospital",
]  # fmt: skip
SENTENCES = [
    "People told us that they want to stay in their own home for as long as they can.",
    "The team has run three smaller pilots and knows where the difficulties lie.",
    "Each site begins with a baseline, so that a change can be told from chance.",
    "We will buy through an existing framework and have spoken to four suppliers.",
    "Care workers spend an hour of each shift on paper that nobody reads again.",
    "The records will be exchanged by open standards, and providers can leave at any time.",
    "A steering group with people who draw on care meets every six weeks.",
    "Our main risk is recruitment; two posts are already filled and a third is advertised.",
    "Night visits wake people who sleep well and miss those who do not.",
    "Savings are counted only where a budget can really be reduced.",
    "The evaluation is led by a university partner and will be published in full.",
    "Broadband in the valleys is poor, so every device works offline for a day.",
    "Data protection was assessed before the first contract and is looked at again each year.",
    "Training is given on the job, in short pieces, and repeated for those who join later.",
    "The money is spent in the year in which the work is done.",
    "When the grant ends, the running cost is met from the adult social care budget.",
]


class Words:
    """A pool of texts made once from the seed; a text costs one choice afterwards."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.pool = [self._text() for _ in range(600)]

    def _text(self) -> str:
        count = min(40, 2 + int(self.random.paretovariate(1.1)))
        return " ".join(self.random.choices(SENTENCES, k=count))

    def text(self, most: int = 400) -> str:
        """At most so many words, as the questions allow."""
        chosen = self.random.choice(self.pool)
        # No word has fewer than two characters with its space.
        return chosen if len(chosen) < 2 * most else " ".join(chosen.split()[:most])

    def sentence(self) -> str:
        return self.random.choice(SENTENCES)

    def title(self, place: str) -> str:
        random = self.random
        return f"{random.choice(THINGS)} for {random.choice(PEOPLE)} in {place}"
