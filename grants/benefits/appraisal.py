"""Real terms and present values, with the tables of the day (HM Treasury, Green Book)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from carefund.core.errors import Refused
from carefund.core.money import PENNY

from .models import Deflator, DiscountRate

SERIES = "YBGB (2022 = 100)"
CATEGORIES = (
    (Decimal(1), "Poor"),
    (Decimal("1.5"), "Low"),
    (Decimal(2), "Medium"),
    (Decimal(4), "High"),
)


class NoTable(Refused):
    """The published tables do not reach the year or the day that is asked for."""


def _pence(value: Decimal) -> Decimal:
    return value.quantize(PENNY, ROUND_HALF_EVEN)


def real(amount: Decimal, from_year: int, base_year: int, series: str = SERIES) -> Decimal:
    """Pounds of `from_year` in the prices of `base_year`: amount × index(base) ÷ index(from).

    Source: HM Treasury Green Book on real prices; ONS implied GDP deflator at market prices.
    """
    wanted = {from_year, base_year}
    rows = Deflator.objects.filter(series=series, financial_year__in=wanted)
    index: dict[int, Decimal] = dict(rows.values_list("financial_year", "index"))
    if missing := sorted(wanted - index.keys()):
        raise NoTable(f"There is no deflator for {missing[0]} to {missing[0] + 1}.")
    return _pence(amount * index[base_year] / index[from_year])


@dataclass(frozen=True)
class Rates:
    """The discount rates that held on a day: (first year, rate in per cent), first year rising."""

    valid_from: date
    steps: tuple[tuple[int, Decimal], ...]

    def rate(self, year: int) -> Decimal:
        """Per cent for the step from the year before `year`; year 0 is the base year."""
        return [rate for first, rate in self.steps if first <= year][-1]

    def factor(self, year: int) -> Decimal:
        """What a pound of `year` is worth in year 0: the product of 1 ÷ (1 + rate) of each year."""
        product = Decimal(1)
        for step in range(1, year + 1):
            product /= 1 + self.rate(step) / 100
        return product


def rates_on(day: date, purpose: str = "standard") -> Rates:
    """The table with the latest date of validity up to `day`. An appraisal records which it was."""
    rows = DiscountRate.objects.filter(purpose=purpose, valid_from__lte=day)
    table = list(rows.order_by("-valid_from", "from_year"))
    if not table:
        raise NoTable(f"There is no {purpose} discount rate for {day:%-d %B %Y}.")
    newest = table[0].valid_from
    return Rates(newest, tuple((r.from_year, r.rate) for r in table if r.valid_from == newest))


def present_value(flows: Mapping[int, Decimal], rates: Rates) -> Decimal:
    """Σ amount of year t × factor(t), pounds in real terms, t counted from the base year 0.

    Source: HM Treasury Green Book, discounting: 3.5% to year 30, then falling.
    """
    return _pence(sum((a * rates.factor(year) for year, a in flows.items()), Decimal(0)))


def npsv(benefits: Mapping[int, Decimal], costs: Mapping[int, Decimal], rates: Rates) -> Decimal:
    """Net present social value: PV(benefits) − PV(costs). Source: HM Treasury Green Book."""
    return present_value(benefits, rates) - present_value(costs, rates)


def bcr(
    benefits: Mapping[int, Decimal], public_costs: Mapping[int, Decimal], rates: Rates
) -> Decimal | None:
    """Benefit-cost ratio: PV(benefits) ÷ PV(public costs). None where nothing is spent.

    Source: HM Treasury Green Book.
    """
    cost = present_value(public_costs, rates)
    return _pence(present_value(benefits, rates) / cost) if cost else None


def category(ratio: Decimal) -> str:
    """Value for money by benefit-cost ratio, as the Department for Transport names it.

    Impacts without a price may move the category.
    """
    return next((name for below, name in CATEGORIES if ratio < below), "Very high")


def blended_bias(parts: Iterable[tuple[Decimal, int]]) -> Decimal:
    """Optimism bias of a mix: Σ share of the cost × upper bound of its type, in per cent.

    Source: HM Treasury, supplementary Green Book guidance: 30% non-standard and 70% standard
    buildings give 0.30 × 51 + 0.70 × 24 = 32.1%.
    """
    return sum((share * bound for share, bound in parts), Decimal(0))
