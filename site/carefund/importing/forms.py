from django import forms

from carefund.core.forms import GovForm


class UploadForm(GovForm, forms.Form):
    file = forms.FileField(label="Spreadsheet", help_text="CSV (UTF-8) or XLSX, at most 20 MB")
