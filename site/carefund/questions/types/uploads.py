from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.urls import NoReverseMatch
from django.utils.html import format_html, format_html_join

from carefund.core.forms import CheckboxesField
from carefund.core.forms.uploads import FilesField
from carefund.core.paths import path_to

from ..entries import Entry
from ..fields import DraftForm
from .base import Options, QuestionType
from .registry import register
from .settings import Setting

MOST = 20
TOLD = "PDF, PNG, JPG, DOCX, XLSX, CSV or TXT."


class FilesEntry(Entry):
    """What was uploaded stays until its box is ticked; more can be added at any time."""

    template = "questions/files.html"
    multipart = True

    def make_forms(self) -> list[Any]:
        key = self.question.key
        form = DraftForm(self.data, self.page.uploads)
        form.fields[key] = UploadsField(
            self.page.files, label=self._label, required=self.required and not self.value
        )
        if self.value:
            form.fields[f"{key}-remove"] = CheckboxesField(
                label="Files so far: tick what is to be taken out",
                required=False,
                choices=[(item["id"], item["name"]) for item in self.value],
            )
        form.field_settings = {
            f"{key}-remove": {"classes": "govuk-checkboxes--small"},
            key: {"hint": {"text": self._told}},
        }
        form.marks_optional = False
        return [form]

    @property
    def _label(self) -> str:
        return f"{self.question.label}: add files" if self.value else str(self.question.label)

    @property
    def _told(self) -> str:
        most = self.question.type.setting(self.question.options, "most")
        number = "One file" if most == 1 else f"Up to {most} files"
        return " ".join(filter(None, [self.hint.get("text", ""), f"{number}: {TOLD}"]))

    @property
    def shown_label(self) -> str:
        optional = "" if self.required or self.value else " (optional)"
        return f"{self._label}{optional}"

    @property
    def field(self) -> Any:
        return self.forms[0][self.question.key]

    @property
    def kept(self) -> Any:
        name = f"{self.question.key}-remove"
        return self.forms[0][name] if name in self.forms[0].fields else None

    def stored(self) -> Any:
        cleaned = self.forms[0].cleaned_data
        removed = set(cleaned.get(f"{self.question.key}-remove") or [])
        kept = [item for item in self.value or [] if item["id"] not in removed]
        given = cleaned[self.question.key] or []
        keeper = self.page.files
        added = [keeper.keep(one, self.question.key) for one in given] if keeper else []
        return [*kept, *added]


class UploadsField(FilesField):
    """Files that can be kept; each is looked into before any is."""

    def __init__(self, files: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.files = files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = super().clean(data, initial)
        for one in given if self.files else []:
            if refusal := self.files.refusal(one):
                raise ValidationError(f"{one.name}: {refusal}", code="refused")
        return given

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


def is_file(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and isinstance(item.get("id"), str)
        and isinstance(item.get("name"), str)
        and isinstance(item.get("size", 0), int)
    )


@register
class Files(QuestionType):
    """[{"id", "name", "size"}] of files that the page keeps; what they hold is never here."""

    name = "files"
    title = "Files"
    icon = "upload"
    group = "Files"
    help = "One file or several, checked for what they are and for viruses."
    entry_class = FilesEntry
    reading = "list"
    joins = "list"
    settings = (
        Setting("fewest", "Fewest files", "integer", 1, lowest=1, highest=MOST),
        Setting("most", "Most files", "integer", 5, lowest=1, highest=MOST),
    )

    def fits(self, value: Any, options: Options) -> bool:
        return value == "" or (isinstance(value, list) and all(is_file(item) for item in value))

    def missing(self, label: str) -> str:
        return f"Upload a file for “{label}”."

    def wrong(self, value: Any, options: Options) -> str:
        fewest, most = self.setting(options, "fewest"), self.setting(options, "most")
        if len(value) < fewest:
            return f"Upload at least {fewest} files."
        return f"Take out files: no more than {most}." if len(value) > most else ""

    def words(self, value: Any, options: Options) -> str:
        return ", ".join(item["name"] for item in value)

    def html(self, value: Any, options: Options) -> str:
        if self.is_empty(value) or not self.fits(value, options):
            return super().html(value, options)
        return format_html('<ul class="govuk-list">{}</ul>', self._links(value))

    def _links(self, value: list[dict[str, Any]]) -> str:
        return format_html_join(
            "",
            '<li><a class="govuk-link" href="{}">{}</a> ({})</li>',
            ((_address(item), item["name"], filesizeformat(item.get("size", 0))) for item in value),
        )

    def headings(self, label: str, options: Options) -> list[str]:
        return [label, f"{label}: number"]

    def cells(self, value: Any, options: Options) -> list[Any]:
        fits = bool(value) and self.fits(value, options)
        return [self.display(value, options), len(value) if fits else 0]

    def read(self, value: Any, options: Options) -> Any:
        fits = bool(value) and self.fits(value, options)
        return tuple(item["name"] for item in value) if fits else None


def _address(item: dict[str, Any]) -> str:
    # An identifier that is none leads nowhere rather than to an error.
    try:
        return path_to("files:download", item["id"])
    except NoReverseMatch:
        return "#"
