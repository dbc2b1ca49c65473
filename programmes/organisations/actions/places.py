"""Organisations are renamed, get other codes and email domains: each from a day on."""

import re
from datetime import date, datetime, time

from django.db import transaction

from carefund.core import clock
from carefund.core.actors import Actor
from carefund.core.errors import Refused
from carefund.core.permissions import require
from carefund.core.record import record

from ..models import FormerCode, Organisation, OrganisationDomain, OrganisationName

ADMINISTER = "organisations.administer"
DOMAIN = re.compile(r"(?=.{4,120}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}")
# Addresses that anybody can have belong to no organisation.
EVERYBODYS = {"gmail.com", "hotmail.com", "outlook.com", "yahoo.com", "icloud.com", "gov.uk"}


def rename(
    *, organisation: Organisation, name: str, short_name: str, on: date, reason: str, by: Actor
) -> OrganisationName:
    """The organisation is called `name` from `on`; what was before keeps its name."""
    require(by, ADMINISTER)
    if not name.strip() or not reason.strip():
        raise Refused("Enter the new name and the reason.")
    with transaction.atomic():
        locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        names = locked.names.order_by("valid_from")
        if not names:
            names.create(
                organisation=locked,
                name=locked.name,
                short_name=locked.short_name,
                valid_from=locked.valid_from,
                recorded_at=datetime.combine(locked.valid_from, time(), clock.LONDON),
            )
        last = names.last()
        if on > clock.today() or (last and on <= last.valid_from):
            raise Refused("Enter a day that has come and is after the last change of name.")
        row = OrganisationName.objects.create(
            organisation=locked,
            name=name.strip(),
            short_name=short_name.strip() or name.strip(),
            valid_from=on,
            recorded_at=clock.now(),
        )
        before, locked.name, locked.short_name = locked.name, row.name, row.short_name
        locked.save(update_fields=["name", "short_name"])
        changes = {"name": (before, row.name)}
        record("organisation.rename", locked, by=by, changes=changes, reason=reason)
    return row


def change_code(*, organisation: Organisation, gss_code: str, on: date, by: Actor) -> Organisation:
    """The organisation has another GSS code from `on`; the old one is kept with its last day."""
    require(by, ADMINISTER)
    code = gss_code.strip().upper()
    if not re.fullmatch(r"[EWSN]\d{8}", code):
        raise Refused("Enter a GSS code, like E06000063.")
    if on > clock.today():
        raise Refused("Enter a day that has come.")
    with transaction.atomic():
        locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        before = locked.gss_code
        if before == code:
            raise Refused("The organisation already has this code.")
        if before:
            FormerCode.objects.update_or_create(
                organisation=locked, gss_code=before, defaults={"valid_to": on}
            )
        locked.gss_code = code
        locked.save(update_fields=["gss_code"])
        record("organisation.change_code", locked, by=by, changes={"gss_code": (before, code)})
    return locked


def add_domain(*, organisation: Organisation, domain: str, by: Actor) -> OrganisationDomain:
    """People with a confirmed address at `domain` may ask to join from today."""
    require(by, ADMINISTER)
    text = domain.strip().lower().removeprefix("@")
    if not DOMAIN.fullmatch(text):
        raise Refused("Enter a domain, like exampleshire.gov.uk.")
    if text in EVERYBODYS:
        raise Refused("Anybody can have an address there, so it belongs to no organisation.")
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        if organisation.domains.filter(domain=text, valid_to__isnull=True).exists():
            raise Refused("The organisation has this domain already.")
        row = OrganisationDomain.objects.create(
            organisation=organisation, domain=text, valid_from=clock.today()
        )
        record("organisation.add_domain", organisation, by=by, changes={"domain": (None, text)})
    return row


def end_domain(*, domain: OrganisationDomain, by: Actor) -> None:
    """Nobody can ask to join by this domain from today. Members stay members."""
    require(by, ADMINISTER)
    with transaction.atomic():
        locked = OrganisationDomain.objects.select_for_update(of=("self",)).get(pk=domain.pk)
        if locked.valid_to is not None:
            return
        record(
            "organisation.end_domain",
            locked.organisation,
            by=by,
            changes={"domain": (locked.domain, None)},
        )
        if locked.valid_from >= clock.today():
            locked.delete()
            return
        locked.valid_to = clock.today()
        locked.save(update_fields=["valid_to"])
