"""A small client of ClamAV's daemon: one command, INSTREAM, over a local or network socket."""

import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

PATIENCE = 60  # seconds
MOST_SAID = 4096
PORT = 3310


class ScannerDown(Exception):
    """The scanner could not be asked, or its answer could not be understood. Try again later."""


class TooLargeToScan(Exception):
    """The scanner's own limit on one stream is lower than the file."""


@dataclass(frozen=True)
class Verdict:
    """`found` is the name of what was found; empty for a clean file."""

    found: str = ""

    @property
    def clean(self) -> bool:
        return not self.found


def scan(chunks: Iterable[bytes], where: str) -> Verdict:
    """Send the file to the scanner at `where`: a path, unix:/path or tcp://host:port."""
    try:
        with _connected(where) as line:
            said = _ask(line, chunks)
    except OSError as error:
        raise ScannerDown(f"The scanner does not answer: {error}") from error
    return _verdict(said)


def _connected(where: str) -> socket.socket:
    if where.startswith("tcp://"):
        parts = urlsplit(where)
        return socket.create_connection(
            (parts.hostname or "127.0.0.1", parts.port or PORT), timeout=PATIENCE
        )
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(PATIENCE)
    try:
        line.connect(where.removeprefix("unix:"))
    except OSError:
        line.close()
        raise
    return line


def _ask(line: socket.socket, chunks: Iterable[bytes]) -> bytes:
    """Each piece after its length; a length of nothing ends the stream."""
    try:
        line.sendall(b"zINSTREAM\0")
        for chunk in chunks:
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        line.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it hangs up when the stream is too long, having said so
    said = b""
    while b"\0" not in said and len(said) < MOST_SAID:
        piece = line.recv(MOST_SAID)
        if not piece:
            break
        said += piece
    return said


def _verdict(said: bytes) -> Verdict:
    text = said.split(b"\0")[0].decode("utf-8", errors="replace").strip()
    if text == "stream: OK":
        return Verdict()
    if text.startswith("stream: ") and text.endswith(" FOUND"):
        return Verdict(text.removeprefix("stream: ").removesuffix(" FOUND") or "unnamed")
    if "size limit exceeded" in text:
        raise TooLargeToScan(text)
    raise ScannerDown(f"The scanner said: {text[:200] or 'nothing'}")
