from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.documents.models import Document
from wagtail.signals import page_published

from carefund.core.actors import SYSTEM
from programmes.funds.signals import staff_roles_changed

from .actions import announce_from_page
from .cms_files import checked_copy, forget_copies
from .editors import follow_roles
from .models import CallPage


@receiver(page_published, sender=CallPage)
def announce_published_call(sender, instance, **rest):
    revision = rest.get("revision")
    # Scheduled publication has no person; who approved it stands in the page's own history.
    announce_from_page(page=instance, by=(revision.user if revision else None) or SYSTEM)


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
