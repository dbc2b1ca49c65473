"""The form of one section, without pages around it."""

from django.http import QueryDict

from carefund.questions.definition import FormDefinition
from carefund.questions.forms.section import Posted, SectionForm
from tests import make

FORM = FormDefinition.parse(make.FORM)


def posted(text):
    return Posted.of(QueryDict(text))


def form(section, answers=None, **options):
    return SectionForm(FORM, FORM.section(section), answers or {}, **options)


def test_empty_answers_that_always_were_empty_are_not_saved():
    sent = posted("revision-summary=0&revision-partners=0&summary=")
    typed = form("project", posted=sent)
    assert typed.is_valid()
    assert typed.values() == {}


def test_empty_budget_is_not_saved_but_match_funding_is():
    typed = form("money", posted=posted("revision-budget=0"))
    assert typed.is_valid()
    assert typed.values() == {}
    typed = form("money", posted=posted("revision-budget=0&budget-match=5"))
    assert typed.is_valid()
    assert typed.values() == {"budget": {"lines": [], "match_funding": "5.00"}}


def test_budget_totals_follow_what_was_typed():
    sent = posted("revision-budget=0&budget-staff-2026-revenue=1,000&budget-staff-2027-capital=x")
    entry = form("money", posted=sent).entries[0]
    assert [str(row.total) for row in entry.rows] == ["1000", "0"]
    assert str(entry.total) == "1000"
    assert entry.rule == "The most you can ask for is £100,000."


def test_revisions_come_from_the_page():
    typed = form("project", posted=posted("revision-summary=7&revision-partners=junk"))
    assert typed.revisions == {"summary": 7}
    assert [entry.question.key for entry in typed.entries] == ["summary"]


def test_too_many_rows_are_refused_and_kept_on_the_page():
    names = "&".join(f"milestones-{n}-title=Row{n}" for n in range(200))
    typed = form("plan", posted=posted(f"revision-milestones=0&{names}"))
    assert not typed.is_valid()
    assert typed.non_form_errors() == ["Enter no more than 60 milestones. There are 200."]
    assert len(typed.entries[0].forms) == 200


def test_forecast_years_follow_the_budget_and_keep_what_was_stored():
    benefit = {**make.answers()["benefits"][0], "forecast": {"2041": "5.00"}}
    entry = form("plan", {"benefits": [benefit]}).entries[1]
    years = [name for name in entry.forms[0].fields if name.startswith("forecast_")]
    assert years == [f"forecast_{year}" for year in (*range(2026, 2031), 2041)]


def test_question_ruled_out_on_another_page_is_not_asked():
    definition = {
        "sections": [
            {"key": "a", "title": "A", "questions": [make.FORM["sections"][0]["questions"][1]]},
            {"key": "b", "title": "B", "questions": [make.FORM["sections"][0]["questions"][2]]},
        ]
    }
    apart = FormDefinition.parse(definition)
    asked = SectionForm(apart, apart.section("b"), {"partners": True})
    ruled_out = SectionForm(apart, apart.section("b"), {"partners": False})
    assert [len(asked.entries), len(ruled_out.entries)] == [1, 0]


def test_required_questions_do_not_say_optional():
    field = form("project").entries[0].field
    assert field.field.required
