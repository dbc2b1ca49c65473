"""From figures to a report: first a snapshot that can be kept, then the document it makes.

The document is made from the snapshot alone, so a report that was frozen reads the same for ever.
"""

from .cases import goal
from .document import Identity, document
from .national import page as target_page
from .snapshot import fingerprint, plain, take

__all__ = ["Identity", "document", "fingerprint", "goal", "plain", "take", "target_page"]
