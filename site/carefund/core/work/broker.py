"""The broker of the embedded service: a folder, in which a message appears whole or not at all.

kombu opens the file where workers look for it and writes into it afterwards. A worker that comes
in between reads nothing, and stops.
"""

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    # kombu names the message `payload` here and `message` in the class above.
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        # Workers read by name, so names go by time; the first is one that no worker looks for.
        name = f"{time.monotonic_ns():020d}_{uuid.uuid4()}"
        folder = Path(self.data_folder_out)
        unfinished = folder / f"{name}.unfinished"
        unfinished.write_text(dumps(payload))
        unfinished.replace(folder / f"{name}.{queue}.msg")


class Transport(filesystem.Transport):
    Channel = Channel
