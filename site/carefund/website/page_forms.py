"""What the editor of a call is told before it can be saved for publication."""

from wagtail.admin.forms import WagtailAdminPageForm

from carefund.core import years
from programmes.funds.models import BudgetLine

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
        return cleaned

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

    def is_valid(self):
        valid = super().is_valid()
        criteria = self.formsets.get("criteria")
        if self.defer_required_fields or criteria is None or not valid:
            return valid
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
        return True
