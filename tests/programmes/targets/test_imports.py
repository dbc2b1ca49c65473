"""Statements from a spreadsheet: checked with a reason beside each cell, applied whole."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from carefund.audit.content import digest_of, names_digest, origin_digest
from carefund.audit.models import Entry, Unsealed
from carefund.core.errors import Refused
from carefund.core.models import Job
from carefund.importing import actions
from carefund.importing.models import ImportRun
from carefund.importing.widgets import Day
from programmes.organisations.models import Organisation
from programmes.targets import imports, queries
from programmes.targets.actions import record_observation
from programmes.targets.forms import StatementForm
from programmes.targets.models import Target
from tests.reports.make import target as make_target

HEAD = "target,date,value,kind,statement,source\n"
UPLOAD = "/manage/imports/new/target-statements/"
GOOD = "records,2026-03-31,81.5,actual,Above 80,Statistics\n"


@pytest.fixture
def target(story, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_target(story.programme)


def send(client, text, name="said.csv"):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, text.encode())})


def test_spreadsheet_is_checked_shown_and_applied(client, story, target, run_jobs):
    client.force_login(story.people.analyst)
    answer = send(client, HEAD + GOOD + "records,2027-03-31,85,forecast,,Plan\n")
    assert queries.latest(target).value == Decimal(55)
    run_jobs()
    page = client.get(answer.url).content.decode()
    assert "Ready to apply" in page
    assert "Above 80" in page
    assert queries.latest(target).value == Decimal(55)
    assert client.post(f"{answer.url}apply/").status_code == 302
    client.post(f"{answer.url}apply/")
    run_jobs()
    assert ImportRun.objects.get().state == "applied"
    assert queries.latest(target).value == Decimal("81.50")
    assert target.observations.count() == 7


@pytest.mark.parametrize("name", ["said.xlsx", "said.pdf", "said"])
def test_file_of_another_kind_is_told_what_this_page_takes(client, story, target, name):
    client.force_login(story.people.analyst)
    page = send(client, "%PDF-1.4", name).content.decode()
    assert "Choose a spreadsheet: CSV (UTF-8) or XLSX." in page
    assert "PNG" not in page


def test_each_bad_cell_has_its_reason_and_nothing_is_written(client, story, target, run_jobs):
    client.force_login(story.people.analyst)
    rows = GOOD + "nowhere,2026-03-31,81,actual,,S\nrecords,31/3/26,81,actual,,S\n"
    answer = send(client, HEAD + rows + "records,2026-03-30,181,actual,,S\n")
    run_jobs()
    page = client.get(answer.url).content.decode()
    assert "Has errors" in page
    found = ImportRun.objects.get().problems
    assert [each["row"] for each in found] == [3, 4, 5]
    assert "between 0 and 100" in found[2]["message"]
    assert target.observations.count() == 5


def test_cells_are_taken_as_people_write_them(client, story, target, run_jobs):
    client.force_login(story.people.analyst)
    send(client, HEAD + "records,2026-03-31,81.5%,actual,Above 80,Statistics\n")
    run_jobs()
    assert ImportRun.objects.get().state == "checked"


def test_wrong_cells_say_what_would_be_right(client, story, target, run_jobs):
    client.force_login(story.people.analyst)
    send(client, HEAD + "records,2026-03-31,81.555,hoped,Above 80,Statistics\n")
    run_jobs()
    told = [each["message"] for each in ImportRun.objects.get().problems]
    assert told[0] == "Value in per cent has too many digits after the point: 2 at most"
    assert told[1].startswith("Enter one of these: actual")


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\x00\x01"])
def test_file_that_is_none_is_refused_with_what_to_do(client, story, target, run_jobs, text):
    client.force_login(story.people.analyst)
    answer = send(client, text)
    if answer.status_code == 400:  # an empty file never gets in
        return
    run_jobs()
    assert ImportRun.objects.get().state == "refused"


def test_others_do_not_load(client, story, target):
    for person in (story.people.author, story.people.adviser):
        client.force_login(person)
        assert client.get(UPLOAD).status_code == 403
    client.force_login(story.people.analyst)
    assert client.get("/manage/imports/new/nothing/").status_code == 404
    assert "target,date" in client.get(f"{UPLOAD}template.csv").content.decode()


def test_an_upload_is_seen_by_its_uploader_alone(client, story, target):
    """Another officer may load statements too, yet not read or apply what is not theirs."""
    client.force_login(story.people.analyst)
    there = send(client, HEAD + GOOD).url
    assert client.get(there).status_code == 200
    for person in (story.people.officer, story.people.elsewhere):
        client.force_login(person)
        assert client.get(there).status_code == 404
        assert client.post(f"{there}apply/").status_code == 404


DAY_81 = "records,2026-03-31,81.5,actual,,S"
FULL = "target,date,value,kind,statement,source,area\n"


def run_of(story, text, run_jobs, name="said.csv"):
    """The upload, checked."""
    content = text if isinstance(text, bytes) else text.encode()
    run = actions.upload(
        kind="target-statements", name=name, content=content, by=story.people.analyst
    )
    run_jobs()
    run.refresh_from_db()
    return run


def apply(story, run, run_jobs):
    actions.ask_to_apply(run=run, by=story.people.analyst)
    run_jobs()
    run.refresh_from_db()
    return run


def told(run):
    return " ".join(each["message"] for each in run.problems)


def facts(target):
    """What stands about a target, as people would compare it."""
    rows = target.observations.filter(superseded_by__isnull=True).order_by("on", "kind", "area")
    names = ("on", "kind", "area", "value", "statement", "source", "recorded_by")
    return list(rows.values_list(*names, "supersedes__value"))


TRIED = {
    "target": ["records"] * 9 + ["nowhere", "", "RECORDS"],
    "date": [f"202{y}-0{m}-15" for y in range(4, 8) for m in range(1, 10)]
    + ["16/01/2025", "2/3/2026", "30/2/2026", "31/13/2026", "003/4/2026"]
    + ["2026-02-30", "31/3/26", "", "26-03-31", "2026-3-1"],
    "value": ["0", "55", "81.5", "81.25", "100"] * 4
    + ["100.01", "-1", "81.255", "", "many", "NaN", "1e3", "1,000"],
    "kind": ["actual", "forecast", "planned", "lower_bound"] * 4 + ["Actual", "", "guess"],
    "statement": ["", "As said", "=1+1", "x" * 300, "x" * 301],
    "source": ["Statistics", "Plan, page 3"] * 5 + ["", "s" * 501, "@source"],
}


def tried(random):
    return {name: random.choice(values) for name, values in TRIED.items()}


def as_typed(row):
    """What the single form sends for a row of the spreadsheet."""
    try:
        on = Day().clean(row["date"])
    except ValueError:
        on = None
    parts = {f"on_{part}": getattr(on, part) for part in ("day", "month", "year")} if on else {}
    return {**{name: row[name] for name in ("value", "kind", "statement", "source")}, **parts}


def record_typed(row, by):
    """Whether the form and the action take the row."""
    target, form = Target.objects.filter(code=row["target"]).first(), StatementForm(as_typed(row))
    if target is None or not form.is_valid():
        return False
    try:
        record_observation(target=target, said=form.said(), by=by)
    except Refused:
        return False
    return True


def sheet_of(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, TRIED)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_spreadsheet_and_form_take_and_refuse_the_same(story, target, run_jobs):
    """The same made-up rows through the form one by one, and as a file; what stands is the same."""
    random = Random(7)
    names = ("target", "date", "kind")
    rows = list(
        {tuple(r[n] for n in names): r for r in (tried(random) for _ in range(250))}.values()
    )
    begun = transaction.savepoint()
    taken = [record_typed(row, story.people.analyst) for row in rows]
    by_hand = facts(target)
    deeds = list(Entry.objects.filter(verb="target.record").values_list("changes", "roles"))
    transaction.savepoint_rollback(begun)
    assert 40 < sum(taken) < 150

    run = run_of(story, sheet_of(rows), run_jobs)
    wrong = {each["row"] for each in run.problems}
    assert run.state == "refused"
    with run.wrong_rows.open("rb") as file:
        listed = csv.DictReader(io.StringIO(file.read().decode("utf-8-sig")))
    whole = {int(row["line"]) for row in listed}
    assert whole == {number for number, was in enumerate(taken, start=2) if not was}
    assert wrong <= whole

    run = run_of(story, sheet_of([r for r, was in zip(rows, taken, strict=True) if was]), run_jobs)
    assert run.state == "checked", run.problems
    assert apply(story, run, run_jobs).state == "applied"
    assert facts(target) == by_hand
    entries = Entry.objects.filter(verb="target.record").select_related("particulars")
    assert sorted(map(repr, entries.values_list("changes", "roles"))) == sorted(map(repr, deeds))
    for entry in entries[:3]:
        assert entry.digest == digest_of(entry)
        assert entry.names_digest == names_digest(entry.particulars)
        assert entry.origin_digest == origin_digest(entry.particulars)
    assert Unsealed.objects.filter(entry__in=entries).count() == len(entries)


def test_preview_counts_and_nothing_is_written_twice(client, story, target, run_jobs):
    here = Organisation.objects.authorities().first()
    text = (
        FULL
        + "records,2026-03-31,81.5,actual,,S,\n"
        + f"records,2026-03-31,70,actual,,S,{here.org_id}\n"
    )
    assert apply(story, run_of(story, text, run_jobs), run_jobs).counts == {"new": 2}
    assert queries.latest(target).value == Decimal("81.50")
    again = run_of(story, text.replace("81.5", "81.50").replace(",70,", ",71,"), run_jobs)
    assert again.counts == {"unchanged": 1, "changed": 1}
    client.force_login(story.people.analyst)
    page = client.get(f"/manage/imports/{again.pk}/").content.decode()
    assert "Write the row" in page
    assert "Stands now" in page
    assert apply(story, again, run_jobs).state == "applied"
    assert target.observations.filter(area=here).count() == 2
    same = run_of(story, text.replace(",70,", ",71,"), run_jobs)
    assert same.counts == {"unchanged": 2}
    assert "nothing to write" in client.get(f"/manage/imports/{same.pk}/").content.decode()
    loaded = Entry.objects.get(verb="import.load", object_id=str(again.pk))
    assert loaded.changes["file"] == [None, again.sha256]
    assert loaded.changes["changed"] == [None, 1]


def test_dates_as_excel_writes_them_here_are_read_and_shown_in_words(
    client, story, target, run_jobs
):
    text = HEAD + "records,31/03/2026,70,actual,,S\nrecords,3/4/2026,71,actual,,S\n"
    run = run_of(story, text, run_jobs)
    client.force_login(story.people.analyst)
    page = client.get(f"/manage/imports/{run.pk}/").content.decode()
    assert "31 March 2026" in page
    assert "3 April 2026" in page
    apply(story, run, run_jobs)
    days = target.observations.filter(source="S").values_list("on", flat=True)
    assert {*days} == {date(2026, 3, 31), date(2026, 4, 3)}
    twice = run_of(story, HEAD + GOOD + GOOD.replace("2026-03-31", "31/3/2026"), run_jobs)
    assert "Row 2 is about the same" in told(twice)


def test_what_changed_after_the_check_is_said_and_looked_at_again(client, story, target, run_jobs):
    run = run_of(story, HEAD + GOOD, run_jobs)
    said = imports.Statement(date(2026, 3, 31), Decimal(80), "actual", "", "Earlier")
    record_observation(target=target, said=said, by=story.people.analyst)
    apply(story, run, run_jobs)
    assert (run.state, run.counts, run.asked_at) == ("checked", {"changed": 1}, None)
    assert queries.latest(target).value == Decimal(80)
    client.force_login(story.people.analyst)
    assert (
        "changed after it was checked" in client.get(f"/manage/imports/{run.pk}/").content.decode()
    )
    assert apply(story, run, run_jobs).state == "applied"
    assert queries.latest(target).value == Decimal("81.5")


def test_a_worker_that_dies_halfway_leaves_nothing_and_another_begins_again(
    story, target, run_jobs, monkeypatch
):
    monkeypatch.setattr(imports.StatementSheet, "at_a_time", 2)
    rows = "".join(f"records,2026-01-0{n},7{n},actual,,S\n" for n in range(1, 8))
    run, write = run_of(story, HEAD + rows, run_jobs), imports.StatementSheet.write
    actions.ask_to_apply(run=run, by=story.people.analyst)

    def dies(sheet, some):
        write(sheet, some)
        if some[0].number > 4:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(imports.StatementSheet, "write", dies)
        with pytest.raises(KeyboardInterrupt):
            run_jobs()
    run.refresh_from_db()
    assert (run.state, target.observations.count()) == ("checked", 5)
    Job.objects.filter(kind=actions.APPLY).update(lease_until=run.asked_at)
    run_jobs()
    run.refresh_from_db()
    assert (run.state, target.observations.count()) == ("applied", 12)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (HEAD, "no rows"),
        (HEAD.replace("source", "sauce") + GOOD, "must name these columns too: source"),
        (FULL.replace("area", "arae") + GOOD, "Correct these headings"),
        (HEAD.replace("statement", "value") + GOOD, "must name these columns too: statement"),
        (HEAD.replace("source", "source,source") + GOOD, "same heading: source"),
        (HEAD + GOOD + GOOD, "Row 2 is about the same"),
        (HEAD + GOOD.replace("\n", ",more\n"), "more cells than"),
        (HEAD + "records\n", "Enter a date. This field is required."),
        (HEAD + GOOD.replace("2026", "2062"), "cannot lie in the future"),
        (FULL + GOOD.replace("\n", ",GB-NONE\n"), "no organisation with this identifier"),
        ((HEAD + GOOD).replace("Above", "Ö").encode("cp1252"), "not UTF-8"),
    ],
)
def test_wrong_file_is_refused_with_what_to_do(story, target, run_jobs, text, reason):
    run = run_of(story, text, run_jobs)
    assert run.state == "refused"
    assert reason in told(run)
    assert target.observations.count() == 5


def test_more_rows_than_a_file_may_have_are_refused(story, target, run_jobs, monkeypatch):
    registry = actions.registry
    most = registry.importer("target-statements")
    monkeypatch.setitem(registry._importers, most.kind, replace(most, most_rows=2))
    assert "more than 2 rows" in told(run_of(story, HEAD + GOOD * 3, run_jobs))


def test_wrong_rows_are_downloaded_without_formulas(client, story, target, run_jobs):
    rows = "".join(f"records,2026-01-{n % 28 + 1:02},181,actual,=1+1,S\n" for n in range(120))
    run = run_of(story, HEAD + rows, run_jobs)
    assert (run.counts, len(run.problems)) == ({"wrong": 120}, 50)
    client.force_login(story.people.analyst)
    page = client.get(f"/manage/imports/{run.pk}/").content.decode()
    assert "Download the 120 wrong rows" in page
    answer = client.get(f"/manage/imports/{run.pk}/wrong.csv")
    found = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert len(found) == 120
    assert found[0]["statement"] == "'=1+1"
    assert "between 0 and 100" in found[0]["what is wrong"]


def test_questions_do_not_grow_with_the_rows(story, target):
    def asked(count):
        rows = "".join(f"records,2026-01-{n:02},7{n % 10},actual,,S\n" for n in range(1, count + 1))
        by, content = story.people.analyst, (HEAD + rows).encode()
        run = actions.upload(kind="target-statements", name="a.csv", content=content, by=by)
        point = transaction.savepoint()
        with CaptureQueriesContext(connection) as captured:
            actions.check(run=run)
            actions.apply(run=run, by=by)
        transaction.savepoint_rollback(point)
        return len(captured)

    asked(1)  # kinds of objects are asked for once in the life of a process
    assert asked(1) == asked(3) == asked(20)


def test_who_may_no_longer_load_writes_nothing(story, target, run_jobs):
    run, by = run_of(story, HEAD + GOOD, run_jobs), story.people.analyst
    actions.ask_to_apply(run=run, by=by)
    by.is_active = False
    by.save()
    run_jobs()
    run.refresh_from_db()
    assert (run.state, target.observations.count()) == ("abandoned", 5)
    assert "permission" in run.notice


def test_a_stored_file_that_was_changed_is_not_written(story, target, run_jobs):
    run = run_of(story, HEAD + GOOD, run_jobs)
    with run.content.storage.open(run.content.name, "wb") as file:
        file.write((HEAD + GOOD.replace("81.5", "91.5")).encode())
    assert apply(story, run, run_jobs).state == "abandoned"
    assert "not the one that was uploaded" in run.notice
    assert target.observations.count() == 5
