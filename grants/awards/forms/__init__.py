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
    SignForm,
    StepForm,
)
from .wishes import ScenarioForm, WishForm

__all__ = [
    "AcceptForm",
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
    "ScenarioForm",
    "SignForm",
    "StepForm",
    "WishForm",
]
