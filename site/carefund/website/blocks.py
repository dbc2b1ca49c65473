"""What editors put on pages, and questions of their own."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class BodyBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(icon="title", template="website/blocks/heading.html")
    text = blocks.RichTextBlock(features=TEXT_FEATURES, template="website/blocks/text.html")
    inset = blocks.TextBlock(icon="warning", template="website/blocks/inset.html")
    document = DocumentChooserBlock(template="website/blocks/document.html")


class QuestionBlock(blocks.StructBlock):
    """One question beyond the standard form."""

    label = blocks.CharBlock(max_length=150)
    hint = blocks.CharBlock(max_length=300, required=False)
    required = blocks.BooleanBlock(required=False, default=True)

    def definition(self, value, key):
        return {
            "key": key,
            "kind": self.meta.kind,
            "label": value["label"],
            "hint": value["hint"],
            "required": value["required"],
            "options": self.options(value),
        }

    def options(self, value):
        return {}


class ShortTextQuestion(QuestionBlock):
    class Meta:
        kind = "short_text"
        icon = "pilcrow"


class LongTextQuestion(QuestionBlock):
    words = blocks.IntegerBlock(default=300, min_value=10, max_value=3000)

    class Meta:
        kind = "long_text"
        icon = "pilcrow"

    def options(self, value):
        return {"words": value["words"]}


class NumberQuestion(QuestionBlock):
    class Meta:
        kind = "number"
        icon = "order"


class YesNoQuestion(QuestionBlock):
    class Meta:
        kind = "yes_no"
        icon = "check"


class ChoiceQuestion(QuestionBlock):
    choices = blocks.ListBlock(blocks.CharBlock(max_length=150), min_num=2)

    class Meta:
        kind = "one_of"
        icon = "list-ul"

    def options(self, value):
        return {
            "choices": [
                {"value": f"choice_{number}", "label": text}
                for number, text in enumerate(value["choices"], 1)
            ]
        }


class QuestionsBlock(blocks.StreamBlock):
    short_text = ShortTextQuestion()
    long_text = LongTextQuestion()
    number = NumberQuestion()
    yes_no = YesNoQuestion(label="Yes or no")
    choice = ChoiceQuestion(label="One of several")


def question_definitions(stream):
    """The questions of a stream as the form engine reads them."""
    return [
        child.block.definition(child.value, f"extra_{number}")
        for number, child in enumerate(stream, 1)
    ]
