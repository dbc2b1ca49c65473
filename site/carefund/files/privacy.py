from carefund.core.privacy import Rule, kept, retain

from .actions import remove
from .models import StoredFile

kept(
    StoredFile,
    "uploaded_by",
    because="Evidence belongs to the case. It goes when the time of the case is over.",
)
retain(
    Rule(
        key="quarantine",
        title="Files with a virus",
        days=90,
        counted_from="when the virus was found",
        effect="The file is deleted. That it was found stays on the record.",
        due=lambda before: StoredFile.objects.filter(scan="infected", scanned_at__lt=before),
        erase=lambda rows: remove(rows=rows, reason="Held a virus; kept for 90 days."),
    )
)
