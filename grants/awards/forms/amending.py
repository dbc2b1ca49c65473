"""One field for each year and kind of money that an offer may have."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from carefund.core.formats import financial_year
from carefund.core.forms import GovForm, MoneyField

from ..solver.problem import Pot


class AmendForm(GovForm, forms.Form):
    reason = forms.CharField(
        label="Why do the amounts change?",
        help_text="The authority reads this with the new amounts.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Say why the amounts change"},
    )

    def __init__(
        self, *args: Any, pots: Sequence[Pot], now: Mapping[Pot, Decimal], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pots = {f"amount-{year}-{kind}": (year, kind) for year, kind in pots}
        for name, (year, kind) in self.pots.items():
            self.fields[name] = MoneyField(
                label=f"{financial_year(year)}, {kind}",
                min_value=Decimal(0),
                initial=now.get((year, kind)),
                required=False,
            )
        self.order_fields([*self.pots, "reason"])

    def amounts(self) -> dict[Pot, Decimal]:
        given = {pot: self.cleaned_data.get(name) for name, pot in self.pots.items()}
        return {pot: amount for pot, amount in given.items() if amount}
