"""With a scanner nobody opens a file before it was found clean."""

import socket

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from carefund.audit.models import Entry
from carefund.core.models import Job
from carefund.core.work.queue import run
from carefund.files import clamav
from carefund.files.actions import scan_waiting, store
from carefund.files.models import StoredFile
from carefund.notify.models import OutboxMessage
from tests import make

from .clamd import clamd
from .samples import EICAR


@pytest.fixture
def scanner(settings, tmp_path):
    with clamd(tmp_path / "clamd") as (where, scanned):
        settings.CLAMAV_SOCKET = where
        yield scanned


def uploaded(story, data=b"A plan.", name="plan.txt"):
    bid = make.submitted_bid(story)
    upload = SimpleUploadedFile(name, data)
    return store(upload=upload, subject=bid, role="evidence", by=story.people.author)


def page(client, person, stored):
    """The answer, read to its end; what it held is in `body`."""
    client.force_login(person)
    response = client.get(reverse("files:download", args=[stored.pk]))
    response.body = b"".join(response) if response.streaming else response.content
    for close in response._resource_closers if response.streaming else ():
        close()
    return response


def jobs():
    return Job.objects.filter(kind="files.scan")


@pytest.mark.parametrize("over_network", [False, True])
def test_client_speaks_the_protocol(tmp_path, over_network):
    with clamd(None if over_network else tmp_path / "clamd") as (where, scanned):
        assert clamav.scan([b"one ", b"two"], where).clean
        assert clamav.scan([b"x" + EICAR], where).found == "Win.Test.EICAR_HDB-1"
        assert clamav.scan([], where).clean
    assert scanned == [b"one two", b"x" + EICAR, b""]


def test_client_tells_a_limit_from_a_failure(tmp_path):
    with clamd(tmp_path / "clamd", limit=3) as (where, _), pytest.raises(clamav.TooLargeToScan):
        clamav.scan([b"more than three"], where)
    with pytest.raises(clamav.ScannerDown):
        clamav.scan([b"x"], str(tmp_path / "nobody"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(clamav.ScannerDown):
            clamav.scan([b"x"], f"tcp://127.0.0.1:{taken.getsockname()[1]}")


def test_file_waits_until_it_is_found_clean(client, story, scanner, run_jobs):
    stored = uploaded(story)
    assert stored.scan == "waiting"
    shut = page(client, story.people.author, stored)
    assert shut.status_code == 409
    assert "This file is being checked" in shut.content.decode()
    run_jobs()
    assert scanner == [b"A plan."]
    assert make.fresh(stored).scan == "clean"
    assert page(client, story.people.author, stored).body == b"A plan."
    assert Entry.objects.filter(verb="file.pass_scan").count() == 1


def test_infected_file_is_locked_away_and_its_uploader_told(
    client, story, scanner, run_jobs, django_capture_on_commit_callbacks
):
    stored = uploaded(story, b"Look: " + EICAR)
    before = stored.content.name
    with django_capture_on_commit_callbacks(execute=True):
        run_jobs()
    stored = make.fresh(stored)
    assert (stored.scan, stored.finding) == ("infected", "Win.Test.EICAR_HDB-1")
    assert stored.content.name.startswith("quarantine/")
    assert not default_storage.exists(before)
    shut = page(client, story.people.officer, stored)
    assert shut.status_code == 409
    assert "This file holds a virus" in shut.content.decode()
    told = OutboxMessage.objects.get(kind="files.virus_found")
    assert told.recipient == story.people.author
    entry = Entry.objects.with_names().get(verb="file.quarantine")
    assert entry.reason == "Win.Test.EICAR_HDB-1"
    client.force_login(story.people.officer)
    documents = client.get(reverse("bids:case_documents", args=[stored.subject.reference]))
    assert "Virus found" in documents.content.decode()


def test_file_waits_while_the_scanner_is_down(client, story, settings, tmp_path, known_time):
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    stored = uploaded(story)
    with pytest.raises(clamav.ScannerDown):
        run(jobs().get().pk)
    job = jobs().get()
    assert job.state == "waiting"
    assert "ScannerDown" in job.last_error
    assert make.fresh(stored).scan == "waiting"
    assert page(client, story.people.author, stored).status_code == 409
    with clamd(tmp_path / "clamd"):
        known_time.move_to(job.due_at)
        assert run(job.pk)
    assert make.fresh(stored).scan == "clean"


def test_given_up_scans_are_taken_up_again(story, settings, tmp_path, run_jobs):
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    stored = uploaded(story)
    jobs().update(state="failed")
    with clamd(tmp_path / "clamd"):
        assert scan_waiting() == 1
        assert scan_waiting() == 1  # the same hour is the same job
        run_jobs()
    assert jobs().filter(state="done").count() == 1
    assert make.fresh(stored).scan == "clean"


def test_file_too_large_for_the_scanner_stays_shut(client, story, settings, tmp_path, run_jobs):
    with clamd(tmp_path / "clamd", limit=3) as (where, _):
        settings.CLAMAV_SOCKET = where
        stored = uploaded(story)
        run_jobs()
    assert make.fresh(stored).scan == "unscannable"
    assert "could not be checked" in page(client, story.people.author, stored).content.decode()


def test_without_a_scanner_files_are_marked_and_staff_are_told(client, story):
    stored = uploaded(story)
    assert stored.scan == "not_scanned"
    assert not jobs().exists()
    assert page(client, story.people.author, stored).status_code == 200
    client.force_login(story.people.officer)
    text = client.get(reverse("bids:case_documents", args=[stored.subject.reference]))
    assert "Uploads are not scanned for viruses here" in text.content.decode()
    assert "Not scanned" in text.content.decode()


def test_new_scanner_shuts_old_files_until_they_are_scanned(client, story, settings, tmp_path):
    stored = uploaded(story)
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    assert page(client, story.people.author, stored).status_code == 409
    assert make.fresh(stored).scan_tag["text"] == "Being checked for viruses"


def test_scanning_twice_asks_once(story, scanner, run_jobs):
    stored = uploaded(story)
    run_jobs()
    scan_waiting()
    StoredFile.objects.filter(pk=stored.pk).update(scan="clean")
    run_jobs()
    assert len(scanner) == 1


def test_headers_of_a_served_file(client, story):
    stored = uploaded(story, name="Costs – “final”.csv")
    response = page(client, story.people.author, stored)
    assert response["Content-Type"] == "text/csv"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Costs%20")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["Cache-Control"] == "private, no-store"
    name = stored.content.name.rpartition("/")[2]
    assert len(name) == 32
    assert "Costs" not in name
    assert client.get(f"/media/{stored.content.name}", follow=True).status_code == 404
