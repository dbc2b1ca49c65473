"""Statements from a spreadsheet: checked with a reason beside each cell, applied whole."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from carefund.importing.models import ImportRun
from programmes.targets import queries
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
