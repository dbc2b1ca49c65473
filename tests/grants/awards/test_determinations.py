import csv
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from carefund.core.errors import NotAllowed, Refused
from carefund.core.states import WrongState
from carefund.importing.models import ImportRun
from carefund.notify.models import OutboxMessage
from grants.awards import actions
from grants.awards.models import Determination
from programmes.funds.models import BudgetLine, LedgerEntry
from programmes.funds.queries import unreconciled
from tests import make
from tests.pages import get, post, queries, redirected, text

UPLOAD = "/manage/imports/new/determination-amounts/"
HEAD = "determination,authority identifier,authority,amount\n"
FREE = Decimal("1000.10")


@pytest.fixture
def draft(story, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make.budget(story.programme, 2028, "capital", str(FREE))
    return actions.make_determination(
        programme=story.programme,
        title="Care technology grant",
        purpose="Sensors.",
        financial_year=2028,
        kind="capital",
        total=FREE,
        ring_fenced=True,
        conditions="Report in May.",
        by=story.people.officer,
    )


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


def row(draft, organisation, amount):
    return f'{draft.reference},{organisation.org_id},"{organisation.name}","{amount}"\n'


def load(client, person, sheet, run_jobs):
    client.force_login(person)
    sent = {"file": SimpleUploadedFile("amounts.csv", (HEAD + sheet).encode())}
    answer = client.post(UPLOAD, sent)
    run_jobs()
    client.post(f"{answer.url}apply/")
    run_jobs()
    return ImportRun.objects.latest("pk")


def line():
    return BudgetLine.objects.get(programme__code="fund", financial_year=2028, kind="capital")


def test_draft_is_made_on_its_page(story):
    sent = {
        "title": "Care grant",
        "purpose": "Sensors.",
        "financial_year": "2026",
        "kind": "revenue",
        "total": "1,000.10",
        "ring_fenced": "no",
    }
    page = url("new_determination", story.programme.code)
    assert "Enter" in text(post(story.people.officer, page, {**sent, "total": ""}))
    assert redirected(post(story.people.officer, page, sent))
    made = Determination.objects.get()
    assert (made.total, made.ring_fenced) == (FREE, False)
    listed = get(story.people.auditor, url("manage_determinations", story.programme.code))
    assert made.reference in text(listed)


def test_amounts_are_loaded_and_issued_in_one_go_to_the_penny(client, story, draft, run_jobs):
    people, other = story.people, story.other
    sheet = row(draft, story.authority, "£600.07") + row(draft, other, "400.03")
    assert load(client, people.officer, sheet, run_jobs).state == "applied"
    page = url("issue_determination", draft.reference)
    public = url("public_determination", draft.reference)
    assert client.get(public).status_code == 404
    assert redirected(post(people.senior, page), draft.get_absolute_url())
    assert line().committed == FREE
    rows = LedgerEntry.objects.filter(line=line(), column="committed")
    assert {(e.organisation, e.amount) for e in rows} == {
        (story.authority, Decimal("600.07")),
        (other, Decimal("400.03")),
    }
    assert "because it is now “issued”" in text(post(people.senior, page))
    assert line().committed == FREE
    shown = text(get(people.author, public))
    assert "£600.07" in shown
    assert "Ring-fenced" in shown
    assert draft.reference in text(get(people.author, url("determinations")))


def test_each_bad_row_has_its_reason_and_nothing_is_loaded(client, story, draft, run_jobs):
    here = story.authority
    sheet = (
        row(draft, here, "10.001")
        + row(draft, here, "-5")
        + f"NONE,{here.org_id},x,5\n"
        + f"{draft.reference},GB-NONE,x,5\n"
        + row(draft, story.programme.funder, "5")
        + row(draft, here, "5")
        + row(draft, here, "6")
    )
    run = load(client, story.people.officer, sheet, run_jobs)
    assert (run.state, draft.shares.count()) == ("refused", 0)
    told = " ".join(problem["message"] for problem in run.problems)
    for words in ("at most two decimals", "above nothing", "no determination", "no organisation"):
        assert words in told
    assert "not a local authority" in told
    assert "has a row already" in told


def test_amounts_that_miss_the_total_by_a_penny_are_not_issued(story, draft):
    people = story.people
    actions.set_share(
        determination=draft,
        organisation=story.authority,
        amount=Decimal("1000.09"),
        by=people.officer,
    )
    answer = post(people.senior, url("issue_determination", draft.reference))
    assert "add up to £1,000.09. They must come to £1,000.10" in text(answer)
    assert make.fresh(draft).state == "draft"


def test_determination_over_the_budget_commits_nothing(story, draft):
    first, second = story.authority, story.other
    Determination.objects.filter(pk=draft.pk).update(total=Decimal("1000.11"))
    for organisation, amount in ((first, "1000.10"), (second, "0.01")):
        actions.set_share(
            determination=draft,
            organisation=organisation,
            amount=Decimal(amount),
            by=story.people.officer,
        )
    answer = post(story.people.senior, url("issue_determination", draft.reference))
    assert "cannot be committed" in text(answer)
    assert (make.fresh(draft).state, line().committed) == ("draft", Decimal("0.00"))


def test_determination_is_issued_by_another_and_then_never_changes(story, draft):
    people = story.people
    share = {"determination": draft, "organisation": story.authority, "by": people.officer}
    actions.set_share(**share, amount=FREE)
    with pytest.raises(NotAllowed):
        actions.issue_determination(determination=draft, by=people.officer)
    actions.issue_determination(determination=draft, by=people.senior)
    with pytest.raises(Refused, match="no longer a draft"):
        actions.set_share(**share, amount=Decimal(1))
    with pytest.raises(WrongState):
        actions.abandon_determination(determination=draft, reason="No.", by=people.officer)


def test_determination_takes_the_same_queries_for_one_and_three(story, draft):
    took = []
    for count in (1, 2):
        for _ in range(count):
            actions.set_share(
                determination=draft,
                organisation=make.authority(),
                amount=Decimal(1),
                by=story.people.officer,
            )
        took.append(queries(story.people.senior, draft.get_absolute_url()))
    assert took[0] == took[1]


@pytest.fixture
def issued(story, draft):
    """£600.07 and £400.03, to be paid on 1 July."""
    Determination.objects.filter(pk=draft.pk).update(pay_on=date(2026, 7, 1))
    for organisation, amount in ((story.authority, "600.07"), (story.other, "400.03")):
        actions.set_share(
            determination=draft,
            organisation=organisation,
            amount=Decimal(amount),
            by=story.people.officer,
        )
    return actions.issue_determination(determination=make.fresh(draft), by=story.people.senior)


def told(person):
    rows = OutboxMessage.objects.filter(kind="awards.determined", recipient=person)
    return list(rows.order_by("pk").values_list("subject_line", "text"))


def test_each_authority_is_told_its_own_amount(story, issued):
    people = story.people
    ((subject, words),) = told(people.chief)
    assert "was issued" in subject
    assert "£600.07 to Here Council" in words
    assert "from 1 July 2026" in words
    assert "400.03" not in words
    assert len(told(people.stranger_certifier)) == 1
    assert told(people.author) == []


def test_one_payment_is_released_by_finance_on_its_day(story, issued, known_time):
    people, page = story.people, url("pay_determination", issued.reference)
    assert post(people.senior, page).status_code == 403
    assert "The day of payment is 1 July 2026" in text(post(people.finance, page))
    known_time.move_to(datetime(2026, 7, 1, 9, tzinfo=UTC))
    assert redirected(post(people.finance, page), issued.get_absolute_url())
    assert (line().committed, line().claimed, line().paid) == (FREE, FREE, FREE)
    assert "now “paid”" in text(post(people.finance, page))
    assert len(told(people.chief)) == 2
    with pytest.raises(WrongState):
        actions.withdraw_determination(determination=issued, reason="No.", by=people.senior)
    assert unreconciled() == []


def test_determination_is_replaced_by_another_with_its_reason(story, issued):
    people = story.people
    sent = {"reason": "The formula had an error."}
    assert redirected(post(people.officer, url("vary_determination", issued.reference), sent))
    new = Determination.objects.get(replaces=issued)
    again = post(people.officer, url("vary_determination", issued.reference), sent)
    assert "There is a draft already" in text(again)
    assert (make.fresh(issued).state, new.shares.count(), line().committed) == ("issued", 2, FREE)
    for organisation, amount in ((story.authority, "500.05"), (story.other, "500.05")):
        actions.set_share(
            determination=new,
            organisation=organisation,
            amount=Decimal(amount),
            by=people.officer,
        )
    assert redirected(post(people.senior, url("issue_determination", new.reference)))
    # The line was full: the old money is free before the new is committed.
    assert (make.fresh(issued).state, line().committed) == ("replaced", FREE)
    shown = text(get(people.author, url("public_determination", issued.reference)))
    assert "Replaced" in shown
    after = text(get(people.author, url("public_determination", new.reference)))
    assert "The formula had an error." in after
    assert unreconciled() == []


def test_withdrawn_determination_frees_its_money_and_says_why(story, issued):
    people, page = story.people, url("withdraw_determination", issued.reference)
    assert post(people.officer, page, {"reason": "No."}).status_code == 403
    assert redirected(post(people.senior, page, {"reason": "The law changed."}))
    assert line().committed == 0
    assert "The law changed." in told(people.chief)[-1][1]
    shown = text(get(people.author, url("public_determination", issued.reference)))
    assert "The law changed." in shown
    assert unreconciled() == []


def test_amounts_are_taken_away_as_a_file_by_everybody(client, story, draft, issued):
    made = client.get(url("determination_amounts", issued.reference, "csv"))
    rows = list(csv.reader(made.getvalue().decode("utf-8-sig").splitlines()))
    assert [row[6] for row in rows[1:]] == ["600.07", "400.03"]
    assert client.get(url("determination_amounts", issued.reference, "exe")).status_code == 404
    Determination.objects.filter(pk=issued.pk).update(state="draft")
    assert client.get(url("determination_amounts", issued.reference, "csv")).status_code == 404


def test_lists_of_determinations_take_the_same_queries_for_one_and_three(story, issued):
    page = url("manage_determinations", story.programme.code)
    for address in (page, url("determinations")):
        before = queries(story.people.senior, address)
        for _ in range(2):
            make.budget(story.programme, 2026, "capital", "10.01")
            row = make.determination(story)
            actions.issue_determination(determination=row, by=story.people.senior)
        assert queries(story.people.senior, address) == before
    assert "5 determinations" in text(get(story.people.senior, page))
