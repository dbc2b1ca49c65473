"""What colleagues tell each other, and who has what."""

from collections.abc import Sequence
from typing import Any

from django import forms

from carefund.accounts.models import User
from carefund.core.forms import CheckboxesField, GovForm, RadioField

NOBODY = "nobody"


class CommentForm(GovForm, forms.Form):
    text = forms.CharField(
        label="Comment",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": "Write your comment"},
    )

    def __init__(self, *args: Any, colleagues: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.pk): one for one in colleagues}
        if self.colleagues:
            choices = [(key, one.name) for key, one in self.colleagues.items()]
            self.fields["to"] = CheckboxesField(
                label="Who should look at it?",
                help_text="They get a message. You can also write @ and a name in the comment.",
                choices=choices,
                required=False,
            )

    @property
    def to(self) -> list[User]:
        return [self.colleagues[key] for key in self.cleaned_data.get("to", [])]


class NoteForm(GovForm, forms.Form):
    text = forms.CharField(
        label="New note",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": "Write your note"},
    )


class HolderForm(GovForm, forms.Form):
    """Who sees to a section."""

    def __init__(self, *args: Any, writers: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.writers = {str(one.pk): one for one in writers}
        choices = [(key, one.name) for key, one in self.writers.items()]
        self.fields["person"] = RadioField(
            label="Who sees to it?", choices=[*choices, (NOBODY, "Nobody in particular")]
        )

    @property
    def person(self) -> User | None:
        return self.writers.get(self.cleaned_data["person"])
