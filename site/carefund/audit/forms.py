import ipaddress
from datetime import datetime, time
from typing import Any, cast

from django import forms
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from carefund.core import clock
from carefund.core.forms.filters import ListFilter, words

from .models import Entry, Particulars
from .telling import known_verbs, telling

OURS = ("carefund.", "programmes.", "grants.", "reports.")
MOST_PEOPLE = 200
SYSTEM = {"system", "the system", "the service"}


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


def _verbs() -> list[tuple[str, str]]:
    return [("", "All"), *((verb, telling(verb).words) for verb in known_verbs())]


def _kinds() -> list[tuple[str, str]]:
    ours = [m._meta for m in apps.get_models() if m.__module__.startswith(OURS)]
    found = sorted((str(meta.verbose_name).capitalize(), meta.label_lower) for meta in ours)
    return [("", "All"), *((label, name) for name, label in found)]


class RecordFilter(ListFilter):
    """What an auditor looks for. Each filter has an index, so that long records stay quick."""

    person = words("Person (name, email address or “the system”)")
    verb = forms.ChoiceField(label="What was done", required=False, choices=_verbs)
    kind = forms.ChoiceField(label="Kind of thing", required=False, choices=_kinds)
    reference = words("Reference, or request number")
    since = _day("From")
    until = _day("To")
    address = words("Internet address")

    def apply(self, rows: QuerySet[Entry]) -> QuerySet[Entry]:
        for name in self.fields:
            if value := self.chosen(name):
                rows = cast("QuerySet[Entry]", getattr(self, f"_by_{name}")(rows, value))
        return rows

    @property
    def wanted(self) -> dict[str, str]:
        """What was asked for, as the record of an export holds it."""
        return {name: str(self.chosen(name)) for name in self.fields if self.chosen(name)}

    def _by_person(self, rows: Any, text: str) -> Any:
        if text.strip().lower() in SYSTEM:
            return rows.filter(actor__isnull=True)
        people = get_user_model()._default_manager.filter(
            Q(name__icontains=text) | Q(email__icontains=text)
        )
        found = list(people.values_list("pk", flat=True)[:MOST_PEOPLE])
        return rows.filter(actor_id__in=found)

    def _by_verb(self, rows: Any, verb: str) -> Any:
        return rows.filter(verb=verb)

    def _by_kind(self, rows: Any, label: str) -> Any:
        return rows.filter(object_type=ContentType.objects.get_by_natural_key(*label.split(".")))

    def _by_reference(self, rows: Any, text: str) -> Any:
        """Three short ways by index, put together: one question with ORs reads all of it."""
        text = text.strip()
        named = Particulars.objects.order_by().values("entry_id")
        requests = Entry.objects.order_by().filter(request_id=text).values("pk")
        found = requests.union(
            *(named.filter(object_name__startswith=words) for words in {text, text.upper()})
        )
        return rows.filter(pk__in=found)

    def _by_since(self, rows: Any, day: Any) -> Any:
        return rows.filter(at__gte=datetime.combine(day, time.min, clock.LONDON))

    def _by_until(self, rows: Any, day: Any) -> Any:
        return rows.filter(at__lte=clock.end_of_day(day))

    def _by_address(self, rows: Any, text: str) -> Any:
        try:
            wanted = str(ipaddress.ip_address(text.strip()))
        except ValueError:
            return rows.none()
        return rows.filter(particulars__address=wanted)
