from django.dispatch import receiver
from wagtail.signals import page_published

from carefund.core.actors import SYSTEM
from programmes.funds.signals import staff_roles_changed

from .actions import announce_from_page
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
