from django import forms

from carefund.core.forms import CheckboxesField, DateField, GovForm, RadioField

from ..models import Attendance, Panel


class PanelForm(GovForm, forms.Form):
    met_on = DateField(label="When did the panel meet?")
    note = forms.CharField(
        label="Notes",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )

    def __init__(self, data, *, people):
        super().__init__(data)
        self.people = {f"part-{person.pk}": person for person in people}
        for name, person in self.people.items():
            self.fields[name] = forms.ChoiceField(
                label=str(person),
                choices=[("", "Not of this panel"), *Attendance.Part.choices],
                required=False,
            )
        self.order_fields(["met_on", *self.people, "note"])

    def attendance(self):
        chosen = ((person, self.cleaned_data[name]) for name, person in self.people.items())
        return [(person, part) for person, part in chosen if part]


class AgreeForm(GovForm, forms.Form):
    """The panel's score for each criterion of a bid, and why."""

    panel = forms.ModelChoiceField(
        Panel.objects.none(), label="Panel", empty_label="Choose a panel"
    )

    def __init__(self, data, *, panels, criteria, means, people, aside):
        super().__init__(data)
        self.criteria = list(criteria)
        self.fields["panel"].queryset = panels
        self.fields["panel"].label_from_instance = lambda panel: f"{panel.met_on:%-d %B %Y}"
        for criterion in self.criteria:
            scale = range(criterion.highest_score + 1)
            mean = means.get(criterion.code)
            self.fields[f"score-{criterion.code}"] = RadioField(
                label=f"Agreed score for {criterion.title}",
                help_text=f"The assessors' mean is {mean}." if mean is not None else "",
                choices=[(str(number), str(number)) for number in scale],
            )
        self.fields["stood_aside"] = CheckboxesField(
            label="Who stood aside because of a conflict?",
            choices=[(str(person.pk), str(person)) for person in people],
            initial=[str(person.pk) for person in aside],
            required=False,
        )
        self.people = {str(person.pk): person for person in people}
        self.fields["rationale"] = forms.CharField(
            label="Why did the panel agree on this score?",
            widget=forms.Textarea(attrs={"rows": 5}),
            max_length=8000,
        )

    def scores(self):
        return {c.code: int(self.cleaned_data[f"score-{c.code}"]) for c in self.criteria}

    def aside(self):
        return [self.people[key] for key in self.cleaned_data["stood_aside"]]
