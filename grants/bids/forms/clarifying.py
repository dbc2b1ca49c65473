"""What the department asks or tells a bidder, and the reply."""

from collections.abc import Sequence
from typing import Any

from django import forms

from carefund.core.forms import DateField, GovForm, RadioField
from carefund.questions.definition import Section

from ..queries import AUDIENCES

LONGEST = 4000


class AskForm(GovForm, forms.Form):
    question = forms.CharField(
        label="What is not clear?",
        help_text="The bidder reads exactly this.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST,
        error_messages={"required": "Write what is not clear"},
    )
    reply_by = DateField(label="Reply by", error_messages={"required": "Enter the day to reply by"})

    def __init__(self, *args: Any, sections: Sequence[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"] = RadioField(
            label="Which section is it about?",
            choices=[(one.key, one.title) for one in sections],
            error_messages={"required": "Choose the section it is about"},
        )
        self.order_fields(["section", "question", "reply_by"])


class ReplyForm(GovForm, forms.Form):
    reply = forms.CharField(
        label="Your reply",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
        error_messages={"required": "Write your reply"},
    )


class WriteForm(GovForm, forms.Form):
    text = forms.CharField(
        label="Your message",
        help_text="They get it by email and in the service.",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST,
        error_messages={"required": "Write your message"},
    )


class WriteToAllForm(WriteForm):
    audience = RadioField(
        label="Who gets it?",
        choices=list(AUDIENCES.items()),
        error_messages={"required": "Choose who gets it"},
    )

    field_order = ("audience", "text")
