"""Background work. A slice declares a handler in its `tasks.py` and enqueues rows."""

from .queue import enqueue, retry
from .registry import handles

__all__ = ["enqueue", "handles", "retry"]
