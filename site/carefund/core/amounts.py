"""Money broken down by financial year and kind, the same wherever it is asked, granted, claimed."""

from django.db import models
from django.db.models import Q

from . import years
from .money import MoneyField


class YearAmount(models.Model):
    """Pounds of something in one financial year, capital or revenue."""

    financial_year = years.FinancialYearField()
    kind = models.CharField(max_length=7, choices=years.Kind)
    amount = MoneyField()

    class Meta:
        abstract = True
        ordering = ["financial_year", "kind"]

    def __str__(self) -> str:
        return f"{self.amount} {self.kind} in {years.short(self.financial_year)}"


def once_and_positive(
    owner: str, name: str, prefix: str, *within: str
) -> list[models.BaseConstraint]:
    """One amount above nothing for each year and kind of `owner`, with the names they have.

    `within` are further fields of which each value has its own amounts: a version.
    """
    once = [owner, *within, "financial_year", "kind"]
    return [
        models.UniqueConstraint(fields=once, name=f"{name}_once"),
        models.CheckConstraint(condition=Q(amount__gt=0), name=f"{name}_positive"),
        models.CheckConstraint(
            condition=years.year_range("financial_year"), name=f"{prefix}_year_sane"
        ),
        models.CheckConstraint(
            condition=Q(kind__in=years.Kind.values), name=f"{prefix}_kind_known"
        ),
    ]
