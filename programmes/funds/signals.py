"""News of roles in the department, sent inside the transaction, to whoever stands above."""

from django.dispatch import Signal

# Arguments: user.
staff_roles_changed = Signal()
