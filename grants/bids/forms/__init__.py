from .conflict import ConflictForm
from .filters import BidFilter, CallFilter, OwnBidFilter
from .start import StartForm
from .steps import CertifyForm, ReturnForm, StepForm, WithdrawForm

__all__ = [
    "BidFilter",
    "CallFilter",
    "CertifyForm",
    "ConflictForm",
    "OwnBidFilter",
    "ReturnForm",
    "StartForm",
    "StepForm",
    "WithdrawForm",
]
