"""An organisation assesses itself: drafts, evidence, submission for good, who reads it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from carefund.accounts.roles import AuthorityRole
from carefund.core.errors import NotAllowed, Refused
from carefund.files.models import StoredFile
from programmes.standards import actions
from programmes.standards.models import Answer, SelfAssessment
from tests import make
from tests.pages import get, post, redirected, text


@pytest.fixture
def standard(story):
    return make.standard()


@pytest.fixture
def draft(story, standard):
    return actions.start(organisation=story.authority, standard=standard, by=story.people.author)


def url(name, *args):
    return reverse(f"standards:{name}", args=args)


def said(level=3, evidence="Approved by cabinet in May.", seen=0, **more):
    return {"level": str(level), "evidence": evidence, "seen": str(seen), **more}


def fill(story, draft, level=3):
    for measure in draft.standard.measures.all():
        page = url("answer", draft.pk, measure.number)
        assert redirected(post(story.people.author, page, said(level)))


def test_authority_assesses_itself_measure_by_measure_and_submits(story, standard):
    author, own = story.people.author, url("own", story.authority.pk)
    assert "Nothing has been submitted yet" in text(get(author, own))
    begun = post(author, url("start", story.authority.pk, standard.code))
    row = SelfAssessment.objects.get()
    assert redirected(begun, row.get_absolute_url())
    assert "You can submit it when every measure is answered" in text(
        get(author, row.get_absolute_url())
    )
    first = post(author, url("answer", row.pk, 1), said())
    assert redirected(first, url("answer", row.pk, 2))  # on to the next
    fill_rest = [post(author, url("answer", row.pk, n), said()) for n in range(2, 8)]
    assert redirected(fill_rest[-1], row.get_absolute_url())
    assert "Approved by cabinet in May." in text(get(author, url("submit", row.pk)))
    sent = post(author, url("submit", row.pk))
    assert redirected(sent, reverse("dashboards:profile", args=[story.authority.pk, standard.code]))
    page = text(get(author, row.get_absolute_url()))
    assert "It no longer changes" in page
    assert "Submitted on 15 June 2026" in page
    assert "Self-assessment submitted" in page
    assert "See your profile" in text(get(author, own))


def test_care_provider_assesses_itself_and_others_are_not_asked(story, standard):
    for kind, allowed in (("care_provider", True), ("charity", False)):
        place = make.authority(kind=kind, authority_type="")
        chief = make.member(place, AuthorityRole.ADMINISTRATOR)
        page = text(get(chief, url("own", place.pk)))
        assert ("Start the self-assessment" in page) is allowed
        sent = post(chief, url("start", place.pk, standard.code))
        assert redirected(sent)
        assert place.self_assessments.exists() is allowed


def test_starting_twice_is_one_draft(story, draft, standard):
    again = actions.start(organisation=story.authority, standard=standard, by=story.people.lead)
    assert again == draft
    with pytest.raises(IntegrityError), transaction.atomic():
        SelfAssessment.objects.create(organisation=story.authority, standard=standard)


def test_unfinished_is_not_submitted_and_says_what_is_missing(story, draft):
    with pytest.raises(actions.Unfinished) as refused:
        actions.submit(assessment=draft, by=story.people.author)
    assert [problem for _, problem in refused.value.problems] == ["Choose a level."] * 7
    page = text(post(story.people.author, url("submit", draft.pk)))
    assert "The self-assessment is not finished" in page
    assert "Choose a level." in page


def test_level_from_two_on_needs_evidence_in_words_or_as_a_file(story, draft):
    fill(story, draft, 1)
    author = story.people.author
    assert redirected(post(author, url("answer", draft.pk, 1), said(2, "", 1)))
    assert "Evidence missing" in text(get(author, draft.get_absolute_url()))
    with pytest.raises(actions.Unfinished):
        actions.submit(assessment=draft, by=author)
    file = SimpleUploadedFile("minutes.txt", b"The board agreed.")
    assert redirected(post(author, url("answer", draft.pk, 1), said(2, "", 2, file=file)))
    assert "minutes.txt" in text(get(author, url("answer", draft.pk, 1)))
    assert actions.submit(assessment=draft, by=author).state == "submitted"


def test_bad_evidence_file_is_refused_beside_its_field_and_nothing_is_lost(story, draft):
    file = SimpleUploadedFile("virus.exe", b"MZ")
    page = text(post(story.people.author, url("answer", draft.pk, 1), said(file=file)))
    assert 'href="#id_file' in page or "#file" in page
    assert "Approved by cabinet in May." in page
    assert not Answer.objects.exists()


def test_evidence_is_read_by_its_organisation_and_after_submission_by_staff(story, draft):
    file = SimpleUploadedFile("minutes.txt", b"The board agreed.")
    author = story.people.author
    assert redirected(post(author, url("answer", draft.pk, 1), said(file=file)))
    page = reverse("files:download", args=[StoredFile.objects.get().pk])

    def answers():
        who = (author, story.people.viewer, story.people.officer, story.people.stranger)
        return [get(person, page).status_code for person in who]

    assert answers() == [200, 200, 404, 404]
    for number in range(2, 8):
        post(author, url("answer", draft.pk, number), said())
    actions.submit(assessment=draft, by=author)
    assert answers() == [200, 200, 200, 404]


def test_wrong_evidence_file_is_removed_from_a_draft_and_never_after_it(story, draft):
    author, page = story.people.author, url("answer", draft.pk, 1)
    fill(story, draft)
    for seen, name in enumerate(("wrong.txt", "right.txt"), 1):
        file = SimpleUploadedFile(name, name.encode())
        assert redirected(post(author, page, said(2, "", seen, file=file)))
    wrong, right = StoredFile.objects.order_by("uploaded_at")
    gone = url("remove_file", draft.pk, 1, wrong.pk)
    assert gone in get(author, page).content.decode()
    assert "nobody can open it again" in text(get(author, gone))
    for other, number in ((url("remove_file", draft.pk, 2, wrong.pk), 404), (gone, 403)):
        assert get(author if number == 404 else story.people.viewer, other).status_code == number
    assert redirected(post(author, gone), page)
    shown = text(get(author, page))
    assert "right.txt" in shown
    assert "wrong.txt" not in shown
    wrong.refresh_from_db()
    assert (wrong.scan, wrong.content.name) == ("removed", "")
    assert get(author, reverse("files:download", args=[wrong.pk])).status_code == 409
    assert post(author, gone).status_code == 404
    history = text(get(author, draft.get_absolute_url()))
    assert "Evidence file removed" in history
    assert "wrong.txt" in history
    last = url("remove_file", draft.pk, 1, right.pk)
    actions.submit(assessment=draft, by=author)
    assert "has been submitted or discarded" in text(post(author, last))
    right.refresh_from_db()
    assert right.scan != "removed"


def test_level_without_its_only_file_is_not_submitted(story, draft):
    author = story.people.author
    fill(story, draft, 1)
    file = SimpleUploadedFile("minutes.txt", b"The board agreed.")
    post(author, url("answer", draft.pk, 1), said(2, "", 1, file=file))
    actions.remove_evidence(assessment=draft, file=StoredFile.objects.get(), by=author)
    with pytest.raises(actions.Unfinished):
        actions.submit(assessment=draft, by=author)


def test_submitted_is_frozen_in_the_service_and_in_the_database(story, draft):
    fill(story, draft)
    actions.submit(assessment=draft, by=story.people.author)
    page = text(post(story.people.author, url("answer", draft.pk, 1), said(1, "Less.", 1)))
    assert "has been submitted or discarded" in page
    tables = ("standards_answer SET evidence = 'x'", "standards_selfassessment SET state = 'draft'")
    for change in tables:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {change}")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM standards_answer")
    assert "is now “submitted”" in text(post(story.people.author, url("submit", draft.pk)))


def test_new_version_leaves_what_was_submitted_and_what_is_in_progress(story, draft):
    fill(story, draft)
    done = actions.submit(assessment=draft, by=story.people.author)
    half = actions.start(
        organisation=story.authority, standard=draft.standard, by=story.people.author
    )
    new = make.next_version(draft.standard)
    assert "Nobody in the leadership" not in text(get(story.people.author, done.get_absolute_url()))
    assert "has approved a strategy" in text(get(story.people.author, done.get_absolute_url()))
    assert "There is a newer version" in text(get(story.people.author, half.get_absolute_url()))
    with pytest.raises(Refused, match="newer version"):
        actions.start(organisation=story.authority, standard=draft.standard, by=story.people.author)
    post(story.people.author, url("start", story.authority.pk, new.code))
    assert SelfAssessment.objects.filter(standard=new, state="draft").exists()


def test_colleagues_do_not_overwrite_each_other_unseen(story, draft):
    page = url("answer", draft.pk, 1)
    assert redirected(post(story.people.author, page, said(3, "Mine.")))
    clash = text(post(story.people.lead, page, said(2, "Theirs.", 0)))
    assert "Author Here has saved this measure meanwhile" in clash
    assert "“Mine.”" in clash
    assert "Theirs." in clash
    assert 'name="seen" value="1"' in clash
    assert Answer.objects.get().evidence == "Mine."
    assert redirected(post(story.people.lead, page, said(2, "Theirs.", 1)))
    assert Answer.objects.get().evidence == "Theirs."


def test_draft_can_be_discarded_and_then_counts_nowhere(story, draft):
    assert redirected(post(story.people.lead, url("discard", draft.pk)))
    page = text(get(story.people.lead, url("own", story.authority.pk)))
    assert "Start the self-assessment" in page
    assert "counts nowhere" in text(get(story.people.lead, draft.get_absolute_url()))


def test_only_those_who_work_for_it_assess_and_only_it_sees_the_draft(story, draft, standard):
    people = story.people
    for viewer in (people.viewer, people.certifier):
        assert get(viewer, draft.get_absolute_url()).status_code == 200
        assert get(viewer, url("answer", draft.pk, 1)).status_code == 403
        assert post(viewer, url("submit", draft.pk)).status_code == 403
    for other in (people.stranger, people.officer, people.auditor, people.editor):
        assert get(other, draft.get_absolute_url()).status_code == 404
    with pytest.raises(NotAllowed):
        actions.start(organisation=story.authority, standard=standard, by=people.stranger)


def test_staff_and_auditor_read_what_was_submitted_and_change_nothing(story, draft):
    fill(story, draft)
    actions.submit(assessment=draft, by=story.people.author)
    for reader in (story.people.officer, story.people.auditor, story.people.elsewhere):
        page = text(get(reader, draft.get_absolute_url()))
        assert "Approved by cabinet in May." in page
        assert "Self-assessment started" not in page
        assert get(reader, url("answer", draft.pk, 1)).status_code == 403
    for other in (story.people.stranger, story.people.adviser, story.people.assessor):
        assert get(other, draft.get_absolute_url()).status_code == 404


def test_wrong_levels_measures_and_huge_words_are_refused(story, draft):
    author = story.people.author
    assert get(author, url("answer", draft.pk, 8)).status_code == 404
    assert "Answer the question" in text(post(author, url("answer", draft.pk, 1), {}))
    assert "Choose one of the answers given" in text(
        post(author, url("answer", draft.pk, 1), said(9))
    )
    huge = post(author, url("answer", draft.pk, 1), said(evidence="x" * 5001))
    assert huge.status_code == 200
    other = make.standard("minimum-technology").measures.first()
    with pytest.raises(Refused, match="levels of this measure"):
        actions.save_answer(
            assessment=draft,
            measure=draft.standard.measures.first(),
            level=other.levels.first(),
            evidence="",
            seen=0,
            by=author,
        )
    assert not Answer.objects.exists()
