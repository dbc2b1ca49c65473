"""News for the slices above, sent inside the transaction so that all of it happens or nothing."""

from django.dispatch import Signal

# Sent with `offer` and `by` when an offer has been accepted.
offer_accepted = Signal()
