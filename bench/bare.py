"""The floor of the deadline hour: a web process that makes the inserts of a save or a submission.

It knows no person, form or rule: it takes the number of a bid and a text.
"""

import os
import threading
from urllib.parse import parse_qs

import psycopg
from psycopg.types.json import Jsonb

HELD = threading.local()
NOW = "now()"
SAVE = (
    "SELECT id FROM bids_bid WHERE id = %(bid)s FOR UPDATE",
    f"""INSERT INTO bids_answer (bid_id, question, value, revision, saved_at, saved_by_id, page)
        VALUES (%(bid)s, 'need', %(text)s, %(number)s, {NOW}, %(person)s, '')
        ON CONFLICT (bid_id, question) DO UPDATE SET value = excluded.value,
        revision = excluded.revision, saved_at = excluded.saved_at""",
    f"""INSERT INTO bids_answerrevision (bid_id, question, revision, value, saved_at, saved_by_id)
        VALUES (%(bid)s, 'need', %(number)s, %(text)s, {NOW}, %(person)s)""",
    "UPDATE bids_bid SET prepared_by_id = %(person)s WHERE id = %(bid)s",
)
SUBMIT = (
    "SELECT id FROM bids_bid WHERE id = %(bid)s FOR UPDATE",
    f"""UPDATE bids_bid SET state = 'submitted', submitted_at = {NOW},
        submitted_by_id = %(person)s WHERE id = %(bid)s""",
    f"""INSERT INTO bids_submission (bid_id, number, content, fingerprint, declaration,
        submitted_at, submitted_by_id) SELECT %(bid)s, 1,
        jsonb_build_object('answers', jsonb_object_agg(question, value)), repeat('0', 64), 'True.',
        {NOW}, %(person)s FROM bids_answer WHERE bid_id = %(bid)s""",
    """INSERT INTO bids_bidwords (bid_id, head, body) SELECT %(bid)s, '', string_agg(value::text,
        ' ') FROM bids_answer WHERE bid_id = %(bid)s ON CONFLICT (bid_id) DO NOTHING""",
)
TOLD = f"""INSERT INTO audit_entry (at, actor_id, roles, verb, object_type_id, object_id, changes,
        reason, request_id, names_digest, origin_digest, digest)
        SELECT {NOW}, %(person)s, '[]', %(verb)s, id, %(bid)s::text, '{{}}', '', '',
        repeat('0', 64), repeat('0', 64), md5(random()::text) || md5(random()::text)
        FROM django_content_type WHERE app_label = 'bids' AND model = 'bid' RETURNING id"""


def _database():
    if not hasattr(HELD, "connection"):
        HELD.connection = psycopg.connect(os.environ["DATABASE_URL"])
    return HELD.connection


def application(environ, start_response):
    length = int(environ.get("CONTENT_LENGTH") or 0)
    sent = parse_qs(environ["wsgi.input"].read(length).decode())
    values = {key: found[0] for key, found in sent.items()}
    verb = environ["PATH_INFO"].strip("/")
    values |= {"text": Jsonb(values.get("text", "")), "verb": f"bid.{verb}"}
    connection = _database()
    with connection.transaction():
        for sql in SAVE if verb == "save" else SUBMIT:
            connection.execute(sql, values)
        connection.execute(TOLD, values)
    start_response("302 Found", [("Location", "/"), ("Content-Length", "0")])
    return [b""]
