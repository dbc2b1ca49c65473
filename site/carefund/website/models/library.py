from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import RevisionMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from ..designer.blocks import OneQuestionBlock
from ..designer.naming import name_questions
from ..designer.storage import DesignField


@register_snippet
class LibraryQuestion(RevisionMixin, index.Indexed, models.Model):
    """A question kept to be asked in many calls, always under the same short name.

    A call takes it as it stands when its form is made; a frozen form never follows it.
    """

    title = models.CharField(
        max_length=150, unique=True, help_text="What editors look for: Number of care homes."
    )
    question = DesignField(OneQuestionBlock())

    panels = [FieldPanel("title"), FieldPanel("question")]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        ordering = ["title"]
        verbose_name = "question of the library"
        verbose_name_plural = "question library"

    def __str__(self) -> str:
        return self.title

    def clean(self):
        super().clean()
        if not self.question:
            raise ValidationError({"question": "Add the question."})
        name_questions(list(self.question))
