from typing import Any

from django import forms

from carefund.core.forms import GovForm, RadioField

from .models import How
from .queries import topics_to_choose


class PreferencesForm(GovForm, forms.Form):
    """How a person wants to hear of each topic, as far as a message can wait."""

    def __init__(self, *args: Any, wishes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for topic in topics_to_choose():
            self.fields[topic.value] = RadioField(
                label=topic.label,
                choices=How.choices,
                initial=wishes[topic.value],
                error_messages={"required": f"Choose how to hear about {topic.label.lower()}"},
            )
