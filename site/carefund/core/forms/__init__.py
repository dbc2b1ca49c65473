"""What every form of the service is made of; the face renders these with `{% field %}`."""

from .dates import DateField, DateParts
from .fields import CheckboxesField, MoneyField, RadioField
from .gov import FilterForm, GovForm, Offered, offer
from .limits import WordLimit

__all__ = [
    "CheckboxesField",
    "DateField",
    "DateParts",
    "FilterForm",
    "GovForm",
    "MoneyField",
    "Offered",
    "RadioField",
    "WordLimit",
    "offer",
]
