from .amending import AmendForm
from .base import (
    AcceptForm,
    ApproveForm,
    ChoiceForm,
    ClauseForm,
    DeterminationForm,
    MessageForm,
    NameForm,
    NewRoundForm,
    OfferFilter,
    ReasonForm,
    RecommendForm,
    RoundFilter,
    SignForm,
    StepForm,
)
from .wishes import ScenarioForm, WishForm

__all__ = [
    "AcceptForm",
    "AmendForm",
    "ApproveForm",
    "ChoiceForm",
    "ClauseForm",
    "DeterminationForm",
    "MessageForm",
    "NameForm",
    "NewRoundForm",
    "OfferFilter",
    "ReasonForm",
    "RecommendForm",
    "RoundFilter",
    "ScenarioForm",
    "SignForm",
    "StepForm",
    "WishForm",
]
