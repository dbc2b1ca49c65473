"""How answers are typed in. The face renders a `SectionForm` with `questions/section.html`."""

from .section import SectionForm

__all__ = ["SectionForm"]
