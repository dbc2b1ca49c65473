from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Field
from wagtail.blocks.base import BlockField
from wagtail.fields import StreamField


class DesignFormField(BlockField):
    def has_changed(self, initial_value: Any, data_value: Any) -> bool:
        """Compares what is meant: a browser sends 150 as text, which is not a change.

        A change that nobody made would send a page back for approval whenever it is approved.
        """
        try:
            meant = self.clean(data_value)
        except ValidationError:
            return True
        return super().has_changed(initial_value, meant)


class DesignField(StreamField):
    """A stream whose blocks follow the question types: a new type asks for no migration."""

    def deconstruct(self) -> tuple[Any, ...]:
        name, path, _, kwargs = super().deconstruct()
        for follows in ("block_lookup", "default"):
            kwargs.pop(follows, None)
        return name, path, [[]], kwargs

    def formfield(self, **kwargs: Any) -> Field:
        # A default that is a function would make Django look for it hidden in what was sent.
        ours = {"form_class": DesignFormField, "show_hidden_initial": False}
        return super().formfield(**ours | kwargs)
