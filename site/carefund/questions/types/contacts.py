"""How to reach somebody. What cannot be an address, a number or a postcode is refused at once."""

import re
from abc import abstractmethod
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from ..fields import TextField
from .base import Options, QuestionType
from .registry import register

LONGEST = 300
DIGITS = (7, 15)
PHONE = re.compile(r"\+?[0-9() .-]+(?:(?:ext|x)\.? ?[0-9]{1,6})?", re.IGNORECASE)
POSTCODE = re.compile(r"(GIR ?0AA|[A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})")
web_address = URLValidator(schemes=["https", "http"])


class Contact(QuestionType):
    """One line that has to be well formed; `told` says how."""

    group = "Contacts"
    in_groups = in_tables = True
    told = ""
    looks: dict[str, Any] = {}

    @abstractmethod
    def is_right(self, value: str) -> bool: ...

    def field(self, question: Any, base: dict[str, Any]) -> forms.Field:
        def check(value: str) -> None:
            if not self.is_right(self.store(value)):
                raise ValidationError(self.told, code="invalid")

        made = TextField(**base)
        made.validators.append(check)
        return made

    def field_settings(self, question: Any) -> dict[str, Any]:
        return dict(self.looks)

    def wrong(self, value: Any, options: Options) -> str:
        right = len(value) <= LONGEST and self.is_right(value)
        return "" if right else f"{self.told}."


@register
class Email(Contact):
    name = "email"
    title = "Email address"
    icon = "mail"
    help = "An address to write to. It is taken out when the bid’s time is over."
    holds_contact = True
    told = "Enter an email address, such as name@example.gov.uk"
    looks = {"type": "email", "autocomplete": "email", "spellcheck": False}

    def is_right(self, value: str) -> bool:
        try:
            validate_email(value)
        except ValidationError:
            return False
        return True


@register
class Telephone(Contact):
    name = "telephone"
    title = "Telephone number"
    icon = "mobile-alt"
    help = "A telephone number. It is taken out when the bid’s time is over."
    holds_contact = True
    told = "Enter a telephone number, such as 0113 496 0000 or +44 113 496 0000"
    looks = {"type": "tel", "autocomplete": "tel", "classes": "govuk-input--width-20"}

    def is_right(self, value: str) -> bool:
        fewest, most = DIGITS
        digits = sum(letter.isdigit() for letter in value)
        return bool(PHONE.fullmatch(value)) and fewest <= digits <= most + len("123456")


@register
class WebAddress(Contact):
    name = "url"
    title = "Web address"
    icon = "link"
    help = "The address of a page on the web."
    told = "Enter a web address, such as https://www.example.gov.uk"
    looks = {"type": "url", "spellcheck": False}

    def is_right(self, value: str) -> bool:
        try:
            web_address(value)
        except ValidationError:
            return False
        return True

    def store(self, cleaned: Any) -> Any:
        text = (cleaned or "").strip()
        return f"https://{text}" if text and "://" not in text and "." in text else text


@register
class Postcode(Contact):
    name = "postcode"
    title = "Postcode"
    icon = "crosshairs"
    group = "Places and organisations"
    help = "A postcode of the United Kingdom."
    told = "Enter a full postcode, such as LS1 4AP"
    looks = {"classes": "govuk-input--width-10", "autocomplete": "postal-code"}

    def is_right(self, value: str) -> bool:
        return bool(POSTCODE.fullmatch(value))

    def store(self, cleaned: Any) -> Any:
        """A postcode in its usual spelling; what is none stays as it was typed."""
        text = "".join((cleaned or "").split()).upper()
        found = POSTCODE.fullmatch(text)
        return f"{found[1]} {found[2]}" if found else (cleaned or "")
