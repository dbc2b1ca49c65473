"""A real worker and a real scheduler on a real broker, beside a real database."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from carefund.core.models import Job
from carefund.core.work import queue
from carefund.notify.models import OutboxMessage
from tests import make

ROOT = Path(__file__).resolve().parents[5]
PATIENCE = 240  # seconds; a sweep comes every ten, and the machine may be busy


def database_url():
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    login = found["USER"] + (f":{found['PASSWORD']}" if found["PASSWORD"] else "")
    return f"postgres://{login}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


@pytest.fixture
def worker(transactional_db, tmp_path):
    """A worker with its scheduler, as production runs them; it is killed at the end."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "BROKER_URL": os.environ["REDIS_URL"],
        "DJANGO_SETTINGS_MODULE": "carefund.settings.test",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }
    command = [sys.executable, "-m", "celery", "-A", "carefund", "worker", "--beat"]
    command += ["--concurrency", "1", "--schedule", str(tmp_path / "beat")]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )
    process.log = tmp_path / "log"
    yield process
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def unfinished():
    """Due, or taken up by the worker and not done yet."""
    return Job.objects.due() | Job.objects.filter(state=Job.State.RUNNING)


@pytest.mark.postgres  # as production runs it
@pytest.mark.redis
def test_worker_does_what_the_broker_never_heard_of(worker, monkeypatch):
    monkeypatch.setattr(queue, "_wakers", [])  # the broker forgets every message
    story = make.story()
    bid = make.draft_bid(story)
    from_the_start = Job.objects.due().count()
    assert from_the_start > 0

    deadline = time.monotonic() + PATIENCE
    # Asked once each time: the next sealing of the record may begin just after.
    while (left := unfinished().exists()) and time.monotonic() < deadline:
        time.sleep(0.5)

    assert not left, worker.log.read_text()
    assert not Job.objects.exclude(last_error="").exists()
    # The worker lives in the present, where the call of the story has closed as well.
    assert make.fresh(bid.call).state in {"open", "closed"}
    assert not OutboxMessage.objects.filter(sent_at__isnull=True).exists()
