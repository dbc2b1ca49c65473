"""The definition of a form: parsed once from JSON and then typed.

{"sections": [{"key", "title", "group", "introduction", "questions": [
{"key", "kind", "label", "hint", "guidance", "example", "assessment", "required",
"options", "show_if", "require_if"}]}],
"rules": [{"expression", "message", "concerns": [question or section keys]}],
"eligibility": [{"key", "kind", "label", "hint", "options", "accept": [values], "reason"}]}
"""

from ..question import Question, Rule, Screening, Section
from .dependents import Dependent, breaks
from .differences import Change, changes
from .faults import BadDefinition, Fault
from .form import FormDefinition

__all__ = [
    "BadDefinition",
    "Change",
    "Dependent",
    "Fault",
    "FormDefinition",
    "Question",
    "Rule",
    "Screening",
    "Section",
    "breaks",
    "changes",
]
