"""Answering: every kind of question, drafts, slips of the pen, and two people at once."""

import html
import re

import pytest
from django.urls import reverse

from carefund.questions.comparing import differing
from grants.bids import actions as bids
from grants.bids.models import Answer, AnswerRevision
from programmes.calls.models import FormVersion
from tests import make

COLOURS = [{"value": "red", "label": "Red"}, {"value": "blue", "label": "Blue"}]
KINDS = {
    "sections": [
        {
            "key": "all",
            "title": "All kinds",
            "questions": [
                {"key": "name", "kind": "short_text", "label": "Name"},
                {"key": "story", "kind": "long_text", "label": "Story", "options": {"words": 5}},
                {"key": "homes", "kind": "number", "label": "Homes"},
                {"key": "price", "kind": "money", "label": "Price"},
                {"key": "start", "kind": "date", "label": "Start"},
                {"key": "mail", "kind": "email", "label": "Mail"},
                {"key": "agree", "kind": "yes_no", "label": "Agree?"},
                {
                    "key": "colour",
                    "kind": "one_of",
                    "label": "Colour",
                    "options": {"choices": COLOURS},
                },
                {
                    "key": "colours",
                    "kind": "many_of",
                    "label": "Colours",
                    "options": {"choices": COLOURS},
                },
                {"key": "oath", "kind": "declaration", "label": "I declare"},
            ],
        }
    ]
}


@pytest.fixture
def bid(story):
    return bids.start_bid(
        call=story.call, organisation=story.authority, title="Bid", by=story.people.author
    )


@pytest.fixture
def every_kind(bid):
    FormVersion.objects.filter(pk=bid.form_id).update(definition=KINDS)
    return make.fresh(bid)


@pytest.fixture
def author(story, client):
    client.force_login(story.people.author)
    return client


def address(bid, key, name="section"):
    return reverse(f"bids:{name}", args=[bid.reference, key])


def sent(*questions, **typed):
    """What a browser sends: the answers, and which revision of each it was shown."""
    revisions = {f"revision-{key}": "0" for key in questions}
    return {**revisions, **typed}


def stored(bid, question):
    return Answer.objects.get(bid=bid, question=question).value


def text(response):
    return html.unescape(response.content.decode())


ROUND_TRIPS = [
    ("name", {"name": " Sensors "}, "Sensors", 'value="Sensors"', "Sensors"),
    ("story", {"story": "One\r\ntwo"}, "One\ntwo", ">One\ntwo</textarea>", "One\ntwo"),
    ("homes", {"homes": "1,200.5"}, "1200.5", 'value="1200.5"', "1,200.5"),
    ("price", {"price": "£1,200.5"}, "1200.50", 'value="1,200.50"', "£1,200.50"),
    (
        "start",
        {"start_day": "27", "start_month": "March", "start_year": "2027"},
        "2027-03-27",
        'value="2027"',
        "27 March 2027",
    ),
    ("mail", {"mail": "a@example.org"}, "a@example.org", 'value="a@example.org"', "a@example.org"),
    ("agree", {"agree": "no"}, False, 'value="no" checked', "No"),
    ("colour", {"colour": "blue"}, "blue", 'value="blue" checked', "Blue"),
    ("colours", {"colours": ["red", "blue"]}, ["red", "blue"], 'value="red" checked', "Red, Blue"),
    ("oath", {"oath": "on"}, True, 'value="on" checked', "Agreed"),
]


@pytest.mark.parametrize("trip", ROUND_TRIPS, ids=lambda trip: trip[0])
def test_answer_is_stored_shown_again_and_read(every_kind, author, trip):
    key, typed, value, shown, words = trip
    response = author.post(address(every_kind, "all"), sent(key, **typed))
    assert response.status_code == 302, text(response)
    assert stored(every_kind, key) == value
    assert shown in text(author.get(address(every_kind, "all")))
    assert words in text(author.get(reverse("bids:check", args=[every_kind.reference])))


@pytest.mark.parametrize("trip", ROUND_TRIPS, ids=lambda trip: trip[0])
def test_answer_saved_again_unchanged_makes_no_revision(every_kind, author, trip):
    key, typed, *_ = trip
    author.post(address(every_kind, "all"), sent(key, **typed))
    author.post(address(every_kind, "all"), {**typed, f"revision-{key}": "1"})
    assert AnswerRevision.objects.filter(question=key).count() == 1


@pytest.mark.parametrize("key", [trip[0] for trip in ROUND_TRIPS])
def test_answer_can_be_taken_back(every_kind, author, key):
    typed = next(trip[1] for trip in ROUND_TRIPS if trip[0] == key)
    author.post(address(every_kind, "all"), sent(key, **typed))
    response = author.post(address(every_kind, "all"), {f"revision-{key}": "1"})
    assert response.status_code == 302
    assert stored(every_kind, key) in ("", [], False)
    assert author.get(address(every_kind, "all")).status_code == 200
    assert "Not answered" in text(author.get(reverse("bids:check", args=[every_kind.reference])))


MALFORMED = [
    ("homes", {"homes": "many"}, "Homes must be a number"),
    ("homes", {"homes": "1e5"}, "Homes must be a number"),
    ("price", {"price": "12,50"}, "Price must be an amount in pounds"),
    (
        "start",
        {"start_day": "31", "start_month": "2", "start_year": "2027"},
        "Start must be a real date",
    ),
    ("mail", {"mail": "nobody"}, "Enter an email address, such as"),
    ("colour", {"colour": "green"}, "Select a valid choice"),
    ("name", {"name": "zero\x00byte"}, "Null characters are not allowed"),
]


@pytest.mark.parametrize(("key", "typed", "message"), MALFORMED)
def test_malformed_answer_comes_back_with_the_reason(every_kind, author, key, typed, message):
    data = {**sent(key, "story"), **typed, "story": "Typed at the same time"}
    page = author.post(address(every_kind, "all"), data)
    assert page.status_code == 200
    assert message in text(page)
    assert "There is a problem" in text(page)
    assert "Typed at the same time" in text(page)
    assert not Answer.objects.exists()


def test_what_was_typed_wrongly_is_still_there(every_kind, author):
    data = sent("homes", "price", homes="about 40", price="£12,50")
    page = text(author.post(address(every_kind, "all"), data))
    assert 'value="about 40"' in page
    assert 'value="£12,50"' in page


def test_too_many_words_are_kept_as_a_draft_and_named(every_kind, author):
    data = sent("story", story="one two three four five six")
    assert author.post(address(every_kind, "all"), data).status_code == 302
    assert stored(every_kind, "story") == "one two three four five six"
    assert "Shorten this to 5 words. It has 6." in text(author.get(address(every_kind, "all")))


def test_huge_text_is_refused_not_cut(every_kind, author):
    page = author.post(address(every_kind, "all"), sent("story", story="x" * 100_001))
    assert page.status_code == 200
    assert not Answer.objects.exists()


def test_markup_in_an_answer_stays_text(every_kind, author):
    author.post(address(every_kind, "all"), sent("name", name="<script>alert(1)</script>"))
    check = author.get(reverse("bids:check", args=[every_kind.reference])).content.decode()
    assert "<script>alert(1)" not in check
    assert "&lt;script&gt;alert(1)" in check


def test_question_that_was_not_on_the_page_is_left_alone(every_kind, author):
    author.post(address(every_kind, "all"), sent("name", "colours", name="A", colours=["red"]))
    author.post(address(every_kind, "all"), {"name": "B", "revision-name": "1"})
    assert (stored(every_kind, "name"), stored(every_kind, "colours")) == ("B", ["red"])


def test_budget_is_stored_summed_and_read(bid, author):
    typed = {
        "budget-staff-2026-revenue": "£12,000.50",
        "budget-equipment-2027-capital": "3000",
        "budget-match": "500",
    }
    author.post(address(bid, "money"), sent("budget", **typed))
    assert stored(bid, "budget") == {
        "lines": [
            {"category": "staff", "year": 2026, "kind": "revenue", "amount": "12000.50"},
            {"category": "equipment", "year": 2027, "kind": "capital", "amount": "3000.00"},
        ],
        "match_funding": "500.00",
    }
    page = text(author.get(address(bid, "money")))
    assert 'value="12,000.50"' in page
    assert page.count("£15,000.50") >= 2
    check = text(author.get(reverse("bids:check", args=[bid.reference])))
    assert "£12,000.50" in check
    assert "Match funding from elsewhere: £500." in check
    assert str(make.fresh(bid).requested) == "15000.50"


def test_budget_with_a_wrong_cell_keeps_the_others_typed(bid, author):
    typed = {"budget-staff-2026-revenue": "lots", "budget-staff-2027-revenue": "10"}
    page = text(author.post(address(bid, "money"), sent("budget", **typed)))
    assert "Staff, 2026 to 2027, revenue must be an amount in pounds" in page
    assert 'value="lots"' in page
    assert 'value="10"' in page


def test_milestones_are_stored_and_read(bid, author):
    typed = {
        "milestones-0-title": "Sensors chosen",
        "milestones-0-date_day": "30",
        "milestones-0-date_month": "9",
        "milestones-0-date_year": "2026",
        "milestones-0-evidence": "Contract",
        "milestones-1-title": "",
    }
    author.post(address(bid, "plan"), sent("milestones", **typed))
    assert stored(bid, "milestones") == make.answers()["milestones"][:1]
    check = text(author.get(reverse("bids:check", args=[bid.reference])))
    assert "30 September 2026" in check


def benefit(number, **changes):
    typed = {
        "title": "Fewer falls",
        "class": "crb",
        "measure": "Falls with injury a year",
        "unit": "falls",
        "baseline": "100",
        "baseline_on_day": "31",
        "baseline_on_month": "3",
        "baseline_on_year": "2026",
        "target": "60",
        "owner": "Head of service",
        "unit_value": "500",
        "unit_value_source": "Local costing",
        "attribution": "80",
        "forecast_2027": "16,000",
        **changes,
    }
    return {f"benefits-{number}-{name}": value for name, value in typed.items()}


def test_benefits_are_stored_and_read(bid, author):
    response = author.post(address(bid, "plan"), sent("benefits", **benefit(0)))
    assert response.status_code == 302, text(response)
    assert stored(bid, "benefits") == make.answers()["benefits"]
    page = text(author.get(address(bid, "plan")))
    assert 'value="16,000"' in page
    assert "Value promised in 2030 to 2031" in page
    assert "100 → 60 falls" in text(author.get(reverse("bids:check", args=[bid.reference])))


def test_half_a_benefit_is_a_draft_that_can_be_read(bid, author):
    half = {"benefits-0-title": "Fewer falls", "benefits-0-baseline": "0"}
    assert author.post(address(bid, "plan"), sent("benefits", **half)).status_code == 302
    assert "Benefit 1: enter a measure." in text(author.get(address(bid, "plan")))
    assert "Fewer falls" in text(author.get(reverse("bids:check", args=[bid.reference])))


def test_attribution_above_all_is_named_before_certifying(bid, author):
    author.post(address(bid, "plan"), sent("benefits", **benefit(0, attribution="120")))
    assert "from 1 to 100" in text(author.get(address(bid, "plan")))


def test_add_another_saves_and_offers_an_empty_row(bid, author):
    typed = {"milestones-0-title": "First", "add": "milestones"}
    response = author.post(address(bid, "plan"), sent("milestones", **typed))
    assert response.url == f"{address(bid, 'plan')}?add=milestones#question-milestones"
    page = text(author.get(response.url))
    assert 'name="milestones-1-title"' in page
    assert 'value="First"' in page


def test_remove_takes_one_row_and_keeps_the_rest(bid, author):
    typed = {f"milestones-{n}-title": title for n, title in enumerate(["A", "B", "C"])}
    author.post(address(bid, "plan"), sent("milestones", **typed))
    data = {**typed, "revision-milestones": "1", "remove": "milestones:1"}
    author.post(address(bid, "plan"), data)
    assert [row["title"] for row in stored(bid, "milestones")] == ["A", "C"]
    assert AnswerRevision.objects.get(question="milestones", revision=1).value[1]["title"] == "B"


def test_remove_beside_a_slip_keeps_what_was_typed(bid, author):
    typed = {"milestones-0-title": "A", "milestones-1-title": "B", "milestones-1-date_day": "x"}
    page = text(
        author.post(address(bid, "plan"), sent("milestones", **typed, remove="milestones:0"))
    )
    assert 'value="B"' in page
    assert 'value="A"' not in page


def test_conditional_question_says_when_it_is_asked(bid, author):
    page = text(author.get(address(bid, "project")))
    assert "Answer this only if you answered “Yes” to “Do you have partners?”." in page
    tree = '{"question": "partners", "test": "is", "value": "yes"}'
    assert f'data-show-if="{tree}"' in page


def test_saving_goes_to_the_next_section_or_back_to_the_list(bid, author):
    here = address(bid, "project")
    assert author.post(here, sent("summary", summary="A")).url == address(bid, "money")
    later = author.post(here, {"revision-summary": "1", "summary": "A", "later": "1"})
    assert later.url == reverse("bids:task_list", args=[bid.reference])
    last = author.post(address(bid, "plan"), sent("milestones"))
    assert last.url == reverse("bids:task_list", args=[bid.reference])


def test_section_says_who_saved_it_last(bid, author, story):
    bids.save_answers(bid=bid, values={"summary": "A"}, revisions={}, by=story.people.chief)
    assert "<strong>Chief Here</strong>" in text(author.get(address(bid, "project")))


def test_section_that_does_not_exist_is_not_found(bid, author):
    assert author.get(address(bid, "nothing")).status_code == 404


def test_saving_after_the_bid_left_the_draft_loses_nothing(story, author):
    bid = make.draft_bid(story)
    bids.ask_for_certificate(bid=bid, by=story.people.author)
    page = author.post(address(bid, "project"), sent("summary", summary="Too late, but typed"))
    assert "can no longer be changed" in text(page)
    assert "Too late, but typed" in text(page)
    assert author.get(address(bid, "project")).status_code == 302


@pytest.fixture
def clash(bid, author, story):
    """The author read revision 0 while the chief saved another text."""
    bids.save_answers(
        bid=bid, values={"summary": "Sensors at home"}, revisions={}, by=story.people.chief
    )
    data = sent("summary", "partners", summary="Cameras at home", partners="no")
    return author.post(address(bid, "project"), data)


def seals(page):
    return re.findall(r'name="clash" value="([^"]+)"', text(page))


def test_conflict_shows_both_texts_who_and_when(bid, clash):
    assert clash.status_code == 409
    page = text(clash)
    assert "Saved by Chief Here, 15 June 2026 at 10:00am" in page
    assert "<mark>Sensors</mark> at home" in page
    assert "<mark>Cameras</mark> at home" in page
    assert stored(bid, "summary") == "Sensors at home"


def test_conflict_saves_what_does_not_clash(bid, clash):
    assert stored(bid, "partners") is False


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("mine", "Cameras at home"), ("theirs", "Sensors at home"), ("both", "Both at home")],
)
def test_conflict_is_resolved_by_choice(bid, author, clash, choice, kept):
    data = {"clash": seals(clash), "keep-summary": choice, "both-summary": "Both at home"}
    response = author.post(address(bid, "project", "resolve"), data)
    assert response.url == address(bid, "project")
    assert stored(bid, "summary") == kept


def test_conflict_without_a_choice_asks_again_and_keeps_both(bid, author, clash):
    page = author.post(address(bid, "project", "resolve"), {"clash": seals(clash)})
    assert "Cameras" in text(page)
    assert "There is a problem" in text(page)
    assert seals(page) == seals(clash)


def test_conflict_again_while_choosing_shows_the_newest(bid, author, clash, story):
    bids.save_answers(
        bid=bid, values={"summary": "Third"}, revisions={"summary": 1}, by=story.people.chief
    )
    data = {"clash": seals(clash), "keep-summary": "mine"}
    page = author.post(address(bid, "project", "resolve"), data)
    assert page.status_code == 409
    assert "Third" in text(page)
    assert "Cameras" in text(page)


def test_conflict_that_the_service_did_not_write_is_refused(bid, author):
    data = {"clash": ["made:up"], "keep-summary": "mine"}
    assert author.post(address(bid, "project", "resolve"), data).status_code == 400


def test_conflict_of_rows_can_be_combined(bid, author, story):
    theirs = [{"title": "Theirs", "date": "", "evidence": ""}]
    bids.save_answers(bid=bid, values={"milestones": theirs}, revisions={}, by=story.people.chief)
    page = author.post(address(bid, "plan"), sent("milestones", **{"milestones-0-title": "Mine"}))
    assert page.status_code == 409
    data = {"clash": seals(page), "keep-milestones": "both"}
    author.post(address(bid, "plan", "resolve"), data)
    assert [row["title"] for row in stored(bid, "milestones")] == ["Theirs", "Mine"]


def test_conflict_over_a_budget_shows_both_tables(bid, author, story):
    budget = make.answers()["budget"]
    bids.save_answers(bid=bid, values={"budget": budget}, revisions={}, by=story.people.chief)
    page = author.post(address(bid, "money"), sent("budget", **{"budget-staff-2026-capital": "7"}))
    assert page.status_code == 409
    assert "Staff, 2026 to 2027, capital: £7 instead of £0" in text(page)
    assert "£40,000" in text(page)
    assert "£7" in text(page)


def test_very_long_texts_are_shown_without_marking_each_word():
    long = "word " * 4000
    assert differing(long, long + "more") == [(long, True)]
    assert differing("same", "same") == [("same", False)]
