"""Question types: one class each, which knows all that the service does with its answers.

Every module of this package that declares a type with `@register` is found by itself.
"""

from importlib import import_module
from pkgutil import iter_modules

from .base import QuestionType
from .registry import question_type, type_names, types
from .settings import Setting

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["QuestionType", "Setting", "question_type", "type_names", "types"]
