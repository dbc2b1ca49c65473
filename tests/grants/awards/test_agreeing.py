import pytest
from django.urls import reverse

from carefund.core.appendonly import Unchangeable
from carefund.core.errors import Refused
from carefund.notify.models import OutboxMessage
from grants.awards import actions
from grants.awards.models import Agreement, Clause, FunderSignature
from grants.awards.paper import agreement_paper
from tests import make
from tests.pages import get, post, queries, redirected, text

NEW = "The grant is paid every quarter."


@pytest.fixture
def offer(offered):
    return offered.offer


@pytest.fixture
def agreement(story, offer):
    return actions.accept(offer=offer, by=story.people.chief)


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


def change_payment(story, seen=1):
    return actions.change_clause(
        programme=story.programme,
        key="payment",
        text=NEW,
        reason="As the Treasury asks.",
        seen=seen,
        by=story.people.administrator,
    )


def test_clause_changed_binds_offers_made_after_it_only(story, offer, known_time):
    people, code = story.people, story.programme.code
    known_time.shift(60)
    page = url("change_clause", code, "payment")
    assert "Version 1" in text(get(people.auditor, url("clauses", code)))
    sent = {"text": NEW, "reason": "As the Treasury asks.", "seen": "1"}
    assert redirected(post(people.administrator, page, sent))
    assert "Somebody changed this clause" in text(post(people.administrator, page, sent))
    assert Clause.objects.get().version == 2
    assert NEW in text(get(people.officer, url("clauses", code)))
    assert NEW not in text(get(people.chief, url("offer", offer.reference)))
    later = make.offered_bid(make.story_again(story)).offer
    assert NEW in text(get(people.chief, url("offer", later.reference)))
    assert get(people.administrator, url("change_clause", code, "nothing")).status_code == 404


def test_agreement_keeps_its_clauses_and_cannot_be_changed(story, agreement):
    before = agreement.content["clauses"]
    change_payment(story)
    assert make.fresh(agreement).content["clauses"] == before
    assert {c["version"] for c in before} == {1}
    with pytest.raises(Unchangeable):
        agreement.save()


def test_agreement_is_accepted_by_both_sides(story, offer, agreement):
    people, page = story.people, url("sign", offer.reference)
    shown = url("agreement", offer.reference)
    assert "Not yet signed for" in text(get(people.chief, shown))
    assert "Sign for the funder" not in text(get(people.officer, shown))
    assert get(people.officer, page).status_code == 403
    sent = {"declared": "on", "seen": agreement.fingerprint}
    other = {**sent, "seen": "0" * 64}
    assert "not the text that you were shown" in text(post(people.senior, page, other))
    assert "Tick the box" in text(post(people.senior, page, {"seen": agreement.fingerprint}))
    assert redirected(post(people.senior, page, sent), shown)
    assert "has been signed for the funder already" in text(post(people.senior, page, sent))
    assert FunderSignature.objects.get().signed_by == people.senior
    assert "Accepted by both sides" in text(get(people.chief, shown))
    kinds = set(OutboxMessage.objects.values_list("kind", flat=True))
    assert {"awards.signature_wanted", "awards.agreement_signed"} <= kinds


def test_agreement_pdf_has_schedules_signatures_and_the_bid(story, offer, agreement):
    paper = agreement_paper(agreement)
    titles = [part.title for part in paper.parts]
    assert titles[:2] == ["Clauses", "Schedule 1: amounts"]
    assert "Annex 1: the bid as it was submitted" in titles
    assert agreement.fingerprint in paper.mark
    (item,) = paper.parts[1].items
    assert item.table.total[-1] == "£40,000"
    answered = get(story.people.viewer, url("agreement_pdf", offer.reference))
    assert (answered["Content-Type"], answered.content[:5]) == ("application/pdf", b"%PDF-")
    assert get(story.people.stranger, url("agreement_pdf", offer.reference)).status_code == 404


def test_offer_without_agreement_has_no_pdf(story, offer):
    assert get(story.people.chief, url("agreement_pdf", offer.reference)).status_code == 404
    assert Agreement.objects.count() == 0


def test_both_sides_write_about_an_offer_until_it_is_answered(story, offer):
    people, page = story.people, url("messages", offer.reference)
    assert "Write your message" in text(post(people.author, page, {"text": " "}))
    assert redirected(post(people.author, page, {"text": "May we <b>begin</b> in May?"}))
    assert "May we &lt;b&gt;begin&lt;/b&gt; in May?" in text(get(people.officer, page))
    assert redirected(post(people.officer, page, {"text": "Yes."}))
    assert [m.from_funder for m in offer.messages.all()] == [False, True]
    told = OutboxMessage.objects.filter(kind="awards.about_offer")
    assert set(told.values_list("recipient", flat=True)) >= {people.officer.pk, people.chief.pk}
    assert post(people.viewer, page, {"text": "I?"}).status_code == 403
    assert get(people.stranger, page).status_code == 404
    actions.accept(offer=offer, by=people.chief)
    with pytest.raises(Refused, match="has been answered"):
        actions.write_message(offer=offer, text="Late.", by=people.author)
    assert "Nothing more can be written" in text(get(people.author, page))


def test_conversation_takes_the_same_queries_for_one_and_three(story, offer):
    page = url("messages", offer.reference)
    actions.write_message(offer=offer, text="One.", by=story.people.author)
    one = queries(story.people.chief, page)
    for word in ("Two.", "Three."):
        actions.write_message(offer=offer, text=word, by=story.people.author)
    assert queries(story.people.chief, page) == one
