"""Sections and questions as an editor arranges them: one block for each question type."""

from typing import Any

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from carefund.questions.types import QuestionType, types

from . import conditions
from .fields import FIELDS, FROM_THE_CALL

SHORT, LONG = 300, 5000
# What every question has, before and after what its type lets one set.
FIRST = ("label", "hint")
LAST = ("required",)
ASIDE = ("guidance", "example", "assessment", "show_if", "require_if", "key")


class QuestionBlock(blocks.StructBlock):
    """A question of one type; its fields are those that the type declares."""

    label = blocks.CharBlock(label="Question", max_length=SHORT)
    hint = blocks.TextBlock(max_length=LONG, required=False, rows=2)
    required = blocks.BooleanBlock(required=False, default=True, label="Must be answered")
    guidance = blocks.TextBlock(
        label="How this is assessed",
        max_length=LONG,
        required=False,
        rows=3,
        help_text="Shown under the question.",
    )
    example = blocks.TextBlock(
        label="Example of a good answer", max_length=LONG, required=False, rows=3
    )
    assessment = blocks.TextBlock(
        label="What assessors look for",
        max_length=LONG,
        required=False,
        rows=3,
        help_text="Only assessors read this.",
    )
    show_if = conditions.ConditionBlock(label="Ask only if")
    require_if = conditions.ConditionBlock(label="Must be answered only if")
    key = blocks.CharBlock(
        label="Short name",
        max_length=60,
        required=False,
        form_classname="cf-question-key",
        help_text="Rules, conditions and exports use it. Leave it empty to have one made.",
    )

    def __init__(self, kind: QuestionType | None = None, **settings: Any) -> None:
        self.kind = kind
        extra = [
            (f"set_{setting.name}", FIELDS[setting.kind].block(setting))
            for setting in self.declared()
        ]
        if kind is not None:
            settings.setdefault("form_layout", self._layout([name for name, _ in extra]))
        super().__init__(extra, **settings)

    def declared(self) -> list[Any]:
        """The settings of the type that an editor fills."""
        if self.kind is None:
            return []
        return [s for s in self.kind.settings if s.kind not in FROM_THE_CALL]

    def _layout(self, extra: list[str]) -> blocks.BlockGroup:
        first = [*FIRST, *extra] if self.kind and self.kind.is_computed else [*FIRST, *extra, *LAST]
        aside = [name for name in ASIDE if not (self.kind and self.kind.is_computed)]
        rest = [name for name in (*LAST, *ASIDE) if name not in first and name not in aside]
        return blocks.BlockGroup(children=first, settings=[*aside, *rest])

    class Meta:
        label_format = "{label}"


def question_blocks(chosen: list[QuestionType]) -> list[tuple[str, blocks.Block]]:
    return [
        (
            kind.name,
            QuestionBlock(
                kind, label=kind.title, icon=kind.icon, group=kind.group, help_text=kind.help
            ),
        )
        for kind in chosen
    ]


LIBRARY = "library"


class QuestionsBlock(blocks.StreamBlock):
    """Questions of any type, or taken from the library."""

    def __init__(self, **settings: Any) -> None:
        chooser = SnippetChooserBlock(
            "website.LibraryQuestion",
            label="From the library",
            icon="folder-open-1",
            group="Library",
        )
        super().__init__([(LIBRARY, chooser), *question_blocks(types())], **settings)

    class Meta:
        label = "Questions"
        collapsed = True


class OneQuestionBlock(blocks.StreamBlock):
    """A question for the library."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(question_blocks(types()), **settings)

    class Meta:
        min_num = 1
        max_num = 1


class SectionBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=150)
    group = blocks.CharBlock(
        label="Heading in the task list",
        max_length=150,
        required=False,
        help_text="Sections that follow each other under one heading are listed together.",
    )
    introduction = blocks.TextBlock(max_length=LONG, required=False, rows=3)
    questions = QuestionsBlock()
    key = blocks.CharBlock(
        label="Short name",
        max_length=60,
        required=False,
        help_text="Leave it empty to have one made.",
    )

    class Meta:
        icon = "form"
        label_format = "{title}"
        form_layout = blocks.BlockGroup(
            children=["title", "questions"], settings=["group", "introduction", "key"]
        )


class FormBlock(blocks.StreamBlock):
    section = SectionBlock()

    class Meta:
        collapsed = True


class ShareBlock(blocks.StructBlock):
    """The rule that calls have most often, without the expression language."""

    budget = blocks.CharBlock(
        max_length=60,
        default="budget",
        form_classname="cf-picks-question",
        help_text="The question that asks for the budget.",
    )
    category = blocks.CharBlock(
        label="Cost category", max_length=SHORT, help_text="For example: Evaluation."
    )
    test = blocks.ChoiceBlock(
        label="Takes", choices=[(">=", "at least"), ("<=", "at most")], default=">="
    )
    percent = blocks.DecimalBlock(
        label="Per cent of the budget", min_value=0, max_value=100, decimal_places=2
    )
    message = blocks.CharBlock(
        label="What the bidder reads when it does not",
        max_length=SHORT,
        required=False,
        help_text="Empty: for example “Spend at least 20% of the budget on Evaluation.”",
    )

    class Meta:
        icon = "pick"
        label = "Part of the budget"
        label_format = "{category} {test} {percent}%"


class RuleBlock(blocks.StructBlock):
    """A rule over several answers, in the expression language of forms."""

    expression = blocks.CharBlock(
        label="What must hold",
        max_length=1000,
        help_text="For example: total(budget) <= call.maximum, or "
        "count(partners) >= 2. Questions are called by their short names.",
    )
    message = blocks.CharBlock(
        label="What the bidder reads when it does not",
        max_length=SHORT,
        help_text="Say what to do, for example: Spend at least 20% of the award on evaluation.",
    )
    questions = blocks.ListBlock(
        blocks.CharBlock(max_length=60, form_classname="cf-picks-question"),
        label="At which questions it is shown",
        required=False,
        default=[],
        help_text="Short names. Leave it empty to show it at the questions that the rule reads.",
    )

    class Meta:
        icon = "code"
        label = "Any other rule"
        label_format = "{expression}"


class RulesBlock(blocks.StreamBlock):
    share = ShareBlock()
    rule = RuleBlock()


class ScreeningBlock(blocks.StructBlock):
    """A question asked before a bid can be started."""

    label = blocks.CharBlock(label="Question", max_length=SHORT)
    hint = blocks.CharBlock(max_length=SHORT, required=False)
    acceptable = blocks.ChoiceBlock(
        label="May bid if the answer is", choices=[("yes", "Yes"), ("no", "No")], default="yes"
    )
    reason = blocks.CharBlock(
        label="What is said to those who may not",
        max_length=SHORT,
        help_text="For example: Only care homes that are registered with CQC can take part.",
    )
    key = blocks.CharBlock(label="Short name", max_length=60, required=False)

    class Meta:
        icon = "lock-open"
        label_format = "{label}"
        form_layout = blocks.BlockGroup(
            children=["label", "hint", "acceptable", "reason"], settings=["key"]
        )


class ScreeningsBlock(blocks.StreamBlock):
    question = ScreeningBlock()
