"""News of the record, sent inside the transaction of the change."""

from django.dispatch import Signal

# Sent with `verb` when one entry, or many of one kind, have been added.
written = Signal()
