from .clarifying import AskForm, ReplyForm, WriteForm, WriteToAllForm
from .conflict import ConflictForm
from .filters import BidFilter, CallFilter, OwnBidFilter
from .partners import AskPartnerForm, ChangePartnerForm, PartnerAnswerForm
from .start import StartForm
from .steps import CertifyForm, ReturnForm, StepForm, WithdrawForm
from .talking import CommentForm, HolderForm, NoteForm

__all__ = [
    "AskForm",
    "AskPartnerForm",
    "BidFilter",
    "CallFilter",
    "CertifyForm",
    "ChangePartnerForm",
    "CommentForm",
    "ConflictForm",
    "HolderForm",
    "NoteForm",
    "OwnBidFilter",
    "PartnerAnswerForm",
    "ReplyForm",
    "ReturnForm",
    "StartForm",
    "StepForm",
    "WithdrawForm",
    "WriteForm",
    "WriteToAllForm",
]
