from .assessing import Answer, SelfAssessment, SelfAssessmentQuerySet
from .catalogue import Level, Measure, Standard
from .demanding import CallDemand, Wanted

__all__ = [
    "Answer",
    "CallDemand",
    "Level",
    "Measure",
    "SelfAssessment",
    "SelfAssessmentQuerySet",
    "Standard",
    "Wanted",
]
