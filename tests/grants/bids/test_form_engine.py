"""Bids over the form engine: files, registers, screening, what counts, and corrected forms."""

import csv
import html
import io
from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from carefund.core.errors import Refused
from carefund.files.models import StoredFile
from carefund.notify.models import OutboxMessage
from grants.bids import actions as bids
from grants.bids.models import AnswerRevision
from programmes.calls import actions as calls
from programmes.calls.models import FormVersion
from tests import make
from tests.site.carefund.questions.every_type import ANSWERS, FORM

TYPED = {key: value for key, value in ANSWERS.items() if key not in {"letters", "lead", "area"}}


@pytest.fixture
def every_type(story):
    FormVersion.objects.filter(call=story.call).update(definition=FORM)
    return story


@pytest.fixture
def bid(every_type):
    story = every_type
    return bids.start_bid(
        call=story.call,
        organisation=story.authority,
        title="Warm homes",
        by=story.people.author,
        screening={"duties": True},
    )


@pytest.fixture
def author(story, client):
    client.force_login(story.people.author)
    return client


def section(bid, key):
    return reverse("bids:section", args=[bid.reference, key])


def text(response):
    return html.unescape(response.content.decode())


def upload(name="letter.txt", words=b"We support this."):
    return SimpleUploadedFile(name, words, "text/plain")


def stored(bid, key):
    return bid.answers.get(question=key).value


# -- screening


def test_bid_starts_only_after_the_questions_on_eligibility(every_type, author):
    address = reverse("bids:start", args=[every_type.call.code])
    typed = {"title": "Warm homes", "theme": every_type.theme.pk}
    assert "Do you have duties for adult social care?" in text(author.get(address))
    assert "Answer the question: Do you have duties" in text(author.post(address, typed))
    page = author.post(address, {**typed, "screening_duties": "no"})
    assert "Only authorities with duties for adult social care can bid." in text(page)
    assert every_type.call.bids.count() == 0
    assert author.post(address, {**typed, "screening_duties": "yes"}).status_code == 302
    assert every_type.call.bids.get().screening == {"duties": True}


def test_screening_is_refused_by_the_action_too(every_type):
    with pytest.raises(Refused, match="Answer “Do you have duties"):
        bids.start_bid(
            call=every_type.call,
            organisation=every_type.authority,
            title="X",
            by=every_type.people.author,
        )


# -- files


def test_file_is_kept_with_the_bid_shown_and_taken_out(bid, author):
    sent = {"revision-letters": "0", "letters": [upload()]}
    assert author.post(section(bid, "simple"), sent).status_code == 302
    (kept,) = stored(bid, "letters")
    row = StoredFile.objects.get()
    assert (kept["id"], kept["name"], row.subject) == (str(row.pk), "letter.txt", bid)
    page = text(author.get(section(bid, "simple")))
    assert 'enctype="multipart/form-data"' in page
    assert "tick what is to be taken out" in page
    check = text(author.get(reverse("bids:check", args=[bid.reference])))
    assert f'href="/files/{row.pk}/"' in check
    sent = {"revision-letters": "1", "letters-remove": [kept["id"]]}
    assert author.post(section(bid, "simple"), sent).status_code == 302
    assert stored(bid, "letters") == []
    assert AnswerRevision.objects.filter(question="letters").count() == 2


def test_wrong_file_is_refused_with_the_reason_and_nothing_is_kept(bid, author):
    sent = {"revision-letters": "0", "letters": [upload(), upload("x.exe", b"MZ")]}
    page = author.post(section(bid, "simple"), sent)
    assert "x.exe: " in text(page)
    assert not StoredFile.objects.exists()


def test_nobody_puts_another_file_into_an_answer(bid, author):
    sent = {"revision-letters": "0", "letters": "6f1c0a52-9a58-4d3c-9a8d-0f3d3f3c9a11"}
    author.post(section(bid, "simple"), sent)
    assert not bid.answers.filter(question="letters").exists()


# -- the register


def test_organisation_is_searched_for_then_chosen(bid, author, story):
    sent = {"revision-lead": "0", "lead-words": "there", "find": "lead"}
    reply = author.post(section(bid, "simple"), sent)
    assert reply.url.endswith("?find=lead&words=there#question-lead")
    page = text(author.get(reply.url.partition("#")[0]))
    assert "There Council" in page
    assert "Here Council" not in page.partition('name="lead"')[2].partition("</fieldset>")[0]
    sent = {"revision-lead": "0", "lead": story.other.org_id}
    author.post(section(bid, "simple"), sent)
    assert stored(bid, "lead") == {"id": story.other.org_id, "name": "There Council"}
    assert "checked" in text(author.get(section(bid, "simple")))


def test_enter_after_new_words_searches(bid, author):
    sent = {"revision-lead": "0", "lead-words": "zzz", "continue": ""}
    reply = author.post(section(bid, "simple"), sent)
    assert "find=lead" in reply.url
    page = text(author.get(reply.url.partition("#")[0]))
    assert "Nothing in the register is called “zzz”." in page
    sent = {**sent, "lead-searched": "zzz"}
    assert "find=" not in author.post(section(bid, "simple"), sent).url


def test_made_up_organisation_is_refused(bid, author):
    page = author.post(section(bid, "simple"), {"revision-lead": "0", "lead": "XX-NOBODY"})
    assert page.status_code == 200
    assert not bid.answers.filter(question="lead").exists()


def test_areas_are_authorities_and_boards_and_several_can_be_chosen(bid, author, story):
    make.authority("Charity of the North", kind="charity", authority_type="")
    page = text(author.get(section(bid, "simple") + "?find=area&words=n"))
    assert "Charity of the North" not in page
    ids = [story.authority.org_id, story.other.org_id]
    author.post(section(bid, "simple"), {"revision-area": "0", "area": ids})
    assert [item["id"] for item in stored(bid, "area")] == ids


# -- what counts


def save(story, bid, values):
    bids.save_answers(bid=bid, values=values, revisions={}, by=story.people.author)


def finished(story, bid):
    entry = {"id": story.authority.org_id, "name": "Here Council"}
    files = {"letters": ANSWERS["letters"]}
    save(story, bid, {**TYPED, "lead": entry, "area": [entry], **files})


def certified(story, bid):
    finished(story, bid)
    bids.ask_for_certificate(bid=bid, by=story.people.author)
    bids.certify(bid=bid, by=story.people.certifier)
    return make.fresh(bid)


def test_answer_that_does_not_apply_is_kept_but_not_submitted(every_type, bid, author):
    story = every_type
    finished(story, bid)
    bids.save_answers(bid=bid, values={"agree": False}, revisions={"agree": 1}, by=bid.started_by)
    page = text(author.get(reverse("bids:check", args=[bid.reference])))
    assert "1 question here does not apply<" in page
    assert "It is asked only if you answered “Yes” to “Do you have partners?”." in page
    assert "An earlier answer is kept, but is not part of the bid." in page
    bids.ask_for_certificate(bid=bid, by=story.people.author)
    bids.certify(bid=bid, by=story.people.certifier)
    content = bids.submit(bid=bid, by=story.people.author).content
    assert "partners" not in content["answers"]
    assert content["computed"]["each"].startswith("8.33")
    assert stored(bid, "partners") == ANSWERS["partners"]


def test_broken_rule_stands_between_the_bid_and_its_certificate(every_type, bid):
    finished(every_type, bid)
    poor = deepcopy(ANSWERS["budget"])
    poor["lines"][1]["amount"] = "100.00"
    bids.save_answers(bid=bid, values={"budget": poor}, revisions={"budget": 1}, by=bid.started_by)
    with pytest.raises(bids.Incomplete) as refused:
        bids.ask_for_certificate(bid=bid, by=every_type.people.author)
    assert [p.message for p in refused.value.problems] == [
        "Spend at least 20% of the total on evaluation."
    ]


def test_answers_of_all_bids_can_be_downloaded(every_type, bid, client):
    certified(every_type, bid)
    bids.submit(bid=bid, by=every_type.people.author)
    client.force_login(every_type.people.officer)
    address = reverse("bids:answers_export", args=[every_type.call.code, "csv"])
    sheet = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    head, line = csv.reader(io.StringIO(sheet))
    row = dict(zip(head, line, strict=True))
    assert row["Reference"] == bid.reference
    assert row["What will it cost?: total"] == "10000.00"
    assert row["Cost for each person"] == "8.33"
    assert row["Telephone"] == "'+44 113 496 0000"
    assert row["Which organisation leads?: identifier"] == every_type.authority.org_id


def test_documents_of_a_case_are_those_of_its_answers(every_type, bid, author, client):
    author.post(section(bid, "simple"), {"revision-letters": "0", "letters": [upload("a.txt")]})
    (first,) = stored(bid, "letters")
    sent = {"revision-letters": "1", "letters-remove": [first["id"]], "letters": [upload("b.txt")]}
    author.post(section(bid, "simple"), sent)
    entry = {"id": every_type.authority.org_id, "name": "Here Council"}
    save(every_type, bid, {**TYPED, "lead": entry, "area": [entry]})
    bids.ask_for_certificate(bid=bid, by=every_type.people.author)
    bids.certify(bid=bid, by=every_type.people.certifier)
    bids.submit(bid=bid, by=every_type.people.author)
    client.force_login(every_type.people.officer)
    page = text(client.get(reverse("bids:case_documents", args=[bid.reference])))
    assert "b.txt" in page
    assert "a.txt" not in page


# -- corrected forms


def corrected(edit):
    data = deepcopy(FORM)
    edit(data["sections"])
    return data


def correct(story, edit):
    return calls.save_form(call=story.call, definition=corrected(edit), by=story.people.officer)


def drop(key):
    def edit(sections):
        for part in sections:
            part["questions"] = [q for q in part["questions"] if q["key"] != key]

    return edit


def test_bid_in_progress_goes_on_with_the_corrected_form_and_loses_nothing(every_type, bid, author):
    story = every_type
    finished(story, bid)

    def edit(sections):
        drop("short")(sections)
        for question in sections[0]["questions"]:
            if question["key"] == "people":
                question |= {"kind": "short_text", "options": {}}
            if question["key"] == "colour":
                question["options"] = {"choices": [{"value": v, "label": v} for v in ("a", "b")]}
        sections[1]["questions"] = [q for q in sections[1]["questions"] if q["key"] != "each"]

    form = correct(story, edit)
    row = make.fresh(bid)
    assert (form.version, row.form.version) == (2, 2)
    aside = {one.question: (one.why, one.value) for one in row.set_aside.all()}
    assert aside == {
        "short": ("gone", "Warm homes"),
        "people": ("retyped", "1200"),
        "colour": ("unfit", "red"),
    }
    assert stored(row, "people") == ""
    assert stored(row, "colour") == "red"
    assert AnswerRevision.objects.filter(bid=bid, question="people", value="1200").exists()
    told = OutboxMessage.objects.filter(recipient=story.people.author, kind="bids.form_corrected")
    assert told.count() == 1
    page = text(author.get(reverse("bids:form_changes", args=[bid.reference])))
    for words in ("Warm homes", "1,200", "No longer asked", "Your bid is now on version 2"):
        assert words in page
    assert "See what changed" in text(author.get(reverse("bids:task_list", args=[bid.reference])))


def test_certificate_stays_where_no_answer_is_affected(every_type, bid):
    certified(every_type, bid)
    correct(every_type, lambda sections: sections[0].update(title="Plain answers"))
    row = make.fresh(bid)
    assert (row.state, row.form.version) == ("certified", 2)
    assert row.certified_by == every_type.people.certifier


@pytest.mark.parametrize(
    "edit",
    [
        drop("mail"),
        lambda s: s[0]["questions"].append({"key": "n", "kind": "yes_no", "label": "New?"}),
        lambda s: s[0]["questions"][1].update(options={"words": 2}),
    ],
    ids=["gone", "new question", "stricter"],
)
def test_certificate_lapses_where_answers_are_affected(every_type, bid, edit):
    certified(every_type, bid)
    correct(every_type, edit)
    row = make.fresh(bid)
    assert (row.state, row.certified_by, row.certified_at) == ("draft", None, None)


def test_submitted_bid_stays_on_its_version(every_type, bid):
    certified(every_type, bid)
    bids.submit(bid=bid, by=every_type.people.author)
    correct(every_type, drop("mail"))
    row = make.fresh(bid)
    assert (row.state, row.form.version) == ("submitted", 1)


def test_question_that_comes_back_has_its_answer(every_type, bid):
    finished(every_type, bid)
    correct(every_type, drop("mail"))
    calls.save_form(call=every_type.call, definition=FORM, by=every_type.people.officer)
    assert stored(bid, "mail") == ANSWERS["mail"]
    assert make.fresh(bid).form.version == 3


def test_question_that_comes_back_in_another_way_begins_empty(every_type, bid):
    finished(every_type, bid)
    correct(every_type, drop("mail"))

    def edit(sections):
        next(q for q in sections[0]["questions"] if q["key"] == "mail").update(kind="yes_no")

    correct(every_type, edit)
    assert stored(bid, "mail") == ""
    assert bid.set_aside.get(question="mail").value == ANSWERS["mail"]


def test_officer_reads_the_versions_and_what_differs(every_type, bid, client):
    correct(every_type, lambda sections: sections[0]["questions"][0].update(label="Name of it"))
    client.force_login(every_type.people.officer)
    page = text(client.get(reverse("bids:call_form", args=[every_type.call.code])))
    for words in ("Version 2", "<del>Short name</del>", "<ins>Name of it</ins>", "1 bid."):
        assert words in page


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_number_of_queries_does_not_grow_with_versions(every_type, bid, author, client):
    finished(every_type, bid)
    address = reverse("bids:form_changes", args=[bid.reference])
    correct(every_type, drop("mail"))
    one = queries_of(author, address)
    correct(every_type, drop("phone"))
    correct(every_type, drop("code"))
    assert queries_of(author, address) == one
    client.force_login(every_type.people.officer)
    manage = reverse("bids:call_form", args=[every_type.call.code])
    three = queries_of(client, manage)
    correct(every_type, drop("web"))
    assert queries_of(client, manage) == three


def test_form_of_120_questions_needs_no_more_queries(story, author):
    def of(number):
        definition = {
            "sections": [
                {
                    "key": f"s{part}",
                    "title": f"Part {part}",
                    "questions": [
                        {"key": f"q{part}_{n}", "kind": "long_text", "label": f"Question {n}"}
                        for n in range(number)
                    ],
                }
                for part in range(6)
            ]
        }
        FormVersion.objects.filter(call=story.call).update(definition=definition)
        return definition

    of(1)
    bid = bids.start_bid(
        call=story.call, organisation=story.authority, title="Bid", by=story.people.author
    )
    found = {}
    for number in (1, 20):
        of(number)
        save(story, make.fresh(bid), {f"q0_{n}": "Text" for n in range(number)})
        found[number] = [
            queries_of(author, address)
            for address in (
                section(bid, "s0"),
                reverse("bids:task_list", args=[bid.reference]),
                reverse("bids:check", args=[bid.reference]),
            )
        ]
    assert found[1] == found[20]


def test_text_typed_while_the_form_was_corrected_is_not_lost(every_type, bid, author):
    address = section(bid, "simple")
    assert 'name="form-version" value="1"' in text(author.get(address))
    correct(every_type, drop("long"))
    sent = {"form-version": "1", "revision-long": "0", "long": "An hour of work."}
    reply = author.post(address, {**sent, "revision-short": "0", "short": "Warm"})
    assert reply.url == reverse("bids:form_changes", args=[bid.reference])
    page = text(author.get(reply.url))
    assert "An hour of work." in page
    assert "The form was corrected while you were typing." in page
    assert stored(bid, "short") == "Warm"


def test_text_typed_into_a_section_that_is_gone_is_not_lost(every_type, bid, author):
    address = section(bid, "simple")
    data = deepcopy(make.FORM)
    calls.save_form(call=every_type.call, definition=data, by=every_type.people.officer)
    sent = {"form-version": "1", "revision-long": "0", "long": "An hour of work."}
    assert author.post(address, sent).status_code == 302
    assert bid.set_aside.get().value == "An hour of work."
