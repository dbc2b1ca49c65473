from .base import (
    AcceptForm,
    ApproveForm,
    ChoiceForm,
    NameForm,
    NewRoundForm,
    OfferFilter,
    ReasonForm,
    RecommendForm,
    StepForm,
)
from .wishes import ScenarioForm, WishForm

__all__ = [
    "AcceptForm",
    "ApproveForm",
    "ChoiceForm",
    "NameForm",
    "NewRoundForm",
    "OfferFilter",
    "ReasonForm",
    "RecommendForm",
    "ScenarioForm",
    "StepForm",
    "WishForm",
]
