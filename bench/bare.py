"""The floor of the deadline hour: a process that takes the same requests and keeps the same rows.

The least that any program must do to take a save or a submission from somebody: find the session
by its cookie and whose it is, compare the token of the form, find the bid among those that the
person may write, read the answers where they are frozen, and write every row that has to be there
afterwards: answer, revision, bid, submission with its fingerprint, words to search, messages and
their jobs, the record with names and addresses beside it and the digests that prove them. Each by
one statement by hand, kept planned by the database.

It trusts the form that the answer fits the question and the session that it was signed; it knows no
conditions, waivers or levels, and the mails that it writes are blank.
"""

import base64
import hashlib
import json
import os
import secrets
import threading
import zlib
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from urllib.parse import parse_qs

import psycopg
from psycopg.types.json import Jsonb

HELD = threading.local()
SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > now()"
BID = """SELECT b.id, b.title, b.state, b.organisation_id, c.code, u.name FROM bids_bid b
    JOIN calls_call c ON c.id = b.call_id AND c.closes_at > now()
    JOIN accounts_user u ON u.id = %(person)s AND u.is_active
    WHERE b.reference = %(reference)s AND EXISTS (SELECT 1 FROM organisations_membership m
        WHERE m.organisation_id = b.organisation_id AND m.user_id = %(person)s
        AND m.ended_at IS NULL AND m.role IN ('bid_author', 'administrator'))
    FOR UPDATE OF b"""
# One statement for each thing to keep; nothing is written where somebody else saved meanwhile.
SAVE = [
    """INSERT INTO bids_answer (bid_id, question, value, revision, saved_at, saved_by_id, page)
        VALUES (%(bid)s, 'need', %(text)s, %(number)s, now(), %(person)s, %(page)s)
        ON CONFLICT (bid_id, question) DO UPDATE SET value = excluded.value,
        revision = excluded.revision, saved_at = excluded.saved_at,
        saved_by_id = excluded.saved_by_id, page = excluded.page
        WHERE bids_answer.revision = excluded.revision - 1""",
    """INSERT INTO bids_answerrevision (bid_id, question, revision, value, saved_at, saved_by_id)
        VALUES (%(bid)s, 'need', %(number)s, %(text)s, now(), %(person)s)
        ON CONFLICT DO NOTHING""",
    "UPDATE bids_bid SET prepared_by_id = %(person)s WHERE id = %(bid)s",
]
ANSWERS = "SELECT question, value FROM bids_answer WHERE bid_id = %s"
SUBMIT = [
    """UPDATE bids_bid SET state = 'submitted', submitted_at = now(),
        submitted_by_id = %(person)s WHERE id = %(bid)s""",
    """INSERT INTO bids_submission (bid_id, number, content, fingerprint, declaration, submitted_at,
        submitted_by_id) VALUES (%(bid)s, 1, %(content)s, %(fingerprint)s, 'True.', now(),
        %(person)s)""",
    """INSERT INTO bids_bidwords (bid_id, head, body) VALUES (%(bid)s, %(head)s, %(body)s)
        ON CONFLICT (bid_id) DO NOTHING""",
    """WITH told AS (INSERT INTO notify_outboxmessage (recipient_id, address, kind, key,
            subject_line, text, html, how, about_type_id, about_id, created_at, held_because)
        SELECT DISTINCT u.id, u.email, 'bids.submitted', 'floor:' || %(bid)s || ':' || u.id,
            %(head)s, repeat('-', 420), repeat('-', 1500), 'now', t.id, %(bid)s::text, now(), ''
        FROM accounts_user u JOIN organisations_membership m ON m.user_id = u.id,
            django_content_type t
        WHERE m.organisation_id = %(organisation)s AND m.ended_at IS NULL AND u.is_active
            AND m.role IN ('bid_author', 'finance_certifier')
            AND t.app_label = 'bids' AND t.model = 'bid' RETURNING id)
        INSERT INTO core_job (kind, key, payload, state, due_at, attempts, last_error, created_at)
        SELECT 'notify.deliver', 'notify.deliver:' || id, jsonb_build_object('message_id', id),
            'waiting', now(), 0, '', now() FROM told""",
]
RECORD = """WITH entry AS (INSERT INTO audit_entry (at, actor_id, roles, verb, object_type_id,
            object_id, changes, reason, request_id, names_digest, origin_digest, digest)
        SELECT %(now)s, %(person)s, %(roles)s, %(verb)s, id, %(bid)s::text,
            %(changes)s, '', '', %(names_digest)s, %(origin_digest)s,
            %(digest)s FROM django_content_type
        WHERE app_label = 'bids' AND model = 'bid' RETURNING id),
    beside AS (INSERT INTO audit_particulars (entry_id, actor_name, object_name, personal_changes,
            names_salt, address, agent, origin_salt)
        SELECT id, %(name)s, %(head)s, '{}', %(names_salt)s, '127.0.0.1', '',
            %(origin_salt)s FROM entry)
    INSERT INTO audit_unsealed (entry_id) SELECT id FROM entry"""


def _database():
    if not hasattr(HELD, "connection"):
        HELD.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    return HELD.connection


def application(environ, start_response):
    length = int(environ.get("CONTENT_LENGTH") or 0)
    sent = parse_qs(environ["wsgi.input"].read(length).decode())
    values = {key: found[0] for key, found in sent.items()}
    cookies = SimpleCookie(environ["HTTP_COOKIE"])
    connection = _database()
    session = [cookies["sessionid"].value]
    known = connection.execute(SESSION, session, prepare=True).fetchone()
    if not known or cookies["csrftoken"].value != values["csrfmiddlewaretoken"]:
        start_response("403 Forbidden", [("Content-Length", "0")])
        return [b""]
    _, _, reference, step, *_ = environ["PATH_INFO"].split("/")
    with connection.transaction():
        _keep(connection, {**values, "reference": reference, "person": _person(known[0])}, step)
    start_response("302 Found", [("Location", f"/bids/{reference}/"), ("Content-Length", "0")])
    return [b""]


def _person(session):
    """Whose session it is: JSON in base 64, deflated where it begins with a dot."""
    data = session.rsplit(":", 2)[0]
    packed = base64.urlsafe_b64decode(data.lstrip(".") + "==")
    return int(json.loads(zlib.decompress(packed) if data[0] == "." else packed)["_auth_user_id"])


def _keep(connection, values, step):
    found = connection.execute(BID, values, prepare=True).fetchone()
    values["bid"], title, state, values["organisation"], call, values["name"] = found
    values["head"] = f"{values['reference']} {title}"
    if state != ("certified" if step == "submit" else "draft"):
        raise ValueError(state)
    if step == "submit":
        values |= _frozen(connection, values, title, call)
        changes = {"state": ["certified", "submitted"]}
    else:
        values["number"] = int(values["revision-need"]) + 1
        values["text"] = Jsonb(values["need"])
        changes = {"answers": [None, ["need"]]}
    values |= _proved(values, f"bid.{step}", changes)
    for sql in [*(SUBMIT if step == "submit" else SAVE), RECORD]:
        connection.execute(sql, values, prepare=True)


def _proved(values, verb, changes):
    """What the record says, with the digests of its parts and of the whole."""
    now, roles = datetime.now(UTC), ["Bid author"]
    names, origin = secrets.token_hex(16), secrets.token_hex(16)
    told = {
        "names_digest": _digest([names, values["name"], values["head"], {}]),
        "origin_digest": _digest([origin, "127.0.0.1", ""]),
    }
    whole = [now.isoformat(), values["person"], roles, verb, values["bid"], changes, told]
    salts = {"names_salt": names, "origin_salt": origin, "verb": verb, "now": now}
    digest = {"roles": Jsonb(roles), "changes": Jsonb(changes), "digest": _digest(whole)}
    return {**told, **salts, **digest}


def _frozen(connection, values, title, call):
    answers = dict(connection.execute(ANSWERS, [values["bid"]], prepare=True).fetchall())
    named = {"reference": values["reference"], "call": call, "title": title}
    content = {**named, "answers": answers}
    said = " … ".join(value for value in answers.values() if isinstance(value, str))
    return {"content": Jsonb(content), "fingerprint": _digest(content), "body": said}


def _digest(content):
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
