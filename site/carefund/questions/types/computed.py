from decimal import Decimal
from typing import Any

from carefund.core.formats import money

from ..entries import Entry
from .base import Options, QuestionType
from .registry import register
from .settings import Setting

FORMATS = ("money", "number", "percentage")
PLACES = Decimal("0.01")


class ComputedEntry(Entry):
    """Nothing to type: the value as it stands saved."""

    template = "questions/computed.html"

    @property
    def words(self) -> str:
        return self.page.computed.get(self.question.key, "")

    def stored(self) -> Any:
        return None


@register
class Computed(QuestionType):
    """Worked out from other answers by `expression`; never typed and never stored."""

    name = "computed"
    title = "Computed total"
    icon = "sliders"
    group = "Plans and money"
    help = "A value worked out from other answers, such as total(budget) / people."
    entry_class = ComputedEntry
    is_computed = True
    reading = "number"
    settings = (
        Setting("expression", "How it is worked out", "text", required=True),
        Setting("format", "Shown as", "text", "number", "money, number or percentage."),
    )

    def definition_problems(self, label: str, options: Options) -> list[str]:
        found = super().definition_problems(label, options)
        if options.get("format") not in (None, "", *FORMATS):
            found.append(f"Question “{label}” is shown as money, number or percentage.")
        return found

    def fits(self, value: Any, options: Options) -> bool:
        return isinstance(value, Decimal)

    def words(self, value: Any, options: Options) -> str:
        shape = self.setting(options, "format")
        if shape == "money":
            return money(value.quantize(PLACES))
        text = f"{(value * 100 if shape == 'percentage' else value).quantize(PLACES):,f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return f"{text}%" if shape == "percentage" else text

    def cells(self, value: Any, options: Options) -> list[Any]:
        fits = self.fits(value, options)
        return [value.quantize(PLACES) if fits else ""]

    def read(self, value: Any, options: Options) -> Any:
        return value if self.fits(value, options) else None
