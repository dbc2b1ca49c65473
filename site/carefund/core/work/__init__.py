"""Background work. A slice declares a handler in its `tasks.py` and enqueues rows."""

from .queue import Wanted, enqueue, enqueue_all, retry
from .registry import handles

__all__ = ["Wanted", "enqueue", "enqueue_all", "handles", "retry"]
