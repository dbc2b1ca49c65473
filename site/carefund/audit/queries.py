from typing import Any

from django.db import models

from .models import Entry

# What the record calls a move, in the words of the pages where they differ.
_WORDS = {"certify": "certified", "submit": "submitted", "pay": "paid"}


def timeline(*objects: models.Model, most: int = 50) -> list[dict[str, Any]]:
    """The newest entries about `objects`, as components/timeline.html takes them."""
    return [
        {
            "what": words(entry.verb),
            "who": entry.actor_name,
            "at": entry.at,
            "reason": entry.reason,
        }
        for entry in Entry.objects.about(*objects)[:most]
    ]


def words(verb: str) -> str:
    """The verb `monitoring return.send_back` reads “Monitoring return: send back”."""
    noun, _, move = verb.partition(".")
    noun = noun.replace("_", " ").capitalize()
    return f"{noun}: {_WORDS.get(move, move.replace('_', ' '))}" if move else noun
