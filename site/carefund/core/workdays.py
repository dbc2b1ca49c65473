"""Working days in England, with the bank holidays that the government publishes.

The list comes with the library: nothing is fetched, and a year it does not know yet counts
weekends only.
"""

from datetime import date, timedelta
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

ONE_DAY = timedelta(days=1)


@cache
def _known() -> BankHolidays:
    return BankHolidays(use_cached_holidays=True)


def is_working_day(day: date) -> bool:
    found: bool = _known().is_work_day(day, division=BankHolidays.ENGLAND_AND_WALES)
    return found


def working_days_before(day: date, days: int) -> date:
    """The working day that lies `days` working days before `day`, which may be any day."""
    if days < 0:
        raise ValueError("Working days are counted back; give none or more.")
    while days:
        day -= ONE_DAY
        days -= is_working_day(day)
    return day


def working_days_after(day: date, days: int) -> date:
    """The working day that lies `days` working days after `day`, which may be any day."""
    if days < 0:
        raise ValueError("Working days are counted on; give none or more.")
    while days:
        day += ONE_DAY
        days -= is_working_day(day)
    return day
