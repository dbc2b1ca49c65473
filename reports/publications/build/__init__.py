"""From figures to a report: first a snapshot that can be kept, then the document it makes.

The document is made from the snapshot alone, so a report that was frozen reads the same for ever.
"""

from .document import Identity, document
from .snapshot import fingerprint, take

__all__ = ["Identity", "document", "fingerprint", "take"]
