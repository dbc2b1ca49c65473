from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template

from carefund.core.listing import Column
from carefund.core.states import State
from grants.bids.models import Bid
from tests.site.carefund.website.html import read

EVIL = "<script>alert(1)</script>\"'"


def render(source, rf=None, path="/", **context):
    if rf:
        context["request"] = rf.get(path)
    return Template(source).render(Context(context))


TEXT_PARAMS = {
    "back-link": "text=evil href=evil",
    "button": "text=evil name=evil value=evil",
    "details": "summaryText=evil text=evil",
    "inset-text": "text=evil",
    "warning-text": "text=evil",
    "tag": "text=evil",
    "panel": "titleText=evil text=evil",
    "notification-banner": "text=evil",
    "phase-banner": "tag__text=evil text=evil",
    "error-summary": "titleText=evil descriptionText=evil",
    "input": "label__text=evil name=evil id='x' value=evil hint__text=evil errorMessage__text=evil",
    "textarea": "label__text=evil name=evil id='x' value=evil hint__text=evil",
    "character-count": "label__text=evil name=evil id='x' value=evil maxwords=3",
    "file-upload": "label__text=evil name=evil id='x'",
    "password-input": "label__text=evil name=evil id='x' value=evil",
}
LIST_PARAMS = {
    "radios": {"text": EVIL, "value": EVIL, "hint": {"text": EVIL}},
    "checkboxes": {"text": EVIL, "value": EVIL},
    "select": {"text": EVIL, "value": EVIL},
    "breadcrumbs": {"text": EVIL, "href": EVIL},
    "task-list": {"title": {"text": EVIL}, "href": EVIL, "status": {"tag": {"text": EVIL}}},
}


@pytest.mark.parametrize("name", TEXT_PARAMS)
@pytest.mark.parametrize("key", ["text", "html"])
def test_component_escapes_what_it_is_given(name, key):
    source = "{% govuk '" + name + "' " + TEXT_PARAMS[name] + " %}"
    markup = render(
        source.replace("text=", f"{key}=").replace("Text=", f"{key.title()}="), evil=EVIL
    )
    assert "<script" not in markup
    read(markup)


@pytest.mark.parametrize("name", LIST_PARAMS)
def test_component_escapes_its_items(name):
    source = "{% govuk name items=items idPrefix='x' name=evil id='x' label__text=evil %}"
    markup = render(
        source.replace("govuk name", f"govuk '{name}'"), items=[LIST_PARAMS[name]], evil=EVIL
    )
    assert "<script" not in markup
    assert "alert(1)" in markup
    read(markup)


def test_govuk_passes_nested_parameters_and_attributes():
    markup = render("{% govuk 'button' text='Save' attributes__data_id=7 classes='x' %}")
    tag, given = read(markup).tags[0]
    assert (tag, given["data-id"], given["class"]) == ("button", "7", "govuk-button x")


def test_govukblock_takes_markup_from_the_template_and_escapes_variables():
    source = "{% govukblock 'details' summaryText='How' %}<b>{{ evil }}</b>{% endgovukblock %}"
    markup = render(source, evil=EVIL)
    assert "<b>&lt;script&gt;" in markup


def test_text_area_keeps_line_breaks_and_spaces_inside_a_choice():
    text = "first\n  second"
    inner = render("{% govuk 'textarea' id='t' name='t' label__text='T' value=v %}", v=text)
    items = [{"text": "A", "value": "a", "conditional": {"html": inner}}]
    assert text in render("{% govuk 'radios' name='r' idPrefix='r' items=items %}", items=items)


def test_filters_write_as_the_service_does():
    assert render("{{ v|money }} {{ v|money_short }}", v=Decimal(4500000)) == (
        "£4,500,000 £4.5 million"
    )
    assert render("{{ v|fy }} {{ p|percent }}", v=2018, p=Decimal("80.0")) == "2018 to 2019 80%"
    assert render("[{{ v|money }}{{ v|uk_date }}{{ v|ago }}{{ v|percent }}]", v=None) == "[]"


def test_plain_escapes_and_keeps_text():
    assert render("{{ v|plain }}", v=EVIL).count("<script") == 0


def test_state_tag_shows_the_words_and_colour_of_the_state_table():
    bid = Bid()
    state = Bid._meta.get_field("state").table.states[bid.state]
    markup = render("{{ bid|state_tag }}", bid=bid)
    assert read(markup).text == state.label
    assert markup == render("{{ bid.status|state_tag }}", bid=bid)


def test_state_tag_escapes_and_maps_colours_of_the_design_system():
    state = State("x", EVIL, "light-blue")
    markup = render("{{ o|state_tag }}", o=SimpleNamespace(state=state))
    assert "govuk-tag--teal" in markup
    assert "<script" not in markup


def test_pagination_keeps_filters_and_elides(rf):
    page = Paginator(range(200), 10).get_page(10)
    markup = render("{% pagination page %}", rf, "/?region=ne&page=10", page=page)
    links = [given["href"] for tag, given in read(markup).tags if tag == "a"]
    numbers = [1, 9, 10, 11, 20]
    assert links == [f"?region=ne&page={n}" for n in (9, *numbers, 11)]
    assert "⋯" in markup or "ctdot" in markup


def test_pagination_of_one_page_is_nothing(rf):
    page = Paginator([1], 10).get_page(1)
    assert render("{% pagination page %}", rf, page=page) == ""


@pytest.mark.parametrize(
    ("path", "direction", "href"),
    [
        ("/?q=a&page=3", "none", "?q=a&sort=amount"),
        ("/?q=a&sort=amount", "ascending", "?q=a&sort=-amount"),
        ("/?sort=-amount&q=a", "descending", "?q=a&sort=amount"),
    ],
)
def test_sort_header_turns_the_order_and_keeps_the_rest(rf, path, direction, href):
    markup = render("<table><tr>{% sort_header 'amount' 'Amount' %}</tr></table>", rf, path)
    tags = dict(read(markup).tags)
    assert (tags["th"]["aria-sort"], tags["a"]["href"]) == (direction, href)


def test_a_list_breaks_neither_references_nor_dates_anywhere(rf):
    columns = [
        Column("Claim", lambda row: row[0], below=lambda row: "A project"),
        Column("Period to", lambda row: row[1], "date"),
        Column("Paid", lambda row: row[2], "date"),
    ]
    row = ("ATFC-2025-00015-R", date(2025, 3, 31), None)
    markup = render("{% column_rows columns rows %}", rf, columns=columns, rows=[row])
    assert '<span class="cf-nowrap">ATFC-2025-00015-R</span>' in markup
    assert '<span class="cf-date">31 March 2025</span>' in markup
    assert 'data-label="Paid"></td>' in markup
