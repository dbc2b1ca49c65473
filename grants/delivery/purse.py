"""The money of a project: its grant as it is now, and what is known of its claims further up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from carefund.core.money import ZERO
from carefund.core.years import financial_year
from grants.awards.queries import lines_of
from grants.awards.solver.problem import Pot

from .models import ChangeAmount, ChangeRequest, Project


@dataclass(frozen=True)
class Closing:
    """What closing a project does to its grant, in pounds by financial year and kind."""

    unclaimed: Mapping[Pot, Decimal]
    # What was recovered, or is to be: nobody claims it again.
    recovered: Decimal = ZERO
    # References of claims that the department has to decide on.
    undecided: list[str] = field(default_factory=list)
    # How many claims the authority has not handed in, and how many wait to be paid.
    unsent: int = 0
    approved: int = 0

    @property
    def under_way(self) -> int:
        return self.unsent + len(self.undecided) + self.approved

    @property
    def rest(self) -> Decimal:
        return sum(self.unclaimed.values(), ZERO)


@dataclass(frozen=True)
class Purse:
    """Answers and acts for the projects' money. Whoever closes a project holds its lock.

    `claimed(project)` gives pounds by pot in claims that are under way or paid,
    `closing(project, early=)` what would happen now, and
    `close(project=, early=, reason=, by=)` makes it happen. When a project ends `early`, claims
    that were not handed in are withdrawn.
    """

    claimed: Callable[[Project], Mapping[Pot, Decimal]]
    closing: Callable[..., Closing]
    close: Callable[..., Decimal]


_purses: list[Purse] = []


def register(purse: Purse) -> None:
    """Call it in `AppConfig.ready`."""
    _purses[:] = [purse]


def purse() -> Purse:
    return _purses[0]


def grant_by_pot(project: Project) -> dict[Pot, Decimal]:
    """Pounds of the grant by financial year and kind, as they are now."""
    return lines_of(project.offer, project.offer.version)


def rises_of(change: ChangeRequest) -> list[tuple[ChangeAmount, Decimal]]:
    """Where a change of money asks for more, with the pounds that are free on the budget line."""
    rows = [row for row in change.amounts.all() if row.change > 0]
    lines = change.project.programme.budget_lines.all() if rows else []
    free = {(line.financial_year, line.kind): line.free for line in lines}
    return [(row, free.get((row.financial_year, row.kind), ZERO)) for row in rows]


def pots_of(project: Project) -> list[Pot]:
    """Where its money may be: as now, or where the programme has a budget while it runs.

    Projects run late: the year after its last is among them.
    """
    first, last = financial_year(project.starts_on), financial_year(project.ends_on) + 1
    lines = project.programme.budget_lines.filter(financial_year__range=(first, last))
    return sorted({*grant_by_pot(project), *lines.values_list("financial_year", "kind")})
