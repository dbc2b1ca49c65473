from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, GeneratedField

from carefund.core.searching import Indexed

from .base import Bid


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
