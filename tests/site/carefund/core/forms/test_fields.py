from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from carefund.core.forms import DateField, GovForm, MoneyField, RadioField, WordLimit


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1200", "1200"),
        ("£1,200.50", "1200.50"),
        (" 1 200 ", "1200"),
        ("£ 1,191,597", "1191597"),
        ("0", "0"),
        ("0.07", "0.07"),
        ("1200.5", "1200.5"),
    ],
)
def test_money_field_understands_what_people_type(typed, amount):
    assert MoneyField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "This field is required."),
        ("a lot", "Grant must be an amount in pounds, like 1,200 or 1200.50"),
        ("12,50", "Grant must be an amount in pounds, like 1,200 or 1200.50"),
        ("12 50", "Grant must be an amount in pounds, like 1,200 or 1200.50"),
        ("1e9", "Grant must be an amount in pounds, like 1,200 or 1200.50"),
        ("NaN", "Grant must be an amount in pounds, like 1,200 or 1200.50"),
        ("１２", "Grant must be an amount in pounds, like 1,200 or 1200.50"),
        ("9" * 5000, "Grant must be an amount in pounds, like 1,200 or 1200.50"),
        ("1.005", "Grant must have no more than 2 digits of pence, like 1200.50"),
        ("-5", "Grant must be £0 or more"),
        ("10000000001", "Grant must be £10,000,000,000 or less"),
    ],
)
def test_money_field_says_what_is_wrong(typed, message):
    with pytest.raises(ValidationError) as caught:
        MoneyField(label="Grant").clean(typed)
    assert caught.value.messages == [message]


def test_money_field_of_whole_pounds_refuses_pence_but_not_empty_pence():
    field = MoneyField(label="Grant", whole=True)
    assert field.clean("12.00") == 12
    with pytest.raises(ValidationError, match="whole pounds"):
        field.clean("12.50")


def test_money_field_shows_stored_amounts_and_keeps_what_was_typed():
    assert MoneyField().prepare_value(Decimal("1200.50")) == "1,200.50"
    assert MoneyField().prepare_value(Decimal(-1200)) == "-1,200"
    assert MoneyField().prepare_value("a lot") == "a lot"


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        (["1", "6", "2018"], (2018, 6, 1)),
        (["01", "06", "2018"], (2018, 6, 1)),
        (["12th", "May", "2026"], (2026, 5, 12)),
        (["29", "february", "2024"], (2024, 2, 29)),
        (["3", "Sept.", "2026"], (2026, 9, 3)),
        (["31/3/2026", "", ""], (2026, 3, 31)),
        ([" 2026-03-31 ", "", ""], (2026, 3, 31)),
        (["31 March 2026", "", ""], (2026, 3, 31)),
    ],
)
def test_date_field_understands_what_people_type(parts, day):
    assert DateField().clean(parts) == date(*day)


@pytest.mark.parametrize(
    ("parts", "message", "wrong"),
    [
        (["1", "", "2018"], "Start must include a month", ("month",)),
        (["", "", "2018"], "Start must include a day and month", ("day", "month")),
        (["30/2/2026", "", ""], "Start must be a real date, like 27 3 2026", ("day",)),
        (["03/31/2026", "", ""], "Start must be a real date, like 27 3 2026", ("month",)),
        (["31/3", "", ""], "Start must include a month and year", ("month", "year")),
        (["12th of May", "5", "2018"], "Start must be a real date, like 27 3 2026", ("day",)),
        (["-1", "5", "2018"], "Start must be a real date, like 27 3 2026", ("day",)),
        (["30", "2", "2018"], "Start must be a real date, like 27 3 2026", ("day",)),
        (["1", "13", "2018"], "Start must be a real date, like 27 3 2026", ("month",)),
        (["1", "m", "2018"], "Start must be a real date, like 27 3 2026", ("month",)),
        (["1", "1", "18"], "Start must have a year of 4 numbers", ("year",)),
        (["1", "1", "9" * 5000], "Start must have a year of 4 numbers", ("year",)),
        (["²", "1", "2018"], "Start must be a real date, like 27 3 2026", ("day",)),
    ],
)
def test_date_field_says_what_is_wrong_and_where(parts, message, wrong):
    with pytest.raises(ValidationError) as caught:
        DateField(label="Start").clean(parts)
    assert (caught.value.messages, caught.value.params["parts"]) == ([message], wrong)


def test_date_field_keeps_to_its_limits():
    field = DateField(
        label="Start",
        min_value=date(2026, 4, 1),
        max_value=date(2027, 3, 31),
    )
    assert field.clean(["1", "4", "2026"]) == date(2026, 4, 1)
    with pytest.raises(ValidationError, match="Start must be 1 April 2026 or later"):
        field.clean(["31", "3", "2026"])
    with pytest.raises(ValidationError, match="Start must be 31 March 2027 or earlier"):
        field.clean(["1", "4", "2027"])


def test_date_field_may_be_left_empty_when_optional():
    assert DateField(required=False).clean(["", " ", ""]) is None


def test_date_field_notices_a_change():
    field, day = DateField(), date(2026, 4, 1)
    assert not field.has_changed(day, ["1", "April", "2026"])
    assert field.has_changed(day, ["2", "4", "2026"])
    assert field.has_changed(day, ["x", "4", "2026"])


def test_word_limit_counts_words():
    WordLimit(3)("one  two\nthree")
    with pytest.raises(ValidationError, match=r"4 words\. It must be 3 words or fewer"):
        WordLimit(3)("one two three four")


class Form(GovForm, forms.Form):
    title = forms.CharField(label="Project title")
    nhs = forms.CharField(label="NHS number")
    kind = RadioField(label="Kind of project", choices=[("a", "A")])
    start = DateField(label="Start date")
    letter = forms.FileField(label="Letter of support")
    agree = forms.BooleanField(label="I agree")
    why = forms.CharField(label="Why now?")
    own = forms.CharField(error_messages={"required": "Give it a name"})


def test_gov_form_asks_for_what_is_missing_by_its_label():
    errors = {name: messages[0] for name, messages in Form({}, {}).errors.items()}
    assert errors == {
        "title": "Enter the project title",
        "nhs": "Enter the NHS number",
        "kind": "Choose the kind of project",
        "start": "Enter the start date",
        "letter": "Choose a file: letter of support",
        "agree": "Tick the box: I agree",
        "why": "Answer the question: Why now?",
        "own": "Give it a name",
    }
