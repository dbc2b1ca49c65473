"""News for the slices above, sent inside the transaction so that all of it happens or nothing."""

from django.dispatch import Signal

# Sent with `call` and `by` when a call becomes public.
call_announced = Signal()
# Sent with `call`, `before` (the former closing instant), `reason` and `by`.
call_extended = Signal()
# Sent with `call` (the new draft), `source` and `by`.
call_copied = Signal()
# A form in use was corrected: sent with `form`, the new version, and `by`.
form_corrected = Signal()
