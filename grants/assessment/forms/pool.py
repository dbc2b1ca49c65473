from django import forms

from carefund.core.forms import CheckboxesField, DateField, GovForm

from ..models import PoolMember


class PoolMemberForm(GovForm, forms.Form):
    employer = forms.CharField(
        label="Organisation they work for",
        help_text="They are never asked to assess a bid of this organisation.",
        max_length=200,
        required=False,
    )
    available_from = DateField(label="Available from", required=False)
    available_until = DateField(label="Available until", required=False)
    most = forms.IntegerField(label="Bids at the same time, at most", min_value=0, max_value=500)

    def __init__(self, data, *, member: PoolMember | None, themes, most):
        initial = {"most": most}
        if member:
            initial = {
                "employer": member.employer,
                "themes": [str(theme.pk) for theme in member.themes.all()],
                "available_from": member.available_from,
                "available_until": member.available_until,
                "most": member.most,
            }
        super().__init__(data, initial=initial)
        self.fields["themes"] = CheckboxesField(
            label="Themes they know",
            choices=[(str(theme.pk), theme.name) for theme in themes],
            required=False,
        )

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("available_from"), cleaned.get("available_until")
        if first and last and last < first:
            self.add_error("available_until", "The last day comes after the first")
        return cleaned


class ProposalForm(GovForm, forms.Form):
    """The proposal as selects that the officer changes: one for each place of each bid."""

    marks_optional = False

    due_on = DateField(
        label="Scores are due on",
        help_text="Leave it empty for three working weeks from today.",
        required=False,
    )

    def __init__(self, data, *, rows):
        super().__init__(data)
        self.rows, self.places = rows, []
        for row in rows:
            names = []
            options = [
                (str(p.pk), f"{p} (knows the theme)" if p.pk in row.matches else str(p))
                for p in row.may
            ]
            for number, person in enumerate(row.slots, 1):
                name = f"bid-{row.bid.pk}-{number}"
                self.fields[name] = forms.ChoiceField(
                    label=f"{row.bid.reference}, assessor {number}",
                    choices=[("", "Nobody yet"), *options],
                    required=False,
                    initial=str(person.pk) if person else "",
                )
                names.append(name)
            self.places.append((row, names))

    def bound_places(self):
        return [(row, [self[name] for name in names]) for row, names in self.places]

    def given(self):
        """Pairs of a bid and a person, as chosen now."""
        found = []
        for row, names in self.places:
            people = {str(person.pk): person for person in row.may}
            chosen = (self.cleaned_data[name] for name in names)
            found += [(row.bid, people[key]) for key in chosen if key]
        return found
