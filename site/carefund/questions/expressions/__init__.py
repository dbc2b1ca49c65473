"""The language of rules and computed totals: small, exact, and unable to do any harm.

    total(budget, evaluation) >= 20% of total(budget)
    total(budget) <= call.maximum
    sum(partners.commitment) / people_reached

A name is the key of a question, or a fact of the call. Numbers are exact decimals; there are no
powers, no attributes, no assignments and no way to reach anything else. What is unanswered is
nothing: `+` and `-` leave it out, everything else of nothing is nothing, and a rule about nothing
is not broken.
"""

from .checking import Known, Scope, names_in
from .errors import ExpressionError
from .evaluating import value_of
from .parsing import parse
from .reading import Expression, read_expression

__all__ = [
    "Expression",
    "ExpressionError",
    "Known",
    "Scope",
    "names_in",
    "parse",
    "read_expression",
    "value_of",
]
