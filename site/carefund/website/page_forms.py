"""What the editor of a call is told before it can be saved for publication."""

from wagtail.admin.forms import WagtailAdminPageForm

from carefund.core import years
from carefund.questions.definition import BadDefinition, FormDefinition, breaks
from programmes.funds.models import BudgetLine

from .designer.design import of_call, readable
from .designer.naming import name_all
from .designer.writing import definition

WHOLE = 100  # per cent
# What bidders rely on from the announcement.
FIXED = {
    "programme",
    "opens_at",
    "closes_at",
    "total",
    "smallest_award",
    "largest_award",
    "eligible_kinds",
    "project_starts_on",
    "project_ends_on",
    "assessors_per_bid",
}


class CallPageForm(WagtailAdminPageForm):
    def clean(self):
        cleaned = super().clean()
        self._check_order(cleaned)
        self._check_budget(cleaned)
        self._check_announced()
        self._check_form(cleaned)
        return cleaned

    def _check_form(self, data):
        """A draft may be unfinished, but nothing that others rest on is taken away unnoticed."""
        if not {"form", "form_rules", "screening"} <= data.keys():
            return
        name_all(data["form"], data["screening"])
        before = readable(self.instance)[0] if self.instance.pk else None
        after = definition(data["form"], data["form_rules"], data["screening"], of_call={})
        for sentence in breaks(before, after) if before else []:
            self.add_error("form", sentence)

    def _check_announced(self):
        call = self.instance.call
        if call is None or call.state in {"draft", "in_review"}:
            return
        for name in FIXED & set(self.changed_data):
            self.add_error(
                name, "The call has been announced, so this no longer changes. Nothing was lost."
            )

    def _check_order(self, data):
        rules = [
            ("opens_at", "closes_at", "The call must close after it opens."),
            ("project_starts_on", "project_ends_on", "Projects must end after they start."),
            (
                "smallest_award",
                "largest_award",
                "The largest award must not be below the smallest.",
            ),
            ("largest_award", "total", "The total must not be below the largest award."),
        ]
        for lower, upper, message in rules:
            low, high = data.get(lower), data.get(upper)
            strict = lower in {"opens_at", "project_starts_on"}
            if low is not None and high is not None and (high <= low if strict else high < low):
                self.add_error(upper, message)

    def _check_budget(self, data):
        programme, first, last = (
            data.get(k) for k in ("programme", "project_starts_on", "project_ends_on")
        )
        if not (programme and first and last):
            return
        lines = BudgetLine.objects.filter(
            programme=programme,
            financial_year__gte=years.financial_year(first),
            financial_year__lte=years.financial_year(last),
        )
        if not lines.exists():
            self.add_error(
                "programme", "This programme has no budget for the years in which projects run."
            )

    def _form_problems(self):
        """What keeps the form from being used; a draft is told in its preview."""
        data = self.cleaned_data
        if not data.get("form"):
            return [] if self.instance.call_id else ["The form has no section."]
        found = definition(
            data["form"], data["form_rules"], data["screening"], of_call=of_call(self.instance)
        )
        try:
            FormDefinition.parse(found)
        except BadDefinition as error:
            return error.problems
        return []

    def is_valid(self):
        valid = super().is_valid()
        criteria = self.formsets.get("criteria")
        if self.defer_required_fields or criteria is None or not valid:
            return valid
        for problem in self._form_problems():
            self.add_error("form", problem)
        weights = [
            form.cleaned_data.get("weight") or 0
            for form in criteria.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        if sum(weights) != WHOLE:
            self.add_error(
                None, f"The weights of the criteria add up to {sum(weights)}; they must make 100."
            )
            return False
        return not self.errors
