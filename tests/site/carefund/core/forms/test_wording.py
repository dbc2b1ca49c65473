import pytest
from django import forms
from django.core.validators import RegexValidator

from carefund.core.forms import DateField, GovForm, MoneyField

CODE = RegexValidator("^[A-Z]+$", "The prefix must be capital letters")


class Sample(GovForm, forms.Form):
    title = forms.CharField(label="Title", max_length=5, required=False)
    people = forms.IntegerField(label="Number of people", min_value=1, required=False)
    share = forms.DecimalField(
        label="Share in %", max_digits=4, decimal_places=1, max_value=100, required=False
    )
    kind = forms.ChoiceField(label="Kind of project", choices=[("a", "A")], required=False)
    agreed = forms.ChoiceField(label="Is it agreed?", choices=[("y", "Yes")], required=False)
    noon = forms.TimeField(label="Time", required=False)
    address = forms.EmailField(label="Email address", required=False)
    page = forms.URLField(label="Web page", required=False, assume_scheme="https")
    prefix = forms.CharField(validators=[CODE], required=False)
    cost = MoneyField(required=False)
    day = DateField(required=False)


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("title", "x" * 6, "Title must be 5 characters or fewer"),
        ("title", "a\x00b", "Take out characters that cannot be seen, and type them anew"),
        ("people", "many", "Number of people must be a whole number, like 12"),
        ("people", "0", "Number of people must be 1 or more"),
        ("share", "half", "Your answer must be a number, like 12.5"),
        ("share", "1.55", "Your answer has too many digits after the point: 1 at most"),
        ("share", "101", "Your answer must be 100 or less"),
        ("kind", "b", "Choose the kind of project from the list"),
        ("agreed", "b", "Choose one of the answers given"),
        ("noon", "soon", "Time must be a time, like 16:00"),
        ("address", "somebody", "Enter an email address, like name@example.gov.uk"),
        ("page", "not a page", "Enter a whole web address, like https://www.example.gov.uk"),
        ("prefix", "abc", "The prefix must be capital letters"),
        ("cost", "-1", "The amount must be £0 or more"),
    ],
)
def test_a_form_says_what_is_wrong_in_words_of_the_service(name, typed, told):
    assert Sample({name: typed}).errors == {name: [told]}


def test_a_slug_is_asked_for_by_an_example():
    class Address(GovForm, forms.Form):
        slug = forms.SlugField(label="Address of its page")

    assert Address({"slug": "a b"}).errors["slug"] == [
        "Address of its page may have letters, numbers and hyphens only, like care-at-home"
    ]
    assert Address({}).errors["slug"] == ["Enter the address of its page"]
