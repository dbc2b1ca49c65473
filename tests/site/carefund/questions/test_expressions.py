"""The language of rules: exact, checked before use, and harmless whatever is written in it."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carefund.questions.definition import FormDefinition
from carefund.questions.expressions import (
    ExpressionError,
    Known,
    parse,
    read_expression,
    value_of,
)
from carefund.questions.expressions.checking import kind_of
from carefund.questions.expressions.functions import FUNCTIONS
from carefund.questions.facts import FACTS
from tests.site.carefund.questions.every_type import ANSWERS, FORM

READ = FormDefinition.parse(FORM, {"call.maximum": Decimal(9000), "call.ends": date(2028, 3, 31)})
SCOPE = {
    **FACTS,
    **{q.key: Known(q.type.reading, q.type.members(q.options), q.label) for q in READ.questions()},
}
READINGS = READ.apply(ANSWERS).readings


def value(text):
    node = parse(text)
    kind_of(node, SCOPE)
    return value_of(node, READINGS)


VALUES = [
    ("1 + 2 * 3 - 4 / 8", Decimal("6.5")),
    ("0.1 + 0.2 = 0.3", True),
    ("(1 + 2) * 3", Decimal(9)),
    ("-2 - -3", Decimal(1)),
    ("20% of total(budget)", Decimal(2000)),
    ("total(budget)", Decimal(10000)),
    ("total(budget, evaluation)", Decimal(2000)),
    ('total(budget, "staff", 2026)', Decimal(8000)),
    ("in_year(budget, 2027)", Decimal(2000)),
    ("revenue(budget)", Decimal(10000)),
    ("capital(budget, 2026)", Decimal(0)),
    ("match(budget)", Decimal(500)),
    ("total(budget) <= call.maximum", False),
    ("total(budget, evaluation) is at least 20% of total(budget)", True),
    ("sum(partners.commitment) + sum(sites.homes)", Decimal(515)),
    ("count(sites)", Decimal(2)),
    ("count(colours)", Decimal(2)),
    ("count(letters) at most 3", True),
    ("min(sites.homes)", Decimal(3)),
    ("max(milestones.date) <= call.ends", True),
    ("words(long)", Decimal(7)),
    ("months(start, call.ends)", Decimal(18)),
    ("years(start, call.ends)", Decimal(1)),
    ("days(start, start)", Decimal(0)),
    ("round(10 / 3, 2)", Decimal("3.33")),
    ("round(2.5)", Decimal(3)),
    ("colours includes “red” and not (agree is no)", True),
    ("if(agree, 1, 2)", Decimal(1)),
    ("people / 0", None),
    ("otherwise(people / 0, 7)", Decimal(7)),
    ("answered(web) or answered(short)", True),
    ("sum(benefits.promised)", Decimal(16000)),
]


@pytest.mark.parametrize(("text", "expected"), VALUES, ids=[text for text, _ in VALUES])
def test_expression_has_its_value(text, expected):
    assert value(text) == expected


def test_what_is_unanswered_is_nothing():
    empty = READ.apply({}).readings
    for text, expected in (
        ("people + price", None),
        ("people > 3", None),
        ("total(budget)", Decimal(0)),
        ("count(sites)", Decimal(0)),
        ("words(long)", None),
        ("not agree", None),
        ("agree and 1 > 2", False),
    ):
        assert value_of(parse(text), empty) == expected, text
    assert value_of(parse("people + 5"), empty) == 5


REFUSED = [
    ("", "The expression is empty."),
    ("total(budgt)", "There is no question “budgt” here. Did you mean “budget”?"),
    ("total(budget, evaluaton)", "Did you mean “evaluation”?"),
    ("totl(budget)", "There is no function “totl”. Did you mean “total”?"),
    ("partners.cost", "“partners” has no column “cost”."),
    ("long + 1", "“+” and “-” each needs a number, and “long” is text."),
    ("total(people)", "“total” needs a budget, and “people” is a number."),
    ("people > long", "“people” is a number and “long” is text: they cannot be compared."),
    ("agree > agree", "needs more"),
    ("2^10", "Powers cannot be used here: multiply instead."),
    ("10**10", "Powers cannot be used here: multiply instead."),
    ("people.__class__", "“.”"),
    ("budget.__class__.__mro__", "“.”"),
    ("__import__('os')", "“_” cannot be used here."),
    ("people; people", "“;” cannot be used here."),
    ("99999999999999999999", "A number has more than 15 digits"),
    ("(((", "The expression ends too early."),
    ("1 + ", "The expression ends too early."),
    ("1 2", "“2” was not expected after “1”."),
    ("total(budget", "“)” is missing after “budget”."),
    ("round(1, 2, 3)", "“round” is used as round(number) or round(number, 2)."),
    ("at most 3", "“at” was not expected here."),
    ("1 = 1 = 1", "“=” was not expected after"),
]


@pytest.mark.parametrize(("text", "told"), REFUSED, ids=[text for text, _ in REFUSED])
def test_what_makes_no_sense_is_refused_in_words(text, told):
    with pytest.raises(ExpressionError) as refused:
        read_expression(text, SCOPE, kind="truth")
    message = str(refused.value)
    assert told in message or (told == "“.”" and "dot stands only" in message)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000,
        "-" * 1999 + "1",
        "not " * 480 + "true",
        "1+" * 999 + "1",
        "999999999999999" + "*999999999999999" * 100,
        "min(" * 300,
        "a" * 3000,
        "“" + "x" * 1900 + "”",
        "1" * 1999,
        "\x00",
        "9" * 15 + "/0.000001" * 60,
    ],
)
def test_hostile_expression_is_refused_at_once(text):
    begun = time.perf_counter()
    with pytest.raises(ExpressionError):
        value_of(parse(text), {})
    assert time.perf_counter() - begun < 0.5


def test_rule_must_be_true_or_false():
    with pytest.raises(ExpressionError, match="It must give yes or no, and gives a number"):
        read_expression("total(budget)", SCOPE, kind="truth")


def test_names_are_those_of_questions():
    found = read_expression(
        "sum(partners.commitment) + total(budget, evaluation) <= call.maximum", SCOPE, kind="truth"
    )
    assert found.names == ("partners", "budget", "call.maximum")


PIECES = st.sampled_from(
    [
        *SCOPE,
        *FUNCTIONS,
        *("+", "-", "*", "/", "(", ")", ",", "<=", ">=", "=", "!=", "of", "is", "not"),
        *("and", "or", "includes", "at", "least", "1", "20%", "0", "1e9", "“red”", "'x'", "."),
        *("partners.commitment", "sites.homes", "true", "no", "£5", "^", "__class__", "é"),
    ]
)


@given(text=st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=60))
@settings(derandomize=True, max_examples=600, deadline=None)
def test_any_text_gives_a_value_or_an_error_of_its_own(text):
    try:
        node = parse(text)
        kind_of(node, SCOPE)
        for readings in (READINGS, READ.apply({}).readings):
            value_of(node, readings)
    except ExpressionError as error:
        told = str(error)
    else:
        told = "It has a value."
    assert told.endswith((".", "?"))


@given(
    numbers=st.lists(
        st.decimals(min_value=-1000, max_value=1000, places=2, allow_nan=False),
        min_size=1,
        max_size=6,
    )
)
@settings(derandomize=True, max_examples=60, deadline=None)
def test_sums_are_exact(numbers):
    text = " + ".join(f"({number})" if number >= 0 else f"(-{-number})" for number in numbers)
    assert value_of(parse(text), {}) == sum(numbers)
