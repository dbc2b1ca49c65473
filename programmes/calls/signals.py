"""News of calls for the floors above; sent inside the transaction."""

from django.dispatch import Signal

# A form in use was corrected: `form` is the new version, `by` whoever corrected it.
form_corrected = Signal()
