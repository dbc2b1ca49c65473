"""Two calls of the past, designed anew in the CMS without a developer, and bid to."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group

from carefund.questions.definition import FormDefinition
from grants.awards import actions as awards
from grants.bids import actions as bids
from grants.bids.models import Bid
from programmes.calls.models import Call
from programmes.funds.models import Theme
from tests import make
from tests.browser.designing import Designer
from tests.browser.walk import Walk

pytestmark = pytest.mark.browser
THEMES = (
    "Efficiency and strengths-based approaches",
    "Managing marketing and commissioning",
    "Sustainable and integrated social care and health systems",
)
PRIORITIES = [
    "Care quality and safety",
    "Fewer avoidable admissions or readmissions",
    "Independence at home",
]


@pytest.fixture
def officer_at(service, sign_in, known_time, settings):
    """An officer who may publish, at the editor on a day with money in the years after it."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0  # nothing happens but what the test does

    def enter(day, years, each):
        known_time.move_to(day)
        story = service.story
        story.people.officer.groups.add(Group.objects.get_or_create(name="Moderators")[0])
        for year in years:
            make.budget(story.programme, year, "revenue", each)
        page = sign_in(story.people.officer)
        page.set_default_timeout(20_000)
        return story, Designer(page)

    return enter


def begin_call(designer, programme, **values):
    designer.begin()
    designer.page.select_option("#id_programme", label=str(programme))
    designer.fill(eligibility="Local authorities with adult social care duties.", **values)


# -- the Social Care Digital Innovation Programme of 2018: discovery, then implementation


def design_discovery(designer, story):
    """Twelve awards of £20,000 for three months; one theme for each bid."""
    begin_call(
        designer,
        story.programme,
        title="Social Care Digital Innovation: discovery",
        summary="Three months to understand a problem before anything is built.",
        opens_at=datetime(2018, 5, 11, 8, tzinfo=UTC),
        closes_at=datetime(2018, 6, 1, 15, tzinfo=UTC),
        total=240_000,
        smallest_award=5_000,
        largest_award=20_000,
        project_starts_on="2018-07-01",
        project_ends_on="2018-10-31",
    )
    designer.page.select_option("#id_themes", label=list(THEMES))
    designer.criterion(0, "Need", "Is the problem real, and whose is it?", 60)
    designer.criterion(1, "Delivery", "Can it be found out in three months?", 40)
    designer.tab("Application form")
    designer.empty()
    idea = designer.section("Your idea")
    designer.question(idea, "Long text", "Which problem will you look at?", words=300)
    designer.question(idea, "Yes or no", "Do you work with the NHS?")
    trust = designer.question(idea, "Short text", "With which trust?")
    offered = designer.only_if(trust, "do_you_work_with_the_nhs", "yes")
    assert offered == ["which_problem_will_you_look_at", "do_you_work_with_the_nhs"]
    work = designer.section("Discovery")
    designer.question(work, "Budget", "Budget", categories=["Staff", "User research"])
    designer.question(work, "Milestone plan", "What will you do, and when?")
    designer.screen("Do you have duties for adult social care?", "Only councils with these bid.")
    designer.save()
    designer.feeds(0, "which_problem_will_you_look_at", "with_which_trust")
    designer.feeds(1, "budget", "what_will_you_do_and_when")
    designer.publish()
    return Call.objects.get(title="Social Care Digital Innovation: discovery")


def design_implementation(designer, officer, first):
    """A copy of the first phase for whoever was funded in it, with what is asked beyond."""
    officer.open(f"/manage/calls/{first.code}/copy/")
    officer.fill(
        {
            "Title of the new call": "Social Care Digital Innovation: implementation",
            "Address of its page": "scdip-implementation",
            "Opens on": (3, 9, 2018),
            "Closes on": (28, 9, 2018),
        }
    )
    officer.press("Copy the call")
    call = Call.objects.get(code="scdip-implementation")
    designer.edit(call)
    designer.page.select_option("#id_follows", label=str(first))
    designer.page.check("#id_invited_only")
    designer.fill(total=480_000, largest_award=80_000)
    designer.fill(project_starts_on="2018-11-01", project_ends_on="2019-10-31")
    designer.tab("Application form")
    after = designer.section("What comes of it")
    designer.question(after, "Benefit plan", "Which outcomes will you measure?")
    risk = [{"label": "Risk", "kind": "Short text"}, {"label": "Likely", "kind": "Yes or no"}]
    designer.question(after, "Table", "Risks and issues", columns=risk)
    designer.save()
    designer.publish()
    return Call.objects.get(pk=call.pk)


def bid_for_discovery(author, call):
    author.open(f"/bids/start/{call.code}/")
    author.fill({"Title of your project": "Sensors at home"})
    author.choose(THEMES[2])
    author.choose("Yes")
    author.press("Start the bid")
    bid = Bid.objects.get(call=call)
    author.follow("Your idea")
    author.fill({"Which problem will you look at?": "Falls at night that nobody hears."})
    author.choose("Yes")
    author.fill({"With which trust?": "Here Hospitals"})
    author.press("Save and continue")
    author.fill({"Staff, 2018 to 2019, revenue": "12,000"})
    author.fill({"User research, 2018 to 2019, revenue": "8,000"})
    author.fill({"What will be done": "Twenty homes visited", "Date": (30, 9, 2018)})
    author.press("Save and continue")
    author.sees("2 of 2")
    return bid


def win(story, bid):
    """Certified, submitted, scored and funded; the offer is accepted."""
    people = story.people
    bids.ask_for_certificate(bid=make.fresh(bid), by=people.author)
    bids.certify(bid=make.fresh(bid), by=people.certifier)
    bids.submit(bid=make.fresh(bid), by=people.author)
    known = replace(story, call=Call.objects.get(pk=bid.call_id))
    offered = make.offer(known, make.assess(known, make.fresh(bid)))
    awards.accept(offer=offered.offer, by=people.chief)


@pytest.mark.long
def test_two_phases_of_2018_are_designed_and_bid_to(officer_at, sign_in, known_time):
    day = datetime(2018, 5, 10, 9, tzinfo=UTC)
    story, designer = officer_at(day, (2018, 2019), "1000000.00")
    for name in THEMES:
        Theme.objects.create(programme=story.programme, code=name[:5].lower(), name=name)
    first = design_discovery(designer, story)
    assert first.state == "forecast"
    fed = {c.title: set(c.questions) for c in first.criteria.all()}
    assert fed["Delivery"] == {"budget", "what_will_you_do_and_when"}

    known_time.move_to(datetime(2018, 5, 14, 9, tzinfo=UTC))
    author = Walk(sign_in(story.people.author), measured=False)
    bid = bid_for_discovery(author, first)
    win(story, bid)

    officer = Walk(sign_in(story.people.officer), measured=False)
    second = design_implementation(Designer(officer.page), officer, first)
    form = FormDefinition.parse(second.forms.get().definition)
    assert [q.kind for q in form.questions()][-2:] == ["benefits", "table"]
    officer.open(f"/manage/calls/{second.code}/invite/")
    officer.sees("Here Council")
    officer.press("Invite them")
    known_time.move_to(datetime(2018, 9, 4, 9, tzinfo=UTC))
    author = Walk(sign_in(story.people.author), measured=False)
    author.open(f"/bids/start/{second.code}/")
    author.fill({"Title of your project": "Sensors in all our homes"})
    author.choose(THEMES[2])
    author.choose("Yes")
    author.press("Start the bid")
    author.follow("Your idea")
    brought = author.page.get_by_label("Which problem will you look at?", exact=True)
    assert brought.input_value() == "Falls at night that nobody hears."


# -- the Adult Social Care Technology Fund: priorities, and a fifth of the award for evaluation


def design_fund(designer, story):
    begin_call(
        designer,
        story.programme,
        title="Adult Social Care Technology Fund",
        summary="Technology that is ready to be tried at scale, and evidence of what it does.",
        opens_at=datetime(2023, 4, 24, 8, tzinfo=UTC),
        closes_at=datetime(2023, 10, 6, 15, tzinfo=UTC),
        total=3_000_000,
        smallest_award=100_000,
        largest_award=1_200_000,
        project_starts_on="2023-11-01",
        project_ends_on="2025-03-31",
    )
    designer.criterion(0, "Benefit", "Who gains, and would others?", 100)
    designer.tab("Application form")
    designer.empty()
    project = designer.section("Your project")
    designer.question(project, "Many of many", "Priorities", choices=PRIORITIES, fewest=1)
    designer.question(project, "Long text", "What would the sector learn?", words=250)
    designer.question(project, "Yes or no", "Does a supplier take part?")
    partners = designer.question(project, "Partners", "Suppliers")
    designer.only_if(partners, "does_a_supplier_take_part", "yes")
    learn = "what_would_the_sector_learn"
    designer.group(partners, ("priorities", "includes", PRIORITIES[2]), (learn, "is_answered", ""))
    money = designer.section("Money")
    designer.question(money, "Budget", "Budget", categories=["Technology", "Evaluation"])
    assert designer.share("Evaluation", 20) == ["Technology", "Evaluation"]


@pytest.mark.long
def test_technology_fund_is_designed_previewed_and_bid_to(officer_at, sign_in, known_time):
    day = datetime(2023, 4, 20, 9, tzinfo=UTC)
    story, designer = officer_at(day, (2023, 2024), "2000000.00")
    design_fund(designer, story)
    preview = designer.previewed()
    preview.get_by_text("What would the sector learn?", exact=True).wait_for()
    assert preview.get_by_text("Spend at least 20% of the budget on evaluation.").count() == 1
    assert preview.get_by_text("and (you chose “Independence at home” in").count() == 1
    designer.save()
    designer.publish()
    call = Call.objects.get(title="Adult Social Care Technology Fund")
    assert call.state == "forecast"
    form = FormDefinition.parse(call.forms.get().definition)
    assert form.question("suppliers").show_if.sentence(form.asked) == (
        "you answered “Yes” to “Does a supplier take part?” and (you chose “Independence at home” "
        "in “Priorities” or you answered “What would the sector learn?”)"
    )

    known_time.move_to(datetime(2023, 4, 25, 9, tzinfo=UTC))
    author = Walk(sign_in(story.people.author), measured=False)
    author.open(f"/bids/start/{call.code}/")
    author.fill({"Title of your project": "Care at home, measured"})
    author.press("Start the bid")
    bid = Bid.objects.get(call=call)
    author.follow("Your project")
    author.choose(PRIORITIES[2])
    author.fill({"What would the sector learn?": "Whether sensors put off a move."})
    assert not author.page.get_by_text("Organisation", exact=True).first.is_visible()
    author.choose("No")
    author.press("Save and continue")
    # Reading was awarded £1,085,505, of which a fifth is £217,101 to the pound.
    money = "{}, 2023 to 2024, revenue"
    author.fill({money.format("Technology"): "868,405", money.format("Evaluation"): "217,100"})
    author.press("Save and continue")
    author.sees("1 of 2")
    author.open(f"/bids/{bid.reference}/check/")
    author.sees("Spend at least 20% of the budget on evaluation.")
    author.open(f"/bids/{bid.reference}/sections/money/")
    author.fill({money.format("Technology"): "868,404", money.format("Evaluation"): "217,101"})
    author.press("Save and continue")
    author.sees("2 of 2")
