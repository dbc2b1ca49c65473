"""What is still missing or wrong in a set of answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .definition import FormDefinition, Question, Section


@dataclass(frozen=True)
class Problem:
    section: Section
    question: Question
    message: str


def problems(form: FormDefinition, answers: Mapping[str, Any]) -> list[Problem]:
    """Everything that stands between these answers and a complete form, in its order."""
    found = []
    for section in form.sections:
        for question in section.questions:
            message = problem_with(question, answers)
            if message:
                found.append(Problem(section, question, message))
    return found


def problem_with(question: Question, answers: Mapping[str, Any]) -> str:
    """The sentence to show at `question`, or nothing when its answer is complete."""
    if not question.is_shown(answers):
        return ""
    value = answers.get(question.key)
    if question.type.is_empty(value):
        return question.type.missing(question.label) if question.required else ""
    return question.type.problem(value, question.options)


def section_state(section: Section, answers: Mapping[str, Any]) -> str:
    """`not_started`, `in_progress` or `complete`."""
    shown = [q for q in section.questions if q.is_shown(answers)]
    if all(q.type.is_empty(answers.get(q.key)) for q in shown):
        return "not_started"
    if any(problem_with(q, answers) for q in shown):
        return "in_progress"
    return "complete"
