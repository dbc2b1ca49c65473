from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template

from carefund.core.forms import (
    CheckboxesField,
    DateField,
    FilterForm,
    GovForm,
    MoneyField,
    RadioField,
    WordLimit,
)
from tests.site.carefund.website.html import read

EVIL = "<script>alert(1)</script>\"'"


class Form(GovForm, forms.Form):
    title = forms.CharField(label="Title", max_length=9, help_text="Short")
    text = forms.CharField(label="Text", widget=forms.Textarea, validators=[WordLimit(2)])
    story = forms.CharField(label="Story", widget=forms.Textarea, max_length=50)
    amount = MoneyField(label="Amount")
    start = DateField(label="Start")
    kind = RadioField(label="Kind", choices=[("a", "Apple"), ("o", "Other")])
    other = forms.CharField(label="Which", required=False)
    many = CheckboxesField(label="Many", choices=[("x", "X"), ("y", "Y")])
    email = forms.EmailField(label="Email")
    region = forms.ChoiceField(
        label="Region", choices=[("", "Choose"), ("North", [("ne", "North East")])]
    )
    people = forms.IntegerField(label="People")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    letter = forms.FileField(label="Letter")
    agree = forms.BooleanField(label="I agree")
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)
    field_settings = {
        "kind": {"conditional": {"o": "other"}, "choice_hints": {"a": "Green or red"}}
    }


def render(source, **context):
    return Template(source).render(Context(context))


def page(form):
    source = "{% error_summary form %}<form>{% form_fields form %}</form>"
    return read(render(source, form=form))


def controls(reader):
    return {
        given["id"]: given
        for tag, given in reader.tags
        if tag in ("input", "textarea", "select") and "id" in given
    }


def test_form_fields_render_every_kind_once_and_well_formed():
    reader = page(Form())
    names = [g["name"] for g in controls(reader).values()]
    assert set(names) == (set(Form().fields) - {"start"}) | {
        "start_day",
        "start_month",
        "start_year",
    }
    assert names.count("other") == 1


def test_form_fields_say_what_belongs_in_them():
    found = controls(page(Form()))
    assert found["id_amount"]["inputmode"] == "decimal"
    assert found["id_people"]["inputmode"] == "numeric"
    assert (found["id_email"]["type"], found["id_email"]["autocomplete"]) == ("email", "email")
    assert found["id_secret"]["type"] == "password"
    assert found["id_letter"]["type"] == "file"
    assert found["id_title"]["aria-describedby"] == "id_title-hint"
    assert "maxlength" not in found["id_title"]


def test_text_areas_count_what_is_limited():
    groups = [g for _, g in page(Form()).tags if g.get("data-module") == "govuk-character-count"]
    limits = [(g.get("data-maxwords"), g.get("data-maxlength")) for g in groups]
    assert limits == [("2", None), (None, "50")]


def test_error_summary_links_to_a_control_for_every_error():
    form = Form({"start_day": "12th of May", "start_month": "5", "start_year": "2026"}, {})
    links = [g["href"][1:] for t, g in page(form).tags if t == "a"]
    names = [name for name in form.fields if name not in ("start", "other", "hidden")]
    assert sorted(links) == sorted(["id_start_day", *(f"id_{name}" for name in names)])


def test_errors_are_told_at_the_field_too():
    found = controls(page(Form({}, {})))
    assert found["id_title"]["aria-describedby"] == "id_title-hint id_title-error"


def test_only_the_wrong_parts_of_a_date_are_marked():
    form = Form({"start_day": "1", "start_month": "May", "start_year": "26"}, {})
    found = controls(page(form))
    marked = [part for part in found if "govuk-input--error" in (found[part].get("class") or "")]
    assert [part for part in marked if part.startswith("id_start")] == ["id_start_year"]
    assert found["id_start_month"]["value"] == "May"


def test_what_was_typed_stays_and_is_escaped():
    data = dict.fromkeys(Form().fields, EVIL) | {"kind": "o", "start_day": EVIL}
    reader = page(Form(data, {}))
    found = controls(reader)
    assert found["id_title"]["value"] == EVIL
    assert found["id_start_day"]["value"] == EVIL
    assert "checked" in found["id_kind-2"]
    assert not any(tag == "script" for tag, _ in reader.tags)
    assert EVIL in reader.text


def test_initial_values_are_shown():
    form = Form(initial={"amount": Decimal(1191597), "kind": "a", "many": ["y"], "region": "ne"})
    reader = page(form)
    found = controls(reader)
    assert found["id_amount"]["value"] == "1,191,597"
    assert "checked" in found["id_kind"]
    assert ("checked" in found["id_many"], "checked" in found["id_many-2"]) == (False, True)
    assert [g["value"] for t, g in reader.tags if t == "option" and "selected" in g] == ["ne"]


def test_optional_fields_say_so():
    assert "Which (optional)" in page(Form()).text


def test_filters_may_all_be_left_out_and_do_not_say_so():
    class Filters(FilterForm):
        region = CheckboxesField(label="Region", choices=[("ne", "North East")])

    assert Filters({}).is_valid()
    assert "(optional)" not in page(Filters()).text


def test_field_takes_parameters_for_one_place():
    source = "{% field form.title label__text='Name' heading=True classes='x' %}"
    reader = read(render(source, form=Form()))
    assert ("h1", {"class": "govuk-label-wrapper"}) in reader.tags
    assert "x" in controls(reader)["id_title"]["class"]
    source = "{% field form.kind heading=True %}"
    assert "h1" in [tag for tag, _ in read(render(source, form=Form())).tags]


class Checked(GovForm, forms.Form):
    first = forms.CharField(label="First")

    def clean(self):
        raise forms.ValidationError("Does not add up")


def test_an_error_of_the_whole_form_leads_to_its_first_field():
    reader = page(Checked({"first": "x"}))
    assert "Does not add up" in reader.text
    assert [g["href"] for t, g in reader.tags if t == "a"] == ["#id_first"]


def test_error_summary_works_for_formsets():
    formset = forms.formset_factory(Checked, extra=0, min_num=2, validate_min=True)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-first": "x"}
    source = "{% error_summary fs %}{% for f in fs %}{% form_fields f %}{% endfor %}"
    reader = read(render(source, fs=formset(data)))
    links = [g["href"] for t, g in reader.tags if t == "a"]
    assert "#id_form-0-first" in links


@pytest.mark.parametrize("form", [None, "", Form()])
def test_no_error_no_summary(form):
    assert render("{% error_summary form %}{% error_prefix form %}", form=form) == ""


def test_error_prefix_begins_the_title():
    assert render("{% error_prefix form other %}", form=Form({}, {})) == "Error: "
