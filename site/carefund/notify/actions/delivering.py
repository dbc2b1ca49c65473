from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string

from carefund.accounts.models import User
from carefund.core import clock, work
from carefund.core.actors import Actor
from carefund.core.models import Job
from carefund.core.paths import path_to
from carefund.core.permissions import require
from carefund.core.record import record

from .. import queries
from ..mailer import AddressRefused, hand_over, headers_of
from ..models import OutboxMessage
from .addresses import note_bounce

HELD = "The address does not take mail."


def deliver(*, message_id: int) -> None:
    """Hand one message to the mail backend and mark it sent.

    A worker killed between the two finds the message unmarked. Where the backend can say whether
    it has taken the message already (GOV.UK Notify, the folder of the example), it is asked and
    nothing is sent twice. Plain SMTP cannot say: there the message goes again, with the same
    Message-ID, by which most mailboxes drop the second copy.
    """
    row = OutboxMessage.objects.select_for_update(of=("self",)).get(pk=message_id)
    if row.sent_at or row.held_because:
        return
    mail = _mail(row.subject_line, row.text, row.html, row.address)
    mail.extra_headers |= {"Message-ID": message_id_of(row), **headers_of(row)}
    if _go(mail, row, again=_tried_before("notify.deliver", str(row.pk))):
        row.sent_at = clock.now()
        if row.recipient_id is None:  # nobody reads it here, and its link proves something
            row.text = row.html = ""
    else:
        row.held_because = HELD
    row.save(update_fields=["sent_at", "held_because", "text", "html"])


def deliver_digest(*, person_id: int) -> None:
    """One mail with all that waits for the person's daily mail; none when nothing waits."""
    rows = list(queries.for_digest(person_id).select_for_update(of=("self",)))
    if not rows:
        return
    base = settings.WAGTAILADMIN_BASE_URL
    context = {
        "messages": [(r.subject_line, base + path_to("notify:detail", r.pk)) for r in rows],
        "base": base,
        "subject": f"Your {len(rows)} message{'s' if len(rows) > 1 else ''} of the day",
    }
    text = render_to_string("notify/mail/digest.txt", context)
    html = render_to_string("notify/mail/digest.html", context)
    address = User.objects.get(pk=person_id).email
    mail = _mail(str(context["subject"]), text, html, address)
    # The same messages are the same mail, also when it is tried again.
    mail.extra_headers["Message-ID"] = f"<digest.{rows[0].pk}.{rows[-1].pk}@{_host()}>"
    gone = _go(mail, rows[-1], again=True)
    OutboxMessage.objects.filter(pk__in=[row.pk for row in rows]).update(
        **({"sent_at": clock.now()} if gone else {"held_because": HELD})
    )


def try_again(*, job: Job, by: Actor) -> Job:
    """Put a delivery that was given up back to work."""
    require(by, "notify.manage")
    with transaction.atomic():
        work.retry(job)
        record("delivery.try_again", job, by=by)
    return job


def message_id_of(row: OutboxMessage) -> str:
    return f"<{row.pk}.{row.created_at:%Y%m%d%H%M%S}@{_host()}>"


def _host() -> str:
    return str(settings.WAGTAILADMIN_BASE_URL).split("://", 1)[-1].split("/", 1)[0].split(":")[0]


def _mail(subject: str, text: str, html: str, address: str) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(subject, text, to=[address])
    mail.attach_alternative(html, "text/html")
    # No answers from holiday programs, and nothing that comes back to people's mailboxes.
    mail.extra_headers["Auto-Submitted"] = "auto-generated"
    return mail


def _go(mail: EmailMultiAlternatives, row: OutboxMessage, *, again: bool) -> bool:
    """Whether the mail went; False when its address is stopped, or is from now on."""
    address = mail.to[0]
    if queries.stopped(address):
        return False
    try:
        hand_over(mail, may_have_gone=again)
    except AddressRefused as refused:
        note_bounce(address=address, reason=str(refused), message=row)
        return False
    return True


def _tried_before(kind: str, key: str) -> bool:
    return Job.objects.filter(key=f"{kind}:{key}", attempts__gt=1).exists()
