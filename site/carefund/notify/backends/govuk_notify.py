"""Mail through GOV.UK Notify, by its own client."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from ..mailer import AddressRefused

BAD_REQUEST = 400


class NotifyBackend(BaseEmailBackend):
    """Sends each mail through one Notify template that is nothing but ((subject)) and ((body)).

    The Message-ID is Notify's reference, so Notify can be asked whether it has a mail already.
    Notify writes the HTML itself; our own HTML part is not used.
    """

    def __init__(self, *, fail_silently: bool = False, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        options = {"base_url": settings.GOVUK_NOTIFY_URL} if settings.GOVUK_NOTIFY_URL else {}
        self.client = NotificationsAPIClient(settings.GOVUK_NOTIFY_API_KEY, **options)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            for address in mail.to:
                self._send(mail, address)
        return len(email_messages)

    def _send(self, mail: EmailMessage, address: str) -> None:
        try:
            self.client.send_email_notification(
                address,
                settings.GOVUK_NOTIFY_TEMPLATE_ID,
                personalisation={"subject": mail.subject, "body": mail.body},
                reference=mail.extra_headers.get("Message-ID"),
            )
        except HTTPError as error:
            if error.status_code == BAD_REQUEST and "email_address" in str(error.message):
                raise AddressRefused(str(error.message)) from error
            raise

    def has_accepted(self, message_id: str) -> bool:
        found = self.client.get_all_notifications(template_type="email", reference=message_id)
        return bool(found["notifications"])
