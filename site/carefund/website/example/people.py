"""The people of the example. Every name says that it is a sample."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from carefund.accounts.actions import add_person
from carefund.accounts.codes import give_app
from carefund.accounts.models import User
from carefund.accounts.roles import AuthorityRole, StaffRole
from carefund.core.actors import SYSTEM
from programmes.funds.models import RoleAssignment
from programmes.organisations.models import (
    Capacity,
    Membership,
    Organisation,
    OrganisationDomain,
    Region,
)

from ..editors import follow_roles

# Written on the sign-in page; `load_example` refuses to run in production.
PASSWORD = "digital-care-at-home"  # noqa: S105 - for the example only
DOMAIN = "carefund.example"


@dataclass(frozen=True)
class Example:
    email: str
    name: str
    role: str
    organisation: str = ""


STAFF = (
    Example("officer", "Sample programme officer", StaffRole.PROGRAMME_OFFICER),
    Example("senior", "Sample senior officer", StaffRole.SENIOR_OFFICER),
    Example("finance", "Sample finance officer", StaffRole.FINANCE_OFFICER),
    Example("assessor.one", "Sample assessor one", StaffRole.ASSESSOR),
    Example("assessor.two", "Sample assessor two", StaffRole.ASSESSOR),
    Example("editor", "Sample editor", StaffRole.EDITOR),
    Example("analyst", "Sample analyst", StaffRole.ANALYST),
    Example("adviser", "Sample minister’s adviser", StaffRole.MINISTERS_TEAM),
    Example("auditor", "Sample auditor", StaffRole.AUDITOR),
    Example("administrator", "Sample service administrator", StaffRole.ADMINISTRATOR),
)
COUNCILS = {
    "XX-SAMPLE-EXAMPLESHIRE": ("Exampleshire County Council (fictional)", "exampleshire", "CTY"),
    "XX-SAMPLE-SAMPLEBRIDGE": ("Samplebridge City Council (fictional)", "samplebridge", "UA"),
}
COUNCIL_ROLES = (
    ("author", "bid author", AuthorityRole.BID_AUTHOR),
    ("certifier", "finance certifier", AuthorityRole.FINANCE_CERTIFIER),
    ("lead", "project lead", AuthorityRole.PROJECT_LEAD),
    ("admin", "administrator", AuthorityRole.ADMINISTRATOR),
    ("viewer", "viewer", AuthorityRole.VIEWER),
)


def load() -> dict[str, User]:
    """Everybody, by the part of the address before the @."""
    people = {example.email: _staff(example) for example in STAFF}
    for org_id, (name, short, kind) in COUNCILS.items():
        council = fictional_authority(org_id, name, kind, "South East")
        OrganisationDomain.objects.create(
            organisation=council, domain=f"{short}.{DOMAIN}", valid_from=date(2024, 4, 1)
        )
        for key, words, role in COUNCIL_ROLES:
            person = _person(f"{key}.{short}", f"Sample {words}, {short.title()}")
            capacity = Capacity.SECTION_151 if role == AuthorityRole.FINANCE_CERTIFIER else ""
            Membership.objects.create(
                organisation=council, user=person, role=role, capacity=capacity
            )
            people[f"{key}.{short}"] = person
    return people


def _person(key: str, name: str) -> User:
    return add_person(
        email=f"{key}@{DOMAIN}", name=name, password=PASSWORD, is_sample=True, by=SYSTEM
    )


def _staff(example: Example) -> User:
    person = _person(example.email, example.name)
    RoleAssignment.objects.create(user=person, role=example.role)
    give_app(person)
    follow_roles(person)
    return person


def give_missing_apps() -> None:
    """For an example that was loaded before staff had to show a second factor."""
    staff = User.objects.filter(is_sample=True, role_assignments__isnull=False)
    for person in staff.filter(authenticator__isnull=True).distinct():
        give_app(person)


def fictional_authority(org_id: str, name: str, kind: str, region: str) -> Organisation:
    return Organisation.objects.create(
        kind=Organisation.Kind.LOCAL_AUTHORITY,
        name=name,
        short_name=name,
        org_id=org_id,
        authority_type=kind,
        region=Region.objects.get(name=region),
        valid_from=date(1974, 4, 1),
        is_sample=True,
    )


def listing() -> list[dict[str, str]]:
    """Who can sign in as what, for the sign-in page and the console."""
    if not settings.CAREFUND_EXAMPLE:
        return []
    staff = [
        {
            "name": person.name,
            "email": f"{person.email}@{DOMAIN}",
            "roles": StaffRole(person.role).label,
            "organisation": "The department",
        }
        for person in STAFF
    ]
    councils = [
        {
            "name": f"Sample {words}, {short.title()}",
            "email": f"{key}.{short}@{DOMAIN}",
            "roles": role.label,
            "organisation": name,
        }
        for name, short, _ in COUNCILS.values()
        for key, words, role in COUNCIL_ROLES
    ]
    return staff + councils
