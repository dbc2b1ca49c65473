"""A project that is paused, goes on, is completed or ends early, and what becomes of its grant."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from carefund.core import clock
from carefund.core.errors import NotAllowed, Refused
from carefund.core.states import WrongState
from carefund.notify.models import OutboxMessage
from grants.delivery import actions
from grants.delivery.models import Project
from grants.payments import actions as payments
from grants.payments.queries import claimable
from programmes.funds.models import LedgerEntry
from programmes.funds.queries import totals_as_at, unreconciled
from tests import make
from tests.pages import get, post, redirected, text

FIRST, SECOND = (2026, "revenue"), (2027, "revenue")


@pytest.fixture
def project(under_way):
    """£40,000, half of it in each of two years."""
    return under_way


def url(name, project, *args):
    return reverse(f"delivery:{name}", args=[project.reference, *args])


def achieve(story, project):
    for row in project.milestones.all():
        day = clock.today()
        actions.report(milestone=row, achieved_on=day, note="Done.", by=story.people.lead)
        actions.confirm(milestone=row, note="Seen.", by=story.people.officer)


def claim(story, project, amount, steps="draft"):
    people = story.people
    made = payments.make_claim(
        project=project,
        period_starts_on=date(2026, 5, 1),
        period_ends_on=date(2026, 5, 31),
        amounts={FIRST: Decimal(amount)},
        narrative="Staff.",
        by=people.lead,
    )
    if steps == "draft":
        return made
    payments.certify(claim=made, by=people.certifier)
    payments.submit(claim=made, by=people.lead)
    if steps in {"approved", "paid"}:
        payments.approve(claim=made, reason="Fine.", by=people.officer)
    if steps == "paid":
        payments.release(claim=made, by=people.finance)
    return make.fresh(made)


def complete(story, project):
    return actions.complete(project=project, reason="It said so.", by=story.people.officer)


def end(story, project):
    return actions.end_early(project=project, reason="Supplier gone.", by=story.people.officer)


def committed(story):
    rows = story.programme.budget_lines.filter(kind="revenue").order_by("financial_year")
    return [x.committed for x in rows]


def told(kind):
    return OutboxMessage.objects.filter(kind=f"delivery.{kind}")


def test_completing_gives_back_what_nobody_claims(story, project):
    officer, lead, page = story.people.officer, story.people.lead, url("complete", project)
    achieve(story, project)
    claim(story, project, "12000.50", "paid")
    assert "claims already made" not in text(get(officer, page))
    assert "Gone back" not in text(get(lead, project.get_absolute_url()))
    claim(story, project, "1000.00")
    look = text(get(officer, page))
    assert "claims already made go on as before" in look
    assert "£26,999.50 that is not claimed goes back to the budget" in look
    sent = {"seen": "26999.50", "reason": ""}
    assert "Answer the question: How do you know" in text(post(officer, page, sent))
    assert committed(story) == [20000, 20000]
    assert redirected(post(officer, page, {**sent, "reason": "Its last claim is in."}))
    assert committed(story) == [Decimal("13000.50"), Decimal(0)]
    assert make.fresh(project).state == "completed"
    rows = LedgerEntry.objects.filter(column="committed", amount__lt=0).order_by("pk")
    assert [row.amount for row in rows] == [Decimal("-6999.50"), Decimal(-20000)]
    assert "completed: Its last claim is in." in rows[0].reason
    assert rows[0].subject == project.offer
    assert {row.recipient for row in told("project_completed")} == {lead, story.people.chief}
    assert "£26,999.50 of the grant was not claimed." in told("project_completed")[0].text
    seen = text(get(lead, project.get_absolute_url()))
    assert "£26,999.50 of the grant was not claimed and has gone back to the budget." in seen
    for amount in ("£6,999.50", "£20,000", "£26,999.50"):
        assert f'data-label="Gone back">{amount}</td>' in seen
    assert "Claim what is left of the grant" not in seen
    page = text(get(officer, project.get_absolute_url()))
    assert "Give what is left" not in page
    assert "Add a condition" not in page
    assert unreconciled() == []


def test_nothing_goes_back_and_nothing_is_asked_where_all_is_claimed(story, project):
    for year, kind in (FIRST, SECOND):
        payments.make_claim(
            project=project,
            period_starts_on=date(2026, 5, 1),
            period_ends_on=date(2026, 5, 31),
            amounts={(year, kind): Decimal(20000)},
            narrative="Staff.",
            by=story.people.lead,
        )
    achieve(story, project)
    page = url("complete", project)
    assert "nothing of the grant goes back" in text(get(story.people.officer, page))
    assert redirected(post(story.people.officer, page))
    assert committed(story) == [20000, 20000]
    assert "was not claimed" not in told("project_completed")[0].text


def test_amount_that_changed_since_it_was_shown_is_not_given_back_unread(story, project):
    achieve(story, project)
    claim(story, project, "1000.00")
    sent = {"seen": "40000.00", "reason": "It said so."}
    answer = text(post(story.people.officer, url("complete", project), sent))
    assert "What goes back to the budget has changed" in answer
    # The page has the new amount, and keeps what was typed.
    assert "£39,000 that is not claimed goes back" in answer
    assert 'value="39000.00"' in answer
    assert "It said so." in answer
    assert (make.fresh(project).state, committed(story)) == ("active", [20000, 20000])
    with pytest.raises(Refused, match="has made its last claim"):
        actions.complete(project=project, by=story.people.officer)
    with pytest.raises(actions.RestChanged):
        actions.complete(
            project=project, reason="It said so.", seen=Decimal(40000), by=story.people.officer
        )


@pytest.mark.parametrize("seen", ["", "NaN", "-5", "1e9", "9" * 60, "39,999"])
def test_amount_that_the_page_did_not_show_confirms_nothing(story, project, seen):
    given = {"reason": "The supplier is gone.", "seen": seen}
    answer = text(post(story.people.officer, url("end_early", project), given))
    assert "What goes back to the budget has changed" in answer
    assert make.fresh(project).state == "active"


def test_completing_waits_for_a_change_that_is_not_decided(story, project):
    achieve(story, project)
    change = actions.request_change(
        project=project, kind="scope", what="W", why="Y", by=story.people.lead
    )
    with pytest.raises(Refused, match="asked for on 15 June 2026 is not decided yet"):
        complete(story, project)
    with pytest.raises(Refused, match="is not decided yet"):
        end(story, project)
    actions.withdraw_change(request=change, by=story.people.lead)
    assert complete(story, project).state == "completed"


def test_claims_under_way_of_a_completed_project_go_on_within_their_amounts(story, project):
    people = story.people
    sent, draft = claim(story, project, "5000.00", "submitted"), claim(story, project, "1000.00")
    refused = claim(story, project, "2000.00", "submitted")
    achieve(story, project)
    complete(story, project)
    assert committed(story) == [8000, 0]
    with pytest.raises(Refused, match=r"has £0.00 left there"):
        claim(story, make.fresh(project), "1.00")
    payments.approve(claim=sent, reason="Fine.", by=people.officer)
    payments.release(claim=sent, by=people.finance)
    payments.refuse(claim=refused, reason="No.", by=people.officer)
    assert committed(story) == [6000, 0]
    page = text(get(people.lead, reverse("payments:withdraw", args=[draft.reference])))
    assert "what it claimed goes back to the budget and can no longer be claimed" in page
    assert "Nothing is left of this grant." in text(
        get(people.lead, reverse("payments:new", args=[project.reference]))
    )
    payments.withdraw(claim=draft, reason="Wrong.", by=people.lead)
    assert committed(story) == [5000, 0]
    assert set(claimable(make.fresh(project)).values()) == {Decimal(0)}
    assert unreconciled() == []


def test_claim_that_came_to_less_leaves_a_rest_that_an_officer_gives_back(story, project):
    people, made = story.people, claim(story, project, "5000.00", "submitted")
    achieve(story, project)
    complete(story, project)
    payments.return_to_authority(claim=made, reason="Less.", by=people.officer)
    payments.change_claim(
        claim=made,
        period_starts_on=date(2026, 5, 1),
        period_ends_on=date(2026, 5, 31),
        amounts={FIRST: Decimal(4000)},
        narrative="Less staff.",
        by=people.lead,
    )
    page = reverse("payments:give_back", args=[project.reference])
    assert page in text(get(people.officer, project.get_absolute_url()))
    assert "£1,000 that is not claimed" in text(get(people.officer, page))
    assert post(people.lead, page, {"reason": "x"}).status_code == 403
    unread = {"reason": "It said so.", "seen": "500.00"}
    assert "What goes back to the budget has changed" in text(post(people.officer, page, unread))
    with pytest.raises(actions.RestChanged):
        payments.give_back_rest(
            project=project, reason="It said so.", seen=Decimal(500), by=people.officer
        )
    assert redirected(post(people.officer, page, {**unread, "seen": "1000.00"}))
    assert committed(story) == [4000, 0]
    assert "Nothing is left" in text(post(people.officer, page, {"reason": "Again."}))
    with pytest.raises(Refused, match="Nothing is left"):
        payments.give_back_rest(project=project, reason="Again.", by=people.officer)


def test_rest_of_a_project_closed_before_is_claimed_or_given_back(story, project):
    achieve(story, project)
    page = text(get(story.people.officer, reverse("payments:give_back", args=[project.reference])))
    assert "The rest of a grant goes back when its project is completed" in page
    with pytest.raises(Refused, match="when its project is completed"):
        payments.give_back_rest(project=project, reason="Early.", by=story.people.officer)
    # As one that was completed when the rest stayed committed.
    Project.objects.filter(pk=project.pk).update(state="completed")
    assert "Claim what is left of the grant" in text(
        get(story.people.lead, project.get_absolute_url())
    )
    claim(story, make.fresh(project), "3000.00", "paid")
    with pytest.raises(Refused, match="last claim"):
        payments.give_back_rest(project=project, reason=" ", by=story.people.officer)
    rest = payments.give_back_rest(project=project, reason="It said so.", by=story.people.officer)
    assert (rest, committed(story)) == (37000, [3000, 0])


def test_recovered_money_of_a_closed_project_is_free_again(story, project):
    people = story.people
    claim(story, project, "12000.00", "paid")
    back = {"project": project, "financial_year": 2026, "kind": "revenue", "by": people.finance}
    payments.recover(**back, amount=Decimal(500), reason="Error.")
    achieve(story, project)
    look = text(get(people.officer, url("complete", project)))
    assert "£500 that was recovered is free on the budget again" in look
    complete(story, project)
    assert committed(story) == [11500, 0]
    payments.recover(**back, amount=Decimal(1500), reason="Another.")
    assert committed(story) == [10000, 0]
    with pytest.raises(Refused, match=r"There is £10,000.00 left"):
        payments.recover(**back, amount=Decimal("10000.01"), reason="Too much.")
    assert unreconciled() == []


def test_money_recovered_before_closed_grants_freed_it_is_given_back_by_an_officer(story, project):
    people, page = story.people, reverse("payments:give_back", args=[project.reference])
    claim(story, project, "20000.00", "paid")
    payments.make_claim(
        project=project,
        period_starts_on=date(2026, 5, 1),
        period_ends_on=date(2026, 5, 31),
        amounts={SECOND: Decimal(20000)},
        narrative="Staff.",
        by=people.lead,
    )
    payments.recover(
        project=project,
        financial_year=2026,
        kind="revenue",
        amount=Decimal(500),
        reason="Error.",
        by=people.finance,
    )
    # As one that was completed when what was recovered stayed committed.
    Project.objects.filter(pk=project.pk).update(state="completed")
    assert page in text(get(people.officer, project.get_absolute_url()))
    look = text(get(people.officer, page))
    assert "£500 that was recovered is free on the budget again" in look
    assert "that is not claimed" not in look
    assert redirected(post(people.officer, page, {"reason": "It said so.", "seen": "0.00"}))
    assert committed(story) == [19500, 20000]
    assert page not in text(get(people.officer, project.get_absolute_url()))
    assert "£500: It said so." in text(get(people.officer, project.get_absolute_url()))
    assert "Nothing is left of this grant." in text(get(people.officer, page))
    assert unreconciled() == []


def test_report_of_a_day_before_the_closing_stays_as_it_was(story, project, known_time):
    achieve(story, project)
    before = clock.now()
    known_time.move_to(date(2026, 7, 1))
    complete(story, project)
    then, now = (totals_as_at(x, story.programme) for x in (before, clock.now()))
    key = (*FIRST, "committed")
    assert (then[key], now.get(key, 0)) == (20000, 0)


def test_ending_early_decides_claims_first_and_withdraws_drafts(story, project):
    people, page = story.people, url("end_early", project)
    paid = claim(story, project, "3000.00", "approved")
    draft = claim(story, project, "1000.00")
    sent = claim(story, project, "2000.00", "submitted")
    for answer in (get(people.officer, page), post(people.officer, page, {"reason": "Gone."})):
        assert f"Claim {sent.reference} waits for a decision." in text(answer)
    payments.refuse(claim=sent, reason="No.", by=people.officer)
    look = text(get(people.officer, page))
    assert "£37,000 that is not claimed goes back" in look
    assert "claims that are approved are still paid" in look
    assert "claims that the authority has not submitted are withdrawn" in look
    given = {"reason": "The supplier is gone.", "seen": "37000.00"}
    assert post(people.lead, page, given).status_code == 403
    assert redirected(post(people.officer, page, given), project.get_absolute_url())
    assert (make.fresh(project).state, make.fresh(draft).state) == ("terminated", "withdrawn")
    assert committed(story) == [3000, 0]
    payments.release(claim=paid, by=people.finance)
    message = told("project_ended").get(recipient=people.lead).text
    assert "The supplier is gone." in message
    assert "£37,000 of the grant was not claimed." in message
    seen = text(get(people.lead, project.get_absolute_url()))
    assert "Ended early on 15 June 2026: The supplier is gone. No milestone" in seen
    assert "Make a claim" not in seen
    with pytest.raises(Refused, match="has ended early"):
        claim(story, make.fresh(project), "1.00")
    assert "Nothing more can be claimed" in text(
        get(people.lead, reverse("payments:new", args=[project.reference]))
    )
    with pytest.raises(WrongState, match=r"^This project has ended early\.$"):
        end(story, project)


@pytest.mark.parametrize(
    ("state", "page", "sentence"),
    [
        ("active", "resume", "This project is in delivery."),
        ("paused", "pause", "This project is paused."),
        ("paused", "complete", "This project is paused. Resume it first."),
        ("completed", "complete", "This project is completed."),
        ("completed", "end_early", "This project is completed."),
        ("terminated", "end_early", "This project has ended early."),
        ("terminated", "pause", "This project has ended early."),
    ],
)
def test_page_that_could_only_refuse_says_so_and_asks_nothing(
    story, project, state, page, sentence
):
    Project.objects.filter(pk=project.pk).update(state=state)
    officer = story.people.officer
    for answer in (get(officer, url(page, project)), post(officer, url(page, project))):
        assert f"<li>{sentence}</li>" in text(answer)
        assert "<textarea" not in text(answer)
    assert make.fresh(project).state == state


def test_nothing_falls_due_of_a_project_that_has_ended(story, project, known_time):
    people = story.people
    monitoring = actions.open_return(
        project=project,
        starts_on=date(2026, 4, 1),
        ends_on=date(2026, 6, 1),
        due_on=date(2026, 6, 30),
        by=people.officer,
    )
    assert monitoring.get_absolute_url() in text(get(people.lead, "/your-organisation/"))
    known_time.move_to(date(2026, 11, 15))
    lists = {
        "milestones": reverse("delivery:milestones") + "?show=overdue",
        "returns": reverse("delivery:returns") + "?state=overdue",
        "projects": reverse("delivery:list") + "?behind=yes",
    }
    found = {name: text(get(people.officer, page)) for name, page in lists.items()}
    assert "1 milestone" in found["milestones"]
    assert "1 return" in found["returns"]
    assert "1 project," in found["projects"]
    end(story, project)
    found = {name: text(get(people.officer, page)) for name, page in lists.items()}
    assert "0 milestones" in found["milestones"]
    assert "0 returns" in found["returns"]
    assert "0 projects" in found["projects"]
    assert "Overdue" not in text(get(people.officer, url("project", project))).split("Risks")[0]
    assert monitoring.get_absolute_url() not in text(get(people.lead, "/your-organisation/"))
    page = text(get(people.lead, url("return", project, monitoring.pk)))
    assert "Ended early" in page
    assert "Write the return" not in page
    page = text(get(people.lead, url("milestone", project, 1)))
    assert "Report as achieved" not in page
    assert "Sensors chosen" not in text(get(people.lead, "/"))
    with pytest.raises(Refused, match="of a project in delivery"):
        actions.open_return(
            project=make.fresh(project),
            starts_on=date(2026, 7, 1),
            ends_on=date(2026, 9, 30),
            due_on=date(2026, 10, 31),
            by=people.officer,
        )


def test_paused_project_pays_nothing_until_it_goes_on(story, project, known_time):
    people = story.people
    sent = claim(story, project, "2000.00", "submitted")
    approved = claim(story, project, "3000.00", "approved")
    waiting = ((people.officer, sent), (people.finance, approved))
    assert all(row.reference in text(get(who, "/manage/")) for who, row in waiting)
    reason = {"reason": "The supplier is under review."}
    assert post(people.lead, url("pause", project), reason).status_code == 403
    assert redirected(post(people.officer, url("pause", project), reason))
    for step in (
        lambda: payments.approve(claim=sent, reason="Fine.", by=people.officer),
        lambda: payments.release(claim=approved, by=people.finance),
        lambda: claim(story, make.fresh(project), "1.00"),
    ):
        with pytest.raises(Refused, match="paused"):
            step()
    page = text(get(people.lead, project.get_absolute_url()))
    assert "Paused on 15 June 2026: The supplier is under review. Until it goes on" in page
    assert "Make a claim" not in page
    assert "Ask for a change" in page
    ask = reverse("payments:new", args=[project.reference])
    assert "You can claim again when it goes on." in text(get(people.lead, ask))
    day = {"day": 1, "month": 5, "year": 2026}
    typed = {f"period_starts_on_{part}": value for part, value in day.items()}
    typed |= {f"period_ends_on_{part}": value for part, value in day.items()}
    typed |= {"amount_2026_revenue": "1", "narrative": "Typed before the pause."}
    answer = text(post(people.lead, ask, typed))
    assert "You can claim again when it goes on." in answer
    assert "Typed before the pause." in answer
    for who, row in waiting:
        seen = text(get(who, row.get_absolute_url()))
        assert "The claim is not approved or paid until a programme officer resumes" in seen
        assert "Release the payment" not in seen
        assert f"claims/{row.reference}/approve" not in seen
        assert row.reference not in text(get(who, "/manage/"))
    assert "under review" in told("project_paused").get(recipient=people.lead).text
    known_time.move_to(date(2026, 11, 15))
    overdue = text(get(people.officer, reverse("delivery:milestones") + "?show=overdue"))
    assert "0 milestones" in overdue
    known_time.move_to(date(2026, 6, 16))
    assert redirected(post(people.officer, url("resume", project), {"reason": "All is well."}))
    assert "All is well." in told("project_resumed").get(recipient=people.chief).text
    payments.approve(claim=sent, reason="Fine.", by=people.officer)
    assert redirected(post(people.officer, url("pause", project), reason))
    assert told("project_paused").filter(recipient=people.lead).count() == 2


def test_reasons_are_given_and_only_officers_turn_a_project(story, project):
    for act in (actions.pause, actions.resume, actions.end_early):
        with pytest.raises(Refused, match="Say why"):
            act(project=project, reason=" ", by=story.people.officer)
        with pytest.raises(NotAllowed):
            act(project=project, reason="Mine.", by=story.people.lead)
    with pytest.raises(WrongState):
        actions.resume(project=project, reason="Why not.", by=story.people.officer)
