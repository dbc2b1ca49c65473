"""What is held about a person is known, exported, taken out; public money keeps its proof."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from carefund.accounts.models import User
from carefund.audit.actions import seal
from carefund.audit.chain import verify
from carefund.audit.models import Entry, Particulars
from carefund.core import clock, privacy
from carefund.core.actors import SYSTEM
from carefund.core.errors import NotAllowed, Refused
from carefund.core.models import Job
from carefund.core.record import record
from carefund.core.work.queue import run
from carefund.files.actions import store
from carefund.notify.models import OutboxMessage
from carefund.privacy import actions, queries
from carefund.privacy.models import PersonRequest, RetentionRun
from grants.bids import actions as bids
from grants.bids.models import Answer, AnswerRevision, Bid, Submission
from grants.payments.models import Claim
from programmes.funds.models import RoleAssignment
from programmes.organisations import actions as organisations
from programmes.organisations.models import Membership
from tests import make

YEARS = timedelta(days=2 * 365 + 5)


def leave(person):
    """End every role, as leavers' roles are ended."""
    Membership.objects.filter(user=person).update(ended_at=clock.now())
    RoleAssignment.objects.filter(user=person).update(ended_at=clock.now())


def ask(story, kind, person, **changes):
    values = {"reason": "Asked by letter on 1 June", "by": story.people.administrator, **changes}
    return actions.ask(kind=kind, person=person, **values)


def test_every_tie_of_a_table_to_people_is_declared():
    assert queries.unclassified() == ["audit.Entry.actor"]  # the record sees to itself


def test_an_undeclared_tie_is_found_out(monkeypatch):
    label = "bids.Bid.certified_by"
    monkeypatch.setattr(privacy, "_ties", {k: v for k, v in privacy._ties.items() if k != label})
    assert label in queries.unclassified()


def test_every_tie_says_why_it_is_kept_or_what_empties_it():
    for tie in privacy.ties():
        assert bool(tie.erase) != bool(tie.keep), tie.label
        assert tie.erase is None or tie.says, tie.label
        assert tie.secret <= {f.name for f in tie.model._meta.get_fields()}


def test_anonymised_person_is_gone_and_what_they_did_stays(story, run_jobs):
    bid, author = make.submitted_bid(story), story.people.author
    seal()
    amount = bid.requested
    leave(author)
    asked = ask(story, "anonymise", author)
    run_jobs()
    asked, author, bid = make.fresh(asked), make.fresh(author), make.fresh(bid)
    assert asked.state == "done"
    assert (author.name, author.is_active) == (f"Former user {author.pk}", False)
    assert author.email.endswith("@removed.invalid")
    assert not author.emailaddress_set.exists()
    assert (bid.submitted_by, bid.requested, bid.state) == (author, amount, "submitted")
    assert not OutboxMessage.objects.filter(recipient=author).exclude(text="").exists()
    names = Particulars.objects.values_list("actor_name", "object_name")
    assert not [pair for pair in names if "Author Here" in "".join(pair)]
    entry = Entry.objects.with_names().get(verb="bid.submit")
    assert entry.actor_name == f"Former user {author.pk}"
    seal()
    assert verify().whole


def test_anonymising_asked_for_twice_is_done_once(story, run_jobs):
    leave(story.people.author)
    ask(story, "anonymise", story.people.author)
    with pytest.raises(Refused, match="already"):
        ask(story, "anonymise", story.people.author)
    run_jobs()
    with pytest.raises(Refused, match="anonymised already"):
        ask(story, "anonymise", make.fresh(story.people.author))


def test_who_has_a_role_or_asks_about_themselves_is_not_anonymised(story):
    with pytest.raises(Refused, match="End the role of Bid author at Here Council first"):
        ask(story, "anonymise", story.people.author)
    with pytest.raises(Refused, match="End the role of Programme officer first"):
        ask(story, "anonymise", story.people.officer)
    with pytest.raises(Refused, match="Somebody else"):
        ask(story, "anonymise", story.people.administrator)
    with pytest.raises(Refused, match="Say why"):
        ask(story, "export", story.people.author, reason=" ")
    for person in (story.people.auditor, story.people.senior, story.people.author):
        with pytest.raises(NotAllowed):
            ask(story, "export", story.people.author, by=person)


def test_role_given_meanwhile_stops_the_anonymisation(story, run_jobs):
    leave(story.people.author)
    asked = ask(story, "anonymise", story.people.author)
    Membership.objects.filter(user=story.people.author).update(ended_at=None)
    run_jobs()
    asked = make.fresh(asked)
    assert asked.state == "failed"
    assert "End the role" in asked.problem
    assert make.fresh(story.people.author).name == "Author Here"


def test_export_holds_everything_but_secrets(client, story, run_jobs):
    bid, author = make.submitted_bid(story), story.people.author
    upload = SimpleUploadedFile("plan.txt", b"A plan.")
    store(upload=upload, subject=bid, role="evidence", by=author)
    made = ask(story, "export", author)
    run_jobs()
    made = make.fresh(made)
    assert made.state == "done"
    client.force_login(story.people.administrator)
    response = client.get(reverse("privacy:fetch", args=[made.pk]))
    archive = zipfile.ZipFile(BytesIO(b"".join(response)))
    data = json.loads(archive.read("data.json"))
    assert data["person"]["email"] == author.email
    assert "md5" not in json.dumps(data["person"])
    kinds = {kind["kind"]: kind["rows"] for kind in data["held"]}
    assert bid.reference in {row["reference"] for row in kinds["Bids they submitted"]}
    assert "bid.submit" in {row["did"] for row in kinds["Entries of the record"]}
    files = [name for name in archive.namelist() if name.startswith("files/")]
    assert [archive.read(name) for name in files] == [b"A plan."]
    assert Entry.objects.filter(verb="person.fetch_export").count() == 1


def test_export_is_fetched_by_whoever_asked_and_goes_after_a_week(
    client, story, run_jobs, known_time, django_capture_on_commit_callbacks
):
    made = ask(story, "export", story.people.author)
    run_jobs()
    address = reverse("privacy:fetch", args=[made.pk])
    for person in (story.people.auditor, make.staff("administrator", None, "Another")):
        client.force_login(person)
        assert client.get(address).status_code == 403
    stored = make.fresh(made).archive
    known_time.shift(timedelta(days=8))
    actions.begin_night(night=clock.today())
    with django_capture_on_commit_callbacks(execute=True):
        run_jobs()
    assert not make.fresh(made).archive
    assert not stored.storage.exists(stored.name)


def test_night_takes_addresses_out_of_old_entries_only(story, run_jobs, known_time):
    old = Entry.objects.count()
    known_time.shift(YEARS)
    record("thing.now", story.programme, by=SYSTEM)
    actions.begin_night(night=clock.today())
    run_jobs()
    assert Particulars.objects.filter(origin_salt="").count() == old
    assert Particulars.objects.exclude(actor_name="").count() >= old
    seal()
    assert verify().whole


def test_same_night_twice_does_nothing_more(story, run_jobs, known_time, submitted):
    known_time.shift(YEARS)
    actions.begin_night(night=clock.today())
    run_jobs()
    before = dict(RetentionRun.objects.values_list("rule", "rows"))
    assert before["messages"] > 0
    entries = Entry.objects.filter(verb="retention.run").count()
    actions.begin_night(night=clock.today())
    assert run_jobs() == 0
    assert dict(RetentionRun.objects.values_list("rule", "rows")) == before
    assert Entry.objects.filter(verb="retention.run").count() == entries
    assert not RetentionRun.objects.filter(finished_at=None).exists()


def test_night_killed_halfway_goes_on_where_it_was(story, run_jobs, known_time, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    make.submitted_bid(story)
    messages = OutboxMessage.objects.count()
    assert messages > 2
    known_time.shift(YEARS)
    actions.begin_night(night=clock.today())
    job = Job.objects.get(kind="privacy.retain", payload__run_id=_run("messages").pk)
    monkeypatch.setattr(actions, "record", _killed)
    with pytest.raises(KeyboardInterrupt):
        run(job.pk)
    assert OutboxMessage.objects.filter(text="").count() == 0  # that page was undone whole
    monkeypatch.setattr(actions, "record", record)
    known_time.shift(timedelta(hours=1))
    run_jobs()
    assert _run("messages").rows == messages
    assert not OutboxMessage.objects.exclude(text="").exists()


def _run(rule):
    return RetentionRun.objects.get(rule=rule)


def _killed(*args, **kwargs):
    raise KeyboardInterrupt


def test_unused_account_is_anonymised_and_one_with_a_role_is_not(story, run_jobs, known_time):
    known_time.shift(YEARS)
    actions.begin_night(night=clock.today())
    run_jobs()
    assert make.fresh(story.people.nobody).name.startswith("Former user")
    assert make.fresh(story.people.author).name == "Author Here"


def _with_email(story):
    form = story.call.forms.get()
    definition = {**form.definition}
    question = {"key": "contact", "kind": "email", "label": "Whom may we write to?"}
    definition["sections"][0]["questions"].append(question)
    models.QuerySet(type(form)).filter(pk=form.pk).update(definition=definition)


def test_addresses_leave_bids_without_a_grant_in_every_version(story, run_jobs, known_time):
    bid = make.draft_bid(story)
    asker = {"question": "contact", "value": "ann@example.org", "saved_at": clock.now()}
    _with_email(story)
    Answer.objects.create(bid=bid, **asker)
    AnswerRevision.objects.create(bid=bid, revision=1, **asker)
    frozen = Submission.objects.create(
        bid=bid,
        number=1,
        content={"answers": {"contact": "ann@example.org", "summary": "Sensors"}},
        fingerprint="f" * 64,
        submitted_at=clock.now(),
    )
    Bid.objects.filter(pk=bid.pk).update(state="withdrawn")
    known_time.shift(YEARS + timedelta(days=30))
    actions.begin_night(night=clock.today())
    run_jobs()
    frozen = make.fresh(frozen)
    assert "ann@example.org" not in json.dumps(frozen.content)
    assert frozen.content["answers"]["summary"] == "Sensors"
    assert (frozen.fingerprint, frozen.erased_at is not None) == ("f" * 64, True)
    for model in (Answer, AnswerRevision):
        values = model.objects.filter(bid=bid).values_list("value", flat=True)
        assert "ann@example.org" not in json.dumps(list(values))
    assert make.fresh(bid).contacts_removed_at is not None


def test_evidence_of_a_withdrawn_claim_goes_after_a_year(story, under_way, run_jobs, known_time):
    project = under_way
    claim = Claim.objects.create(
        reference="X-1",
        project=project,
        state="withdrawn",
        prepared_by=story.people.lead,
        period_starts_on=clock.today() - timedelta(days=9),
        period_ends_on=clock.today(),
    )
    upload = SimpleUploadedFile("plan.txt", b"A plan.")
    stored = store(upload=upload, subject=claim, role="evidence", by=story.people.lead)
    known_time.shift(timedelta(days=370))
    actions.begin_night(night=clock.today())
    run_jobs()
    assert make.fresh(stored).scan == "removed"


@pytest.mark.parametrize("kind", ["export", "anonymise"])
def test_preview_comes_before_and_a_page_says_what_was_done(
    client, story, run_jobs, kind, submitted
):
    leave(story.people.author)
    client.force_login(story.people.administrator)
    address = reverse(f"privacy:{kind}", args=[story.people.author.pk])
    text = client.get(address).content.decode()
    assert "Bids they submitted" in text
    assert "Entries of the record" in text
    assert not PersonRequest.objects.exists()
    assert "Tick the box" in client.post(address, {"reason": "x"}).content.decode() or (
        kind == "export"
    )
    PersonRequest.objects.all().delete()
    Job.objects.filter(kind="privacy.do").delete()
    response = client.post(address, {"reason": "By letter", "sure": "on"}, follow=True)
    assert "It is being done" in response.content.decode()
    run_jobs()
    text = client.get(response.request["PATH_INFO"]).content.decode()
    assert "What was done" in text
    assert ("Download the archive" in text) == (kind == "export")


def test_pages_of_privacy_ask_the_same_number_of_questions(client, story):
    client.force_login(story.people.administrator)
    pages = [reverse(f"privacy:{name}") for name in ("overview", "people")]
    for page in pages:  # what a process looks up once is not counted
        client.get(page)
    counts = []
    for _ in (1, 3):
        with CaptureQueriesContext(connection) as found:
            for page in pages:
                assert client.get(page).status_code == 200
        counts.append(len(found))
        for number in range(3):
            User.objects.create_user(f"more{number}{len(counts)}@example.org", name="More")
            made = ask(story, "export", story.people.author)
            PersonRequest.objects.filter(pk=made.pk).update(state="done", finished_at=clock.now())
    assert counts[0] == counts[1]


def test_old_invitations_leave_no_name_or_address_in_the_record(story, run_jobs, known_time):
    chief = story.people.chief
    organisations.invite(
        organisation=story.authority,
        email="newcomer@example.org",
        name="Ada Newcomer",
        roles=["viewer"],
        by=chief,
    )
    entry = Entry.objects.with_names().get(verb="invitation.send")
    assert "newcomer" not in str(entry.changes)
    assert "newcomer@example.org" in str(entry.particulars.personal_changes)
    known_time.shift(timedelta(days=400))
    actions.begin_night(night=clock.today())
    run_jobs()
    entry = Entry.objects.with_names().get(verb="invitation.send")
    assert entry.particulars.actor_name == entry.particulars.object_name == ""
    assert entry.particulars.personal_changes == {}


def test_the_record_of_a_guest_names_nobody_in_the_chain(story):
    bid = make.draft_bid(story)
    bids.invite_guest(
        bid=bid,
        email="consultant@example.org",
        name="Cora Consultant",
        role="viewer",
        ends_on=clock.today() + timedelta(30),
        by=story.people.chief,
    )
    assert not [e for e in Entry.objects.all() if "Cora" in str(e.changes) + e.reason]


def test_what_is_held_is_told_in_words_of_people(client, story):
    for tie in privacy.ties():
        assert not set("()_.") & set(tie.title), tie.label
        for word in ("user", "outbox", "social", "model", "recorded by", "boolean", "relationship"):
            assert word not in tie.title.lower(), tie.label
    client.force_login(story.people.administrator)
    bid = make.submitted_bid(story)
    page = client.get(reverse("privacy:person", args=[bid.submitted_by_id])).content.decode()
    assert "Bids they submitted" in page
    assert "Their roles in organisations" in page
