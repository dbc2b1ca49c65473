"""News for the slices above, sent inside the transaction so that all of it happens or nothing."""

from django.dispatch import Signal

# Sent with `project` and `by` when a project has begun.
project_started = Signal()
