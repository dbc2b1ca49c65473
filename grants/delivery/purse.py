"""What is known of a project's money further up, where its claims are: asked before it moves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from carefund.core.money import ZERO
from grants.awards.solver.problem import Pot

from .models import Project


@dataclass(frozen=True)
class Closing:
    """What closing a project does to its grant, in pounds by financial year and kind."""

    unclaimed: Mapping[Pot, Decimal]
    # What was recovered, or is to be: nobody claims it again.
    recovered: Decimal = ZERO
    # References of claims that the department has to decide on.
    undecided: list[str] = field(default_factory=list)
    # Claims that the authority has not handed in.
    unsent: int = 0

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
