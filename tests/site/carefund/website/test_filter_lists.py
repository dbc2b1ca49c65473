"""Lists of choices in filters, known as a whole, are what each would be by itself."""

import pytest
from django import forms

from carefund.core.forms import FilterForm
from carefund.core.keeping import Lately
from carefund.website import bound_fields
from carefund.website.govuk import component


class Filter(FilterForm):
    kind = forms.ChoiceField(label="Kind", choices=[("", "All"), ("a", "A & <b>"), ("b", "B")])


class Other(FilterForm):
    kind = forms.ChoiceField(label="Kind of thing", choices=Filter.base_fields["kind"].choices)


def drawn(form):
    return bound_fields.render(form["kind"])


@pytest.mark.parametrize("form", [Filter, Other])
@pytest.mark.parametrize("chosen", ["", "a", "b", "c"])
def test_list_is_drawn_as_the_component_does(form, chosen):
    for _ in range(2):
        found = drawn(form({"kind": chosen}))
        assert found == component(*bound_fields.describe(form({"kind": chosen})["kind"]))
        assert "A &amp; &lt;b&gt;" in found
        assert (f'value="{chosen}" selected' in found) == (chosen != "c")


def test_what_is_wrong_or_grouped_is_not_taken_from_what_was_drawn():
    wrong = Filter({"kind": "nothing"})
    wrong.full_clean()
    assert "govuk-error-message" in drawn(wrong)
    assert "govuk-error-message" not in drawn(Filter({"kind": "a"}))
    grouped = Filter({})
    grouped.fields["kind"].choices = [("Group", [("a", "Another A")])]
    assert "Another A" in drawn(grouped)


def test_only_so_many_are_kept(monkeypatch):
    monkeypatch.setattr(bound_fields, "_DRAWN", Lately(2))
    for number in range(5):
        form = Filter({})
        form.fields["kind"].choices = [("", f"All {number}")]
        assert f"All {number}" in drawn(form)
        assert len(bound_fields._DRAWN) <= 2


def test_forms_of_one_class_do_not_share_what_they_change():
    first, second = Filter({"kind": "a"}), Filter({"kind": "a"})
    first.fields["kind"].choices = [("z", "Z")]
    first.fields["kind"].widget.attrs["class"] = "changed"
    first.fields["kind"].label = "Changed"
    assert "A &amp; &lt;b&gt;" in drawn(second)
    assert "changed" not in drawn(second).lower()
    assert [second.is_valid(), first.is_valid()] == [True, False]
    assert "A &amp; &lt;b&gt;" in drawn(Filter({}))
