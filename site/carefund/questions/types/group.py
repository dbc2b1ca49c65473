from .base import Column, Options
from .columns import columns_of, problems_with
from .registry import register
from .rows import FEWEST, MOST, RowsType
from .settings import Setting

MOST_INSIDE = 20


@register
class AddAnother(RowsType):
    """A few questions answered as often as needed: [{key of the question inside: answer}]."""

    name = "group"
    title = "Add another"
    icon = "plus-inverse"
    group = "Tables"
    help = "A few questions that are answered again for each thing, such as each site."
    settings = (
        Setting("noun", "What each is called", "text", "entry", "In the singular: site, risk."),
        Setting("questions", "Questions", "columns", required=True, highest=MOST_INSIDE),
        FEWEST,
        MOST,
    )

    def noun(self, options: Options) -> str:
        return str(self.setting(options, "noun"))

    def columns(self, options: Options) -> list[Column]:
        return columns_of(options.get("questions"))

    def definition_problems(self, label: str, options: Options) -> list[str]:
        found = super().definition_problems(label, options)
        return found or problems_with(label, options["questions"], place="groups")
