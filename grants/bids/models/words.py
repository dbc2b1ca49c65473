from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, GeneratedField

from .base import Bid

# Words as the index has them: runs of letters and digits, in small letters, without any grammar.
_WORDS = "to_tsvector('simple', regexp_replace(lower(%s), '[^[:alnum:]]+', ' ', 'g'))"


class Indexed(Func):
    """The words of a title, which weigh more, and of a text. Only PostgreSQL has such an index."""

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        head, body = (compiler.compile(one)[0] for one in self.get_source_expressions())
        return f"setweight({_WORDS % head}, 'A') || setweight({_WORDS % body}, 'D')", []

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        return "''", []


class BidWords(models.Model):
    """What is searched of a bid with the department: its title and its answers as they stand."""

    bid = models.OneToOneField(Bid, models.CASCADE, primary_key=True, related_name="words")
    head = models.TextField()
    body = models.TextField()
    vector = GeneratedField(
        expression=Indexed(F("head"), F("body")), output_field=SearchVectorField(), db_persist=True
    )

    def __str__(self) -> str:
        return f"Words of {self.bid_id}"
