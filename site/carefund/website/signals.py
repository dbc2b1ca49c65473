from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from carefund.audit.signals import written
from carefund.core import clock, shared
from carefund.core.actors import SYSTEM
from programmes.calls import actions as calls
from programmes.calls.signals import call_announced, call_copied
from programmes.funds.signals import staff_roles_changed

from .actions import announce_from_page, page_of_copy, prepare_call
from .cms_files import checked_copy, forget_copies
from .editors import follow_roles
from .models import CallPage


@receiver(page_published, sender=CallPage)
def announce_published_call(sender, instance, **rest):
    revision = rest.get("revision")
    if instance.go_live_at and instance.go_live_at > clock.now():
        return  # approved for later; the page is not there yet
    # Scheduled publication has no person; who approved it stands in the page's own history.
    announce_from_page(page=instance, by=(revision.user if revision else None) or SYSTEM)


@receiver([page_published, page_unpublished, post_page_move])
def show_pages_anew(sender, **rest):
    shared.forget()


@receiver(written)
def show_what_changed(sender, verb, **rest):
    shared.forget_after(verb)


@receiver(workflow_submitted)
def send_call_for_review(sender, instance, user, **rest):
    """The call follows the workflow of its page."""
    page = _call_page(instance)
    call = page and prepare_call(page=page, by=user or SYSTEM)
    if call and call.state == "draft":
        calls.send_for_review(call=call, by=SYSTEM)


@receiver([workflow_rejected, workflow_cancelled])
def return_call_to_draft(sender, instance, user, **rest):
    page = _call_page(instance)
    if page and page.call and page.call.state == "in_review":
        reason = "The review of its page ended without approval."
        calls.return_to_draft(call=page.call, reason=reason, by=SYSTEM)


def _call_page(state):
    page = state.content_object
    page = page.specific if isinstance(page, Page) else None
    return page.get_latest_revision_as_object() if isinstance(page, CallPage) else None


@receiver(call_announced)
def publish_page_of_call(sender, call, by, **rest):
    """Whoever announces a call on its own page publishes what its editors wrote."""
    page = CallPage.objects.filter(call=call, live=False).first()
    if page and page.latest_revision:
        # They may announce it; what the CMS lets them do beside that does not matter here.
        person = None if by is SYSTEM else by
        page.latest_revision.publish(user=person, skip_permission_checks=True)


@receiver(call_copied)
def draft_page_of_copy(sender, call, source, **rest):
    page_of_copy(call=call, source=source)


@receiver(staff_roles_changed)
def open_or_close_cms(sender, user, **rest):
    follow_roles(user)


@receiver(post_save, sender=Document)
def keep_checked_copy(sender, instance, **rest):
    """In the transaction of the upload, so that the scanner begins at once."""
    if not rest.get("raw"):
        checked_copy(instance)


@receiver(post_delete, sender=Document)
def drop_checked_copies(sender, instance, **rest):
    forget_copies(instance)
