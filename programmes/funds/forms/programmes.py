from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from carefund.core.forms import DateField, GovForm, MoneyField, RadioField
from programmes.organisations.models import Organisation

from ..models import AnnualReview, Programme, RequirementAnswer

FIELDS = (
    "name", "summary", "objectives", "senior_responsible_owner", "business_case", "starts_on",
    "ends_on", "announced_total",
)  # fmt: skip


def _area(label: str, rows: int, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, **options)


class ProgrammeForm(GovForm, forms.Form):
    name = forms.CharField(label="Name", max_length=200)
    summary = _area("Summary", 3, max_length=2000)
    objectives = _area("Objectives", 6, max_length=6000, required=False)
    senior_responsible_owner = forms.CharField(label="Senior responsible owner", max_length=150)
    business_case = forms.CharField(
        label="Reference of the business case", max_length=100, required=False
    )
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day")
    announced_total = MoneyField(label="Total that was announced", required=False)
    theme_names = _area(
        "Themes",
        6,
        max_length=3000,
        required=False,
        help_text="One on each line. A theme that you leave out ends; what it grouped stays.",
    )

    @staticmethod
    def initial_of(row: Programme) -> dict[str, Any]:
        names = row.themes.filter(ended_on__isnull=True).values_list("name", flat=True)
        return {**{n: getattr(row, n) for n in FIELDS}, "theme_names": "\n".join(names)}

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", "The last day must be after the first")
        return cleaned

    def clean_theme_names(self) -> list[tuple[str, str]]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["theme_names"].splitlines()]
        found = [(slugify(line)[:40], line) for line in lines if line]
        for code, name in found:
            if not code or len(name) > 150:  # noqa: PLR2004 - the length of the column
                raise ValidationError(f"“{name[:60]}” cannot be a theme")
        if len({code for code, _ in found}) < len(found):
            raise ValidationError("Two themes have the same name")
        return found

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}

    @property
    def themes(self) -> list[tuple[str, str]]:
        return list(self.cleaned_data["theme_names"])


class NewProgrammeForm(ProgrammeForm):
    code = forms.SlugField(
        label="Short name for addresses",
        max_length=30,
        help_text="Small letters, digits and hyphens, such as technology-fund",
    )
    reference_prefix = forms.RegexField(
        "^[A-Z]{2,6}$",
        label="Prefix of references",
        help_text="Two to six capital letters. Bids are then called DSC-2026-00042-K",
        error_messages={"invalid": "The prefix must be two to six capital letters"},
    )
    funder = forms.ModelChoiceField(
        Organisation.objects.filter(kind=Organisation.Kind.DEPARTMENT), label="Funder"
    )
    theme_names = None  # type: ignore[assignment] # given once the programme is there
    field_order = ["name", "code", "reference_prefix", "funder"]

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if Programme.objects.filter(code=code).exists():
            raise ValidationError("Another programme has this short name")
        return code

    @property
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        own = {"code": given["code"], "prefix": given["reference_prefix"]}
        return {**super().values, **own, "funder": given["funder"]}


class SourceForm(GovForm, forms.Form):
    name = forms.CharField(
        label="Where the money comes from", max_length=200, help_text="Such as a spending review"
    )
    amount = MoneyField(label="How much", required=False)
    reference = forms.CharField(label="Reference", max_length=200, required=False)


class RequirementForm(GovForm, forms.Form):
    stance = RadioField(
        label="Does the programme comply?", choices=RequirementAnswer.Stance.choices
    )
    evidence = _area(
        "Evidence, or the explanation",
        6,
        max_length=6000,
        help_text="What shows that it complies, and where it is kept; or why it departs from the "
        "standard, and where that is justified in the business case.",
    )


class ReviewForm(GovForm, forms.Form):
    reviewed_on = DateField(label="When was the review held?")
    decision = RadioField(label="What was decided?", choices=AnnualReview.Decision.choices)
    findings = _area("What the review found", 8, max_length=10000)


class DeclineForm(GovForm, forms.Form):
    reason = _area("Reason", 3, max_length=1000)
