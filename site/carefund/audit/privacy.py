from carefund.core.privacy import Rule, retain

from .actions import erase_origins
from .models import Entry

retain(
    Rule(
        key="record-origins",
        title="Internet addresses in the record",
        days=730,
        counted_from="when it was done",
        effect="Address and browser are taken out. Who did what stays, and the chain stays whole.",
        due=lambda before: Entry.objects.filter(at__lt=before).exclude(particulars__origin_salt=""),
        erase=lambda rows: erase_origins(entries=rows),
    )
)
