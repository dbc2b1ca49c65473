"""What a field finds wrong, in the service's words where the framework has its own."""

from django import forms
from django.utils.functional import Promise

from .limits import subject

CHOOSING = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)
# Labels that begin so stand in a sentence without an article.
ALONE = {
    *("a", "all", "an", "any", "at", "each", "every", "how", "no", "one", "the", "what"),
    *("when", "where", "which", "who", "whose", "why", "your"),
}
# By code. A field that never raises one of them is not hurt by knowing it.
EVERY = {
    "max_length": "{subject} must be %(limit_value)d characters or fewer",
    "min_length": "{subject} must be %(limit_value)d characters or more",
    "min_value": "{subject} must be %(limit_value)s or more",
    "max_value": "{subject} must be %(limit_value)s or less",
    "max_decimal_places": "{subject} has too many digits after the point: %(max)s at most",
    "max_digits": "{subject} has too many digits: %(max)s at most",
    "max_whole_digits": "{subject} has too many digits before the point: %(max)s at most",
    "null_characters_not_allowed": "Take out characters that cannot be seen, and type them anew",
}
CHOICE = dict.fromkeys(("invalid_choice", "invalid_pk_value", "invalid_list"), "{choose}")
NUMBER = "{subject} must be a number, like 12.5"
# The first class that fits. Only these are told of `invalid`: a validator of a text may say it.
OF_KIND: tuple[tuple[type[forms.Field], dict[str, str]], ...] = (
    (forms.FloatField, {"invalid": NUMBER}),
    (forms.DecimalField, {"invalid": NUMBER}),
    (forms.IntegerField, {"invalid": "{subject} must be a whole number, like 12"}),
    (forms.TimeField, {"invalid": "{subject} must be a time, like 16:00"}),
    (forms.EmailField, {"invalid": "Enter an email address, like name@example.gov.uk"}),
    (
        forms.SlugField,
        {"invalid": "{subject} may have letters, numbers and hyphens only, like care-at-home"},
    ),
    (forms.URLField, {"invalid": "Enter a whole web address, like https://www.example.gov.uk"}),
    (forms.FileField, {"empty": "The file is empty. Choose another one"}),
    (forms.ModelChoiceField, CHOICE),
    (forms.ChoiceField, CHOICE),
)


def put_into_words(field: forms.Field) -> None:
    """Messages that somebody wrote stay; what the framework says is marked for translation."""
    label = str(field.label or "")
    plain = "%" not in label
    words = {
        "subject": subject(field, "Your answer") if plain else "Your answer",
        "choose": f"Choose {named(label)} from the list"
        if plain and label and not label.endswith("?")
        else "Choose one of the answers given",
    }
    own = next((found for kind, found in OF_KIND if isinstance(field, kind)), {})
    known = field.error_messages
    for code, message in {**EVERY, **own}.items():
        if known.get(code) is None or isinstance(known[code], Promise):
            known[code] = message.format(**words)


def required_message(field: forms.Field, label: str) -> str:
    if label.endswith("?"):
        return f"Answer the question: {label}"
    wanted = lower_first(label)
    if isinstance(field, forms.FileField):
        return f"Choose a file: {wanted}"
    if isinstance(field, forms.BooleanField):
        return f"Tick the box: {wanted}"
    return f"{'Choose' if isinstance(field.widget, CHOOSING) else 'Enter'} {named(label)}"


def named(label: str) -> str:
    """Reason is the reason, in a sentence; your name and how much are just that."""
    wanted = lower_first(label)
    return wanted if wanted.split(" ")[0] in ALONE else f"the {wanted}"


def lower_first(text: str) -> str:
    """Project title reads on as project title; NHS number stays as it is."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
