"""What waits for a person, gathered from every slice."""

from .authority import overview, work_of_member
from .homes import home_of
from .lines import Line, Pile, groups
from .money import money_of
from .staff import work_of_staff
from .standing import register, standings, tallies

__all__ = [
    "Line",
    "Pile",
    "groups",
    "home_of",
    "money_of",
    "overview",
    "register",
    "standings",
    "tallies",
    "work_of_member",
    "work_of_staff",
]
