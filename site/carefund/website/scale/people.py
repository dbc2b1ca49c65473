"""Authorities, boards, and the people who work in them and in the department."""

from datetime import date

from carefund.accounts.models import User
from carefund.accounts.roles import AuthorityRole, StaffRole
from programmes.funds.models import RoleAssignment
from programmes.organisations.models import BoardShare, Membership, Organisation, Region

from .world import Place, World, at

BEGAN = date(2016, 4, 1)
NORTHS = ["North", "South", "East", "West", "Upper", "Lower", "Great", "Little", "Old", "New"]
MIDDLES = ["Ash", "Beck", "Carl", "Dun", "Elm", "Fern", "Glen", "Hazel", "Ivel", "Kest", "Lark"]
ENDS = ["mere", "ford", "wick", "dale", "combe", "stow", "bridge", "haven"]
REGIONS = [
    "East Midlands", "East of England", "London", "North East", "North West", "South East",
    "South West", "West Midlands", "Yorkshire and The Humber",
]  # fmt: skip
STAFF = [
    (StaffRole.PROGRAMME_OFFICER, 8),
    (StaffRole.SENIOR_OFFICER, 3),
    (StaffRole.FINANCE_OFFICER, 3),
    (StaffRole.ASSESSOR, 24),
    (StaffRole.ANALYST, 2),
    (StaffRole.AUDITOR, 1),
    (StaffRole.MINISTERS_TEAM, 1),
]
AUTHORITY = [
    (AuthorityRole.ADMINISTRATOR, 1),
    (AuthorityRole.BID_AUTHOR, 2),
    (AuthorityRole.FINANCE_CERTIFIER, 1),
    (AuthorityRole.PROJECT_LEAD, 2),
    (AuthorityRole.VIEWER, 1),
]


def make(world: World) -> int:
    """Everybody; returns the organisation that funds."""
    regions = [_region(number, name) for number, name in enumerate(REGIONS)]
    funder = _organisation(world, 0, Organisation.Kind.DEPARTMENT, "Sample Department", None)
    world.boards = [
        _organisation(world, n, Organisation.Kind.INTEGRATED_CARE_BOARD, f"Sample Board {n}", None)
        for n in range(1, 43)
    ]
    wanted = max(4, min(320, (world.sizes.bids + world.sizes.grants) // 30))
    for number in range(1, wanted + 1):
        world.places.append(_place(world, number, regions[number % len(regions)]))
    _staff(world)
    world.bulk.flush()
    return funder


def _region(number: int, name: str) -> int:
    row, _ = Region.objects.get_or_create(name=name, defaults={"code": f"X{number:08d}"})
    return int(row.pk)


def _organisation(world: World, number: int, kind: str, name: str, region: int | None) -> int:
    authority = kind == Organisation.Kind.LOCAL_AUTHORITY
    return world.bulk.add(
        Organisation,
        kind=kind,
        name=name,
        short_name=name,
        org_id=f"XX-SCALE-{kind.upper()}-{number:04d}",
        authority_type="UA" if authority else "",
        region_id=region,
        valid_from=BEGAN,
        is_sample=True,
    )


def _person(world: World, name: str, email: str) -> int:
    return world.bulk.add(
        User,
        password="!",  # noqa: S106 - no password opens this account
        email=email,
        name=name,
        date_joined=at(BEGAN),
        is_sample=True,
    )


def _place_name(number: int) -> str:
    first = NORTHS[number % len(NORTHS)]
    middle = MIDDLES[number // len(NORTHS) % len(MIDDLES)]
    return f"{first} {middle}{ENDS[number % len(ENDS)]}"


def _place(world: World, number: int, region: int) -> Place:
    name = f"{_place_name(number)} Council"
    kind = Organisation.Kind.LOCAL_AUTHORITY
    pk = _organisation(world, number, kind, name, region)
    board = world.boards[number % len(world.boards)]
    place = Place(pk, name, f"XX-SCALE-{kind.upper()}-{number:04d}", board)
    world.bulk.add(
        BoardShare, authority_id=pk, board_id=board, share=1, is_primary=True, valid_from=BEGAN
    )
    people: dict[str, list[int]] = {}
    for role, count in AUTHORITY:
        for copy in range(1, count + 1):
            label = f"{role.label} {copy}, {name}"
            person = _person(world, label, f"{role.value}{copy}@council{number}.example")
            people.setdefault(role, []).append(person)
            world.bulk.add(
                Membership, organisation_id=pk, user_id=person, role=role, started_at=at(BEGAN)
            )
    (place.chief,) = people[AuthorityRole.ADMINISTRATOR]
    (place.certifier,) = people[AuthorityRole.FINANCE_CERTIFIER]
    place.authors = people[AuthorityRole.BID_AUTHOR]
    place.leads = people[AuthorityRole.PROJECT_LEAD]
    return place


def _staff(world: World) -> None:
    found: dict[str, list[int]] = {}
    for role, count in STAFF:
        for copy in range(1, count + 1):
            label = f"{role.label} {copy}"
            person = _person(world, label, f"{role.value}{copy}@department.example")
            found.setdefault(role, []).append(person)
            world.bulk.add(RoleAssignment, user_id=person, role=role, started_at=at(BEGAN))
    world.officers = found[StaffRole.PROGRAMME_OFFICER]
    world.seniors = found[StaffRole.SENIOR_OFFICER]
    world.finance = found[StaffRole.FINANCE_OFFICER]
    world.assessors = found[StaffRole.ASSESSOR]
