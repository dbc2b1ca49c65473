"""The folder that stands in for a broker, with several processes at it."""

from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from carefund.core.work.broker import Transport


@pytest.fixture
def channel(tmp_path):
    folders = dict.fromkeys(("data_folder_in", "data_folder_out"), str(tmp_path))
    options = {**folders, "control_folder": str(tmp_path / "control")}
    with Connection("filesystem://", transport=Transport, transport_options=options) as connection:
        yield connection.channel()


def test_messages_are_read_in_the_order_in_which_they_came(channel):
    for number in range(3):
        channel._put("celery", {"number": number})
    channel._put("another", {"number": 9})
    found = [channel._get("celery")["number"] for _ in range(3)]
    assert found == [0, 1, 2]
    with pytest.raises(Empty):
        channel._get("celery")


def test_a_worker_never_finds_half_a_message(channel, monkeypatch):
    found = []
    replace = Path.replace

    def look_then_replace(path, target):
        with pytest.raises(Empty):
            channel._get("celery")
        found.append("nothing")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", look_then_replace)
    channel._put("celery", {"text": "whole"})
    assert (found, channel._get("celery")) == (["nothing"], {"text": "whole"})
