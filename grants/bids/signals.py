"""News for the slices above, sent inside the transaction so that all of it happens or nothing."""

from django.dispatch import Signal

# Sent with `bid` and `by` when a panel has agreed on another score.
score_moderated = Signal()
