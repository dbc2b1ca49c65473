"""Financial years: 1 April to 31 March, named by the calendar year in which they begin."""

from datetime import date

from django.db import models

EARLIEST, LATEST = 2000, 2099


class Kind(models.TextChoices):
    """What money may be spent on; the two are never mixed."""

    CAPITAL = "capital", "Capital"
    REVENUE = "revenue", "Revenue"


def financial_year(day: date) -> int:
    """The financial year that `day` lies in: 31 March 2020 is in 2019."""
    return day.year if (day.month, day.day) >= (4, 1) else day.year - 1


def first_day(year: int) -> date:
    return date(year, 4, 1)


def last_day(year: int) -> date:
    return date(year + 1, 3, 31)


def label(year: int) -> str:
    """As GOV.UK writes it: 2018 to 2019."""
    return f"{year} to {year + 1}"


def short(year: int) -> str:
    """As accounts and spreadsheets write it: 2018-19."""
    return f"{year}-{(year + 1) % 100:02d}"


def parse_short(text: str) -> int:
    """2018 from "2018-19". Raises ValueError when the two halves do not follow each other."""
    start, _, end = text.partition("-")
    year = int(start)
    if short(year) != f"{start}-{end}":
        raise ValueError(f"{text!r} is not a financial year such as 2018-19.")
    return year


class FinancialYearField(models.PositiveSmallIntegerField):
    """A financial year, stored as the calendar year in which it begins."""

    description = "A financial year"


def year_range(field: str) -> models.Q:
    """The condition of a check constraint on a financial-year column."""
    return models.Q(**{f"{field}__gte": EARLIEST, f"{field}__lte": LATEST})
