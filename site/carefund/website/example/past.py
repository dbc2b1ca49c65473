"""The demonstrators of 2018, the pathfinders of 2020 and the technology fund of 2023 to 2024."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from carefund.core import clock
from carefund.core.actors import SYSTEM
from carefund.core.money import share
from carefund.core.tables import rows
from programmes.calls import actions as calls
from programmes.calls.models import Call
from programmes.funds.models import Programme
from programmes.organisations.models import Organisation

from . import samples
from .awards import award, recipient
from .calls import (
    AUTHORITY,
    BOARD,
    CHARITY,
    OTHER,
    PROVIDER,
    PastCall,
    at,
    give_budget,
    make_programme,
    run_call,
)
from .people import fictional_authority

DATA = Path(__file__).parent / "data"
UNNAMED = 9  # projects nobody has published, the last of them a charity’s
Kind = Organisation.Kind
KINDS = {
    "local authority": Kind.LOCAL_AUTHORITY,
    "charity": Kind.CHARITY,
    "care provider": Kind.CARE_PROVIDER,
    "ICB": Kind.INTEGRATED_CARE_BOARD,
    "unclear": Kind.OTHER,
}


def _close(call: Call, moment: datetime) -> None:
    """Close a call whose awards were published, and say that it is decided."""
    with clock.replaying(moment):
        calls.close_call(call=call)
        calls.start_assessment(call=call, by=SYSTEM)
        calls.decide(call=call, by=SYSTEM)


def load_demonstrators() -> Programme:
    """18 awards to 17 councils: Nottinghamshire has two."""
    found = list(rows(DATA / "demonstrators_2018.csv"))
    themes = sorted({row["theme"] for row in found})
    programme = make_programme(
        code="demonstrators-2018",
        name="NHS Digital social care demonstrators 2018",
        prefix="DEM",
        summary="Councils that show how information can move between health and social care, and "
        "how data can help to act before a crisis.",
        funder="GB-GOR-PB1202",
        senior_responsible_owner="Senior responsible owner, NHS Digital",
        starts_on=date(2018, 9, 1),
        ends_on=date(2020, 3, 31),
        announced_total=Decimal(1400000),
        source=found[0]["source"],
        themes=[(f"theme-{n}", name) for n, name in enumerate(themes, 1)],
    )
    with clock.replaying(at(date(2018, 9, 3))):
        reason = "The programme as announced: £1.4 million"
        give_budget(programme, {(2018, "revenue"): "1400000.00"}, reason)
    call = run_call(
        programme,
        PastCall(
            code="demonstrators-2018-call",
            title="Social care demonstrators 2018",
            summary="Three themes for councils: health information into social care, social care "
            "information into health, and predictive analytics for prevention. The dates of the "
            "call were not published; those shown are samples.",
            opens=at(date(2018, 9, 5)),
            closes=at(date(2018, 9, 14), 12),
            total="1400000.00",
            largest="120000.00",
            project=(date(2018, 10, 1), date(2019, 9, 30)),
            counts={"awards": 18, "councils": 17},
            source=found[0]["source"],
            themes=programme.themes.all(),
        ),
    )
    for theme, group in groupby(found, key=lambda row: row["theme"]):
        _demonstrators(call, theme, list(group))
    _close(call, at(date(2018, 9, 20), 11))
    return programme


def _demonstrators(call: Call, theme: str, group: list[dict[str, str]]) -> None:
    amounts = share(Decimal(group[0]["theme_total"]), [1] * len(group))
    for row, amount in zip(group, amounts, strict=True):
        award(
            call=call,
            organisation=Organisation.objects.get(org_id=row["org_id"]),
            title=f"{theme}: {row['name']}",
            summary="The project’s description was not published.",
            amount=amount,
            pots=[((2018, "revenue"), 1)],
            decided=at(date(2018, 9, 20), 10),
            source=row["source"],
            precision="sample: an equal share of the theme’s total, "
            f"{row['theme_total_precision'].split(' (')[0]}",
            theme=call.programme.themes.get(name=theme),
        )


def load_pathfinders() -> Programme:
    """16 awards of £4.5 million; seven are known by name, one of them by amount."""
    programme = make_programme(
        code="pathfinders-2020",
        name="Social Care Digital Pathfinders 2020",
        prefix="PAT",
        summary="£4.5 million for 13 local authorities and 3 charitable trusts to roll out "
        "products that had been piloted in small areas, within 13 months.",
        funder="GB-GOR-PB1202",
        senior_responsible_owner="Senior responsible owner, NHS Digital",
        starts_on=date(2020, 1, 1),
        ends_on=date(2021, 9, 30),
        announced_total=Decimal(4500000),
        source="https://digital.nhs.uk/news/2020/digital-pathfinders",
        themes=[("sharing", "Standard information, shared between organisations")],
    )
    with clock.replaying(at(date(2020, 1, 7))):
        pots = {(2019, "revenue"): "450000.00", (2020, "revenue"): "4050000.00"}
        give_budget(programme, pots, "£4.5 million as announced; the split by year is a sample")
    call = run_call(
        programme,
        PastCall(
            code="pathfinders-2020-call",
            title="Social Care Digital Pathfinders",
            summary="For products that have proved themselves in a small area. The dates of the "
            "call and its rules were not published; those shown are samples.",
            opens=at(date(2020, 1, 8)),
            closes=at(date(2020, 1, 31), 12),
            total="4500000.00",
            largest="300000.00",
            project=(date(2020, 3, 1), date(2021, 3, 31)),
            kinds=[AUTHORITY, CHARITY],
            counts={"awards": 16},
            source="https://digital.nhs.uk/news/2020/digital-pathfinders",
        ),
    )
    for title, organisation, amount, precision, source, benefits in _pathfinders():
        award(
            call=call,
            organisation=organisation,
            title=title,
            summary=title,
            amount=amount,
            pots=[((2019, "revenue"), 1), ((2020, "revenue"), 9)],
            decided=at(date(2020, 2, 12), 10),
            source=source,
            precision=precision,
            benefits=benefits,
        )
    _close(call, at(date(2020, 2, 12), 11))
    return programme


def _pathfinders() -> Iterator[tuple[str, Organisation, Decimal, str, str, Any]]:
    known = list(rows(DATA / "pathfinders_2020.csv"))
    rest = share(Decimal(4500000) - Decimal(300000), [1] * 15)
    for row in known:
        organisation = recipient(row["org_id"], row["name"], KINDS[row["kind"]])
        if row["amount"]:
            amount, precision = Decimal(row["amount"]), "as reported: over £300,000"
            benefits = [_red_bag_benefit()]
        else:
            amount, benefits = rest.pop(), None
            precision = "sample: an equal share of what is left of £4.5 million"
        yield row["project"], organisation, amount, precision, row["source"], benefits
    for number in range(UNNAMED):
        place = samples.PLACES[-1 - number]
        if number < UNNAMED - 1:
            organisation = fictional_authority(
                f"XX-SAMPLE-P{number + 1}", f"{place} Council (fictional)", "UA", "East of England"
            )
        else:
            organisation = recipient("", f"{place} Care Trust (fictional)", Kind.CHARITY)
            Organisation.objects.filter(pk=organisation.pk).update(is_sample=True)
            organisation.refresh_from_db()
        title = samples.THINGS[number % len(samples.THINGS)]
        yield title, organisation, rest.pop(), "sample", "", None


def _red_bag_benefit() -> dict[str, Any]:
    """The published evidence: 17.4 days without the red bag, 13.4 with it, £167,000 a year."""
    return {
        "title": "Shorter hospital stays of care-home residents",
        "class": "crb",
        "measure": "Average length of a resident’s stay in hospital",
        "unit": "days",
        "baseline": "17.4",
        "baseline_on": "2019-03-31",
        "target": "13.4",
        "owner": "Head of integrated care (sample)",
        "unit_value": "41750.00",
        "unit_value_source": "£167,000 a year for 4 days, as reported",
        "attribution": "100",
        "forecast": {"2021": "167000.00", "2022": "167000.00", "2023": "167000.00"},
        "source": "https://local.gov.uk/sutton-red-bag-approach",
        "sample": False,
    }


def load_technology_fund() -> Programme:
    """Two waves; the amounts of the first are exact, those of the second rounded as reported."""
    programme = make_programme(
        code="asc-technology-fund",
        name="Adult Social Care Technology Fund",
        prefix="ATF",
        summary="Promising care technology tested at scale. At least 20% of each award is spent on "
        "evaluating what it changes.",
        funder="GB-GOR-D12",
        senior_responsible_owner="Senior responsible owner, DHSC",
        starts_on=date(2023, 4, 1),
        ends_on=date(2026, 3, 31),
        source="https://www.digitalhealth.net/2023/10/"
        "adult-social-care-technology-fund-awards-first-3-million/",
        themes=[
            ("quality", "Quality and safety of care"),
            ("admissions", "Fewer avoidable admissions"),
            ("independence", "Independence at home"),
        ],
    )
    with clock.replaying(at(date(2023, 4, 3))):
        pots = {
            (2023, "revenue"): "4000000.00",
            (2023, "capital"): "1000000.00",
            (2024, "revenue"): "6000000.00",
            (2024, "capital"): "1000000.00",
        }
        give_budget(programme, pots, "Sample budget; the fund’s yearly budget was not published")
    for wave, opens, project in (
        (1, date(2023, 4, 24), (date(2023, 11, 1), date(2025, 3, 31))),
        (2, date(2023, 11, 6), (date(2024, 4, 1), date(2025, 9, 30))),
    ):
        _wave(programme, wave, opens, project)
    return programme


def _wave(programme: Programme, wave: int, opens: date, project: tuple[date, date]) -> None:
    found = [row for row in rows(DATA / "technology_fund.csv") if int(row["wave"]) == wave]
    announced = date.fromisoformat(found[0]["announced_on"])
    call = run_call(
        programme,
        PastCall(
            code=f"asc-technology-fund-wave-{wave}",
            title=f"Adult Social Care Technology Fund: wave {wave}",
            summary="At least one of three priorities: quality and safety of care, fewer avoidable "
            "admissions, independence at home. 20% of the award pays for evaluation. The fund took "
            "expressions of interest all year; the dates shown are samples.",
            opens=at(opens),
            closes=at(announced.replace(day=1), 12),
            total="5000000.00",
            largest="1500000.00",
            project=project,
            kinds=[AUTHORITY, BOARD, PROVIDER, CHARITY, OTHER],
            counts={"awards": len(found)},
            source=found[0]["source"],
            themes=programme.themes.all(),
        ),
    )
    pots = (
        [((2023, "revenue"), 5), ((2024, "revenue"), 4), ((2024, "capital"), 1)]
        if wave == 1
        else [((2024, "revenue"), 4), ((2024, "capital"), 1)]
    )
    for row in found:
        unknown = not row["amount"]
        source = "; ".join(filter(None, (row["source"], row["note"])))
        award(
            call=call,
            organisation=recipient(row["org_id"], row["name"], KINDS[row["kind"]], source),
            title=row["project"].split(";")[0].split(":")[0].split("(")[0].strip(),
            summary=row["project"],
            amount=Decimal(row["amount"] or 400000),
            pots=[((2024, "revenue"), 1)] if unknown else pots,
            decided=at(announced, 10),
            source=source,
            precision="sample: the amount was not published" if unknown else row["precision"],
        )
    _close(call, at(announced, 11))
