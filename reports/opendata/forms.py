from django import forms

from carefund.core.forms import CheckboxesField, FilterForm

FACETS = ("programme", "region", "theme", "year")


class RegisterFilter(FilterForm):
    q = forms.CharField(label="Search", max_length=100)
    programme = CheckboxesField(label="Programme", choices=())
    region = CheckboxesField(label="Region", choices=())
    theme = CheckboxesField(label="Theme", choices=())
    year = CheckboxesField(label="Year of the award", choices=())

    def __init__(self, data, choices):
        """`choices` are those of `queries.Tally`, by the name of the filter."""
        super().__init__(data)
        for name in FACETS:
            self.fields[name].choices = choices[name]

    @staticmethod
    def asked(data) -> dict:
        """What the address asks for; a year that is none asks for nothing."""
        wanted: dict = {name: data.getlist(name) for name in FACETS}
        wanted["year"] = [y for y in wanted["year"] if y.isdecimal() and len(y) == len("2018")]
        wanted["q"] = data.get("q", "").strip()[:100]
        return wanted
