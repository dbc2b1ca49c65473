from .conflict import ConflictForm
from .filters import BidFilter, CallFilter, OwnBidFilter
from .start import StartForm
from .steps import CertifyForm, ReturnForm, StepForm, WithdrawForm
from .talking import CommentForm, HolderForm, NoteForm

__all__ = [
    "BidFilter",
    "CallFilter",
    "CertifyForm",
    "CommentForm",
    "ConflictForm",
    "HolderForm",
    "NoteForm",
    "OwnBidFilter",
    "ReturnForm",
    "StartForm",
    "StepForm",
    "WithdrawForm",
]
