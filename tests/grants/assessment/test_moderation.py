"""The panel: spread, outliers, severity, attendance, conflicts, the agreed score."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from carefund.core.errors import Refused
from grants.assessment import actions as assessment
from grants.assessment import queries
from grants.assessment.models import Panel, PanelDecision
from grants.bids.models import Bid
from programmes.calls.models import Criterion
from tests import make
from tests.grants.support import queries as counted
from tests.grants.support import text


@pytest.fixture
def officer(story, client):
    client.force_login(story.people.officer)
    return client


def scored(story, first, second):
    """A bid that one assessor gives `first` throughout, and the other `second`."""
    bid = make.submitted_bid(story)
    assessment.check_eligibility(bid=bid, passed=True, reason="", by=story.people.officer)
    for who, score in ((story.people.assessor, first), (story.people.second_assessor, second)):
        row = assessment.assign(bid=make.fresh(bid), assessor=who, by=story.people.officer)
        assessment.declare(assignment=row, has_conflict=False, note="", by=who)
        given = [(c, score, "Argued.") for c in story.call.criteria.all()]
        assessment.save_scores(assignment=row, given=given, by=who)
        assessment.submit_scores(assignment=row, by=who)
    return make.fresh(bid)


def at(story, name, *more):
    return reverse(f"assessment:{name}", args=[story.call.code, *more])


def sitting(story, *members):
    people = story.people
    present = [(people.senior, "chair"), *((one, "member") for one in members)]
    return assessment.record_panel(
        call=story.call, met_on=date(2026, 6, 14), attendance=present, note="", by=people.officer
    )


def test_spread_outliers_and_severity_are_shown_and_exported(story, officer):
    bid = scored(story, 5, 2)
    page = text(officer.get(at(story, "moderation")))
    assert "Far from the others" in page
    assert "Wide" in page
    rows, severity = queries.moderation(story.call, Bid.objects.all())
    assert rows[0].spread == Decimal(60)
    told = [(str(one.assessor), one.mean, one.words) for one in severity]
    assert told == [
        ("Assessor Two", Decimal(-60), "More severe than the others"),
        ("Assessor One", Decimal(60), "More generous than the others"),
    ]
    for what in ("moderation", "severity", "scores", "progress", "sift", "attendance"):
        response = officer.get(at(story, "export", what, "csv"))
        lines = b"".join(response).decode("utf-8-sig").splitlines()
        assert len(lines) > 1 or what == "attendance", what
        assert what in response["Content-Disposition"]
    assert officer.get(at(story, "export", "nothing", "csv")).status_code == 404
    assert officer.get(at(story, "export", "scores", "exe")).status_code == 404
    one = counted(officer, at(story, "moderation"))
    story.call.__class__.objects.update(several_bids_allowed=True)
    scored(story, 3, 3)
    assert counted(officer, at(story, "moderation")) == one
    assert make.fresh(bid).score == Decimal(70)


def test_panel_is_recorded_with_attendance(story, officer):
    people = story.people
    day = {"met_on_day": "14", "met_on_month": "6", "met_on_year": "2026"}
    alone = day | {f"part-{people.senior.pk}": "chair"}
    assert "at least one member" in text(officer.post(at(story, "panel"), alone))
    nobody = day | {f"part-{people.officer.pk}": "member"}
    assert "who was in the chair" in text(officer.post(at(story, "panel"), nobody))
    officer.post(at(story, "panel"), alone | {f"part-{people.officer.pk}": "member"})
    assert Panel.objects.get().attendance.count() == 2
    page = text(officer.get(at(story, "moderation")))
    assert "Senior (chair), Officer (member)" in page


def test_agreed_score_takes_the_place_of_the_mean_and_is_kept_beside_it(story, officer):
    bid, people = scored(story, 5, 2), story.people
    Criterion.objects.filter(code="need").update(threshold=3)
    panel = sitting(story, people.officer, people.assessor)
    address = reverse("assessment:agree", args=[bid.reference])
    assert "mean is 3.5" in text(officer.get(address))
    data = {"panel": panel.pk, "score-need": "2", "score-delivery": "3", "rationale": "Weak case."}
    assert "There is a problem" in text(officer.post(address, data | {"rationale": ""}))
    officer.post(address, data)
    assert make.fresh(bid).score == Decimal("52.00")
    kept = PanelDecision.objects.get()
    assert (kept.before, kept.agreed) == (Decimal("70.00"), Decimal("52.00"))
    assert "Weak case." in text(officer.get(reverse("assessment:case", args=[bid.reference])))
    (row,) = queries.ranked(story.call, Bid.objects.all())
    assert (row.below, row.how) == (["Need"], "Agreed by the panel")
    ranking = text(officer.get(at(story, "ranking")))
    assert "the one that asks for less comes first" in ranking
    officer.force_login(people.author)
    timeline = text(officer.get(reverse("bids:history", args=[bid.reference])))
    assert "Weak case." not in timeline


def test_whoever_has_a_conflict_must_stand_aside(story):
    bid, people = scored(story, 4, 4), story.people
    third = make.staff("assessor", story.programme, "Assessor Three")
    bid.assignments.create(assessor=third, state="conflicted", conflict_note="My sister.")
    panel = sitting(story, people.officer, third)
    told = {
        "bid": bid, "panel": panel, "scores": {"need": 4, "delivery": 4},
        "rationale": "Agreed.", "by": people.officer,
    }  # fmt: skip
    with pytest.raises(Refused, match="must stand aside: Assessor Three"):
        assessment.agree_score(**told, stood_aside=[])
    kept = assessment.agree_score(**told, stood_aside=[third])
    assert kept.stood_aside == ["Assessor Three"]
    with pytest.raises(Refused, match="from 0 to 5"):
        assessment.agree_score(**told | {"scores": {"need": 6, "delivery": 4}}, stood_aside=[third])


def test_decided_bid_is_moderated_no_more(story):
    bid, people = scored(story, 4, 4), story.people
    panel = sitting(story, people.officer)
    make.offer(story, bid)
    with pytest.raises(Refused, match="not decided yet"):
        assessment.agree_score(
            bid=make.fresh(bid), panel=panel, scores={"need": 5, "delivery": 5},
            rationale="Late.", stood_aside=[], by=people.officer,
        )  # fmt: skip
