"""Money: whole pence in the database, `Decimal` pounds everywhere else."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from .forms import MoneyField as TypedMoney

PENNY = Decimal("0.01")
ZERO = Decimal("0.00")
# What fits 64 bits of pence with room to add a thousand million of them up.
LARGEST = Decimal("90000000000.00")


class InexactMoney(ValueError):
    """An amount with a fraction of a penny, or one too large to hold."""


def pounds(value: Any) -> Decimal:
    """`value` as pounds with two decimals. Raises `InexactMoney` rather than round."""
    if isinstance(value, float):
        raise InexactMoney("Money is never a float.")
    try:
        amount = Decimal(value)
        exact = amount.quantize(PENNY)
    except (InvalidOperation, TypeError, ValueError) as error:
        raise InexactMoney(f"{value!r} is not an amount of money.") from error
    if exact != amount or abs(exact) > LARGEST:
        raise InexactMoney(f"{value} is not a whole number of pence that can be held.")
    return exact


def share(total: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """Divide `total` pounds in proportion to `weights`; the parts add up to the penny.

    The pence that rounding leaves over go to the largest remainders, the first of equals first.
    """
    whole = sum(Decimal(weight) for weight in weights)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise InexactMoney("Shares need weights of which at least one is above nothing.")
    pence = int(pounds(total) * 100)
    raw = [Decimal(pence) * Decimal(weight) / whole for weight in weights]
    parts = [int(part) for part in raw]
    by_remainder = sorted(range(len(raw)), key=lambda i: (parts[i] - raw[i], i))
    for index in by_remainder[: pence - sum(parts)]:
        parts[index] += 1
    return [Decimal(part) / 100 for part in parts]


def percentage(part: Decimal, whole: Decimal) -> Decimal | None:
    """`part` of `whole` in per cent with one decimal; None where there is no whole."""
    if not whole:
        return None
    return (part * 100 / whole).quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)


class MoneyField(models.BigIntegerField):
    """A column of whole pence behind a field that speaks pounds; sums of it are pounds too."""

    description = "An amount of money in pounds and pence"
    # What type checkers are told that the attribute takes and gives.
    # The stubs know a column of integers as integers only; here it is another face of one.
    _pyi_private_set_type: Decimal | int | str  # type: ignore[assignment]
    _pyi_private_get_type: Decimal  # type: ignore[assignment]

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        # A SUM of this column arrives as int on SQLite and as Decimal on PostgreSQL.
        return None if value is None else (Decimal(int(value)) / 100).quantize(PENNY)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or value == "":
            return None
        try:
            return pounds(value)
        except InexactMoney as error:
            raise ValidationError("Enter an amount in pounds and pence.") from error

    def get_prep_value(self, value: Any) -> int | None:
        return None if value is None else int(pounds(value) * 100)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    @property
    def validators(self) -> list[Any]:
        # The integer limits of the column are pence; `pounds` has checked the range already.
        return list(self._validators)  # type: ignore[attr-defined] # the stubs leave it out

    def formfield(self, **kwargs: Any) -> Any:
        """As people write money: "£2,000,000" may be pasted."""
        return models.Field.formfield(self, **{"form_class": TypedMoney, **kwargs})
