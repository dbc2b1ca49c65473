from datetime import date
from decimal import Decimal

from carefund.questions.answers import Checked
from carefund.questions.definition import FormDefinition
from carefund.website.example.fund_form import technology_fund
from programmes.calls.standard_form import definition

STANDARD = definition(years=[2026, 2027], smallest=Decimal(20000), largest=Decimal(300000))
FORM = FormDefinition.parse(technology_fund(STANDARD), {"call.ends": date(2028, 3, 31)})


def told(evaluation, staff, day="2027-03-31"):
    lines = [
        {"category": "evaluation", "year": 2026, "kind": "revenue", "amount": evaluation},
        {"category": "staff", "year": 2026, "kind": "revenue", "amount": staff},
    ]
    milestone = {"title": "Live", "date": day, "evidence": ""}
    answers = {
        "budget": {"lines": lines, "match_funding": "0.00"},
        "milestones": [milestone, milestone],
    }
    checked = Checked(FORM, answers)
    return [*checked.messages.get("budget", []), *checked.messages.get("milestones", [])]


def test_a_fifth_of_the_money_goes_to_evaluation():
    assert told("20000.00", "80000.00") == []
    assert told("19999.99", "80000.01") == ["Spend at least 20% of what you ask for on evaluation."]


def test_milestones_fall_before_the_projects_end():
    late = "Every milestone must fall before the projects of this call end."
    assert told("20000.00", "80000.00", "2028-04-01") == [late]


def test_standard_form_stays_as_it_was():
    assert FormDefinition.parse(STANDARD).question("partners").kind == "long_text"
    assert FORM.question("partners").kind == "partners"
