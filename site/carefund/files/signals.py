"""News of files, sent inside the transaction, to whoever stands above and tells people."""

from django.dispatch import Signal

# Arguments: stored.
file_infected = Signal()
