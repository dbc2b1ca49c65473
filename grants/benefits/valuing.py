"""What a measured change is worth."""

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from carefund.core.money import PENNY

from .models import BenefitProfile


def improvement(benefit: BenefitProfile, measured: Decimal) -> Decimal:
    """Units gained against the baseline, in the direction of the target; negative when worse."""
    change = measured - benefit.baseline
    return change if benefit.target > benefit.baseline else -change


def months(starts_on: date, ends_on: date) -> Decimal:
    """Length of a period that includes both days, in months; part months by thirtieths."""
    whole = (ends_on.year - starts_on.year) * 12 + ends_on.month - starts_on.month
    return whole + Decimal(min(ends_on.day, 30) - min(starts_on.day, 30) + 1) / 30


def worth(
    benefit: BenefitProfile, measured: Decimal, starts_on: date, ends_on: date
) -> Decimal | None:
    """Pounds gained in the period: units x value of a unit x attribution x part of a year.

    `measured` is at the yearly scale of the baseline. None for a benefit without a price.
    """
    if benefit.unit_value is None:
        return None
    part = months(starts_on, ends_on) / 12
    units = improvement(benefit, measured) * benefit.attribution / 100
    return (units * benefit.unit_value * part).quantize(PENNY, rounding=ROUND_HALF_EVEN)
