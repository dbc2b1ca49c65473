from datetime import date

import pytest

from carefund.core import years


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2020, 3, 31), 2019),
        (date(2020, 4, 1), 2020),
        (date(2020, 12, 31), 2020),
        (date(2021, 1, 1), 2020),
    ],
)
def test_financial_year_turns_on_the_first_of_april(day, year):
    assert years.financial_year(day) == year
    assert years.first_day(year) <= day <= years.last_day(year)


def test_labels_read_as_gov_uk_and_accounts_write_them():
    assert years.label(2018) == "2018 to 2019"
    assert years.short(2018) == "2018-19"
    assert years.short(2099) == "2099-00"


def test_parse_short_reads_back_every_year_and_refuses_gaps():
    assert [years.parse_short(years.short(y)) for y in range(2000, 2100)] == [*range(2000, 2100)]
    with pytest.raises(ValueError, match="not a financial year"):
        years.parse_short("2018-20")
