"""A message to try the outbox with, and mail servers that answer as real ones do."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import jwt

from carefund.notify.message import Message, Topic, Urgency

SERVICE = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
SECRET = "11111111-2222-3333-4444-555555555555"
KEY = f"test_key-{SERVICE}-{SECRET}"


@dataclass(frozen=True, kw_only=True)
class News(Message):
    kind: ClassVar[str] = "tests.news"
    topic: ClassVar[Topic] = Topic.BIDS
    of: Any
    to: tuple[Any, ...]

    def about(self):
        return self.of

    def recipients(self):
        return self.to

    def subject(self):
        return "There is\nnews"

    def paragraphs(self):
        return ["Something happened."]


@dataclass(frozen=True, kw_only=True)
class SlowNews(News):
    kind: ClassVar[str] = "tests.slow_news"
    urgency: ClassVar[Urgency] = Urgency.CAN_WAIT


class _Notify(BaseHTTPRequestHandler):
    """What GOV.UK Notify answers, as far as its client asks here."""

    def log_message(self, *args):
        pass

    def _answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _authorised(self):
        token = self.headers["Authorization"].removeprefix("Bearer ")
        return jwt.decode(token, SECRET, algorithms=["HS256"])["iss"] == SERVICE

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self._authorised():
            return self._answer(403, {"errors": [], "status_code": 403})
        if body["email_address"].startswith("wrong"):
            error = {"error": "ValidationError", "message": "email_address Not a valid address"}
            return self._answer(400, {"errors": [error], "status_code": 400})
        if body["email_address"].startswith("later"):
            return self._answer(503, {"errors": [], "status_code": 503})
        self.server.mails.append(body)
        return self._answer(201, {"id": "1", "reference": body["reference"]})

    def do_GET(self):
        wanted = parse_qs(urlsplit(self.path).query)["reference"][0]
        found = [mail for mail in self.server.mails if mail["reference"] == wanted]
        self._answer(200, {"notifications": found, "links": {}})


@contextmanager
def notify_server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Notify)
    server.mails = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
