from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from reports.charts import palette, svg
from reports.charts.bars import BarChart
from reports.charts.base import Chart, ChartError, Series
from reports.charts.columns import ColumnChart
from reports.charts.display import Unit
from reports.charts.lines import LineChart, Point, TimeSeries
from reports.charts.paper import PHONE, PRINT, SCREEN
from reports.charts.progress import ProgressBar
from reports.charts.scene import Line, Marker, Polyline, Rect, Scene, Text
from reports.charts.spread import SpreadChart, Standing
from reports.charts.tiles import TILES, RegionValue, TileMap

D = Decimal

BASE = {"title": "What came of it?", "source": "Ledger", "as_at": date(2018, 6, 1)}
LONG = "A very long name of a combined authority with everything " * 4
PAPERS = (PRINT, SCREEN, PHONE)
NAMES = ("Promised", "Measured", "Verified", "Paid", "Recovered")


def series(*rows: tuple[object, ...]) -> tuple[Series, ...]:
    return tuple(Series(NAMES[at], row) for at, row in enumerate(rows))


def bars(*rows: tuple[object, ...], **more: object) -> BarChart:
    labels = tuple(f"Theme {n}" for n in range(len(rows[0]) if rows else 0))
    return BarChart(**{**BASE, "labels": labels, "series": series(*rows), **more})


def columns(*rows: tuple[object, ...], **more: object) -> ColumnChart:
    labels = tuple(f"{2018 + n} to {2019 + n}" for n in range(len(rows[0]) if rows else 0))
    return ColumnChart(**{**BASE, "labels": labels, "series": series(*rows), **more})


LEAST = "Measured, at least"


def lines(*rows: tuple[int, ...], **more: object) -> LineChart:
    made = tuple(
        TimeSeries(
            NAMES[at],
            tuple(
                Point(date(2018, 1, 1) + timedelta(days=90 * n), D(v)) for n, v in enumerate(row)
            ),
        )
        for at, row in enumerate(rows)
    )
    return LineChart(**{**BASE, "series": made, **more})


def tiles(*values: object) -> TileMap:
    return TileMap(**BASE, unit=Unit.MONEY, values=tuple(map(RegionValue, TILES, values)))


def progress(value: D | None, target: int = 80, **more: object) -> ProgressBar:
    return ProgressBar(
        **BASE,
        value=value,
        target=D(target),
        target_on=date(2024, 3, 31),
        unit=Unit.PERCENT,
        **more,
    )


def spread(*rows: Standing) -> SpreadChart:
    return SpreadChart(**BASE, rows=rows, steps=4, category="Measure")


CHARTS: dict[str, Chart] = {
    "bars none": bars(),
    "bars unknown": bars((None,)),
    "bars one": bars((D(5),)),
    "bars zero": bars((D(0), D(0))),
    "bars negative": bars((D(-50), D(20)), (D(30), D(-10)), unit=Unit.MONEY),
    "bars many": bars(tuple(D(n) for n in range(60))),
    "bars huge": bars((D(10) ** 15, D(1)), unit=Unit.MONEY),
    "bars long": bars((D(5),), labels=(LONG,)),
    "bars word": bars((D(5),), labels=("x" * 400,)),
    "bars hostile": bars((D(5),), labels=("<script>\x00\u202e🚀 שלום",)),
    "columns none": columns(),
    "columns one": columns((D(5),)),
    "columns four": columns(*[(D(1200000), D(900), None)] * 4, unit=Unit.MONEY),
    "columns negative": columns((D(-50), D(20))),
    "columns many": columns(tuple(D(n) for n in range(40))),
    "columns stacked": columns((D(5), D(6)), (D(1), None), stacked=True),
    "lines none": lines(),
    "lines one": lines((5,)),
    "lines many": lines(tuple(range(300))),
    "lines together": lines((40, 50), (41, 50), (42, 50), (43, 50)),
    "lines negative": lines((-40, 50)),
    "lines target": lines(
        (40, 45, 50),
        unit=Unit.PERCENT,
        target=Point(date(2024, 3, 1), D(80)),
        interim=(Point(date(2023, 3, 1), D(60)),),
    ),
    "progress none": progress(None),
    "progress": progress(D(57), baseline=D(40)),
    "progress over": progress(D(130), 100),
    "progress below": progress(D(-3), 1),
    "spread none": spread(),
    "spread one": spread(Standing("1. Well led", 3)),
    "spread same": spread(Standing("1. Well led", 4, 4, (4, 4, 4)), Standing("2. Safe", 1, 1)),
    "spread long": spread(Standing(LONG, 1, 4, (1, 2, 4)), Standing("x" * 400, None)),
    "tiles none": tiles(),
    "tiles one": tiles(D(5)),
    "tiles": tiles(*(D(n) * 100000 for n in range(9))),
    "tiles negative": tiles(D(-5), D(3)),
}
EVERY = pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS.keys())


def box(text: Text, paper: object) -> tuple[float, float, float, float]:
    width = paper.measure(text.text, bold=text.bold)
    left = text.x - {"start": 0, "middle": width / 2, "end": width}[text.anchor]
    return left, text.y - text.size * 0.75, left + width, text.y + text.size * 0.2


def inside(scene: Scene, left: float, top: float, right: float, bottom: float) -> bool:
    return (
        left >= -0.6 and top >= -0.6 and right <= scene.width + 0.6 and bottom <= scene.height + 0.6
    )


@EVERY
@pytest.mark.parametrize("paper", PAPERS, ids=("print", "screen", "phone"))
def test_scene_keeps_everything_on_the_canvas(chart: Chart, paper: object) -> None:
    scene = chart.scene(paper)
    for item in scene.items:
        match item:
            case Text():
                assert inside(scene, *box(item, paper)), item
            case Rect():
                edge = (item.x, item.y, item.x + item.width, item.y + item.height)
                assert inside(scene, *edge), item
            case Polyline():
                assert all(inside(scene, x, y, x, y) for x, y in item.points), item
            case Marker():
                assert inside(scene, item.x, item.y, item.x, item.y), item
            case Line():
                assert inside(scene, item.x1, item.y1, item.x2, item.y2), item


@EVERY
@pytest.mark.parametrize("paper", PAPERS, ids=("print", "screen", "phone"))
def test_labels_do_not_cover_each_other(chart: Chart, paper: object) -> None:
    labels = [i for i in chart.scene(paper).items if isinstance(i, Text) and i.role == "label"]
    boxes = [box(label, paper) for label in labels]
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = one[3] <= other[1] + 0.1 or other[3] <= one[1] + 0.1
            assert apart or one[2] <= other[0] or other[2] <= one[0]


@EVERY
def test_svg_is_well_formed_described_and_free_of_styles(chart: Chart) -> None:
    root = ET.fromstring(svg.render(chart, name="c1"))  # noqa: S314 - our own drawing
    space = "{http://www.w3.org/2000/svg}"
    assert (root.tag, root.get("role")) == (f"{space}svg", "img")
    assert root.find(f"{space}title").text == chart.title
    assert root.find(f"{space}desc").text.endswith(".")
    for element in root.iter():
        assert element.get("style") is None
        assert element.tag not in {f"{space}script", f"{space}style", f"{space}a"}


@EVERY
def test_svg_is_the_same_twice(chart: Chart) -> None:
    assert svg.render(chart, name="c1") == svg.render(replace(chart), name="c1")


@EVERY
def test_table_has_a_cell_for_each_heading(chart: Chart) -> None:
    headings, rows = chart.table()
    assert {len(row) for row in rows} <= {len(headings)}


@EVERY
def test_colours_come_from_the_palette_and_are_few(chart: Chart) -> None:
    bars_ = {i.fill for i in chart.scene().items if isinstance(i, Rect) and i.role == "bar"}
    drawn = {i.colour for i in chart.scene().items if isinstance(i, Polyline)}
    assert bars_ | drawn <= set(palette.SERIES)


def test_bars_start_at_zero_and_are_in_proportion() -> None:
    drawn = [
        i
        for i in bars((D(100), D(50), D(-25))).scene().items
        if isinstance(i, Rect) and i.role == "bar"
    ]
    zero = drawn[0].x
    assert drawn[1].x == zero
    assert drawn[1].width == pytest.approx(drawn[0].width / 2)
    assert drawn[2].x + drawn[2].width == pytest.approx(zero)


def test_columns_start_at_zero_and_are_in_proportion() -> None:
    drawn = [
        i for i in columns((D(100), D(50))).scene().items if isinstance(i, Rect) and i.role == "bar"
    ]
    assert drawn[0].y + drawn[0].height == pytest.approx(drawn[1].y + drawn[1].height)
    assert drawn[1].height == pytest.approx(drawn[0].height / 2, abs=0.01)


def test_money_axis_speaks_of_millions() -> None:
    ticks = [
        i.text
        for i in columns((D(4500000),), unit=Unit.MONEY).scene().items
        if isinstance(i, Text) and i.role == "tick"
    ]
    assert ticks == ["£0", "£2m", "£4m", "£6m"]


def test_bar_labels_say_value_and_series() -> None:
    chart = bars((D(4500000),), (D(320000),), unit=Unit.MONEY)
    values = [i.text for i in chart.scene().items if isinstance(i, Text) and i.role == "value"]
    assert values == ["£4.5m promised", "£320k measured"]


def test_lines_differ_by_dash_not_only_by_colour() -> None:
    drawn = [
        i for i in lines((1, 2), (2, 3), (3, 4), (4, 5)).scene().items if isinstance(i, Polyline)
    ]
    assert len({line.dash for line in drawn}) == 4


def test_name_on_two_lines_is_bold_in_both_and_ends_before_the_edge_of_a_phone() -> None:
    made = replace(lines((1, 2)), series=(replace(lines((1, 2)).series[0], name=LEAST),))
    drawn = made.scene(PHONE)
    bold = [i for i in drawn.items if isinstance(i, Text) and i.role == "label" and i.bold]
    assert " ".join(i.text for i in bold) == LEAST
    # Letters of a phone without the usual fonts run a quarter wider than the measured ones.
    assert all(i.x + PHONE.measure(i.text, bold=True) <= PHONE.width for i in bold)


def test_regions_without_a_value_say_so() -> None:
    values = [
        i.text for i in tiles(D(5)).scene().items if isinstance(i, Text) and i.role == "value"
    ]
    assert sorted(set(values)) == ["No data", "£5"]


def test_spread_draws_a_shape_for_each_series_and_lists_all_of_them() -> None:
    chart = spread(Standing("1. Well led", 3, 2, (1, 2, 4)))
    items = chart.scene().items
    drawn = [i for i in items if isinstance(i, Marker)]
    assert {(i.shape, i.hollow) for i in drawn} == {("circle", False), ("diamond", True)}
    assert len([i for i in items if isinstance(i, Rect) and i.role == "band"]) == 2
    headings = ["Measure", "This time", "Last time", "Lower quarter", "Middle", "Upper quarter"]
    assert chart.table() == (headings, [("1. Well led", 3, 2, 1, 2, 4)])


def test_spread_leaves_out_what_is_not_known() -> None:
    chart = spread(Standing("1. Well led", 3))
    assert chart.table() == (["Measure", "This time"], [("1. Well led", 3)])


def test_caption_names_source_and_day() -> None:
    assert bars((D(1),)).caption == "Source: Ledger. As at 1 June 2018."


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: bars(*[(D(1),)] * 5),
        lambda: bars((D(1),), labels=("a", "b")),
        lambda: bars((D("NaN"),)),
        lambda: bars((1.5,)),
        lambda: bars((D(1),), title=" "),
        lambda: columns((D(-1),), stacked=True),
        lambda: spread(Standing("a", 5)),
        lambda: spread(Standing("a", 1, None, (0, 1, 2))),
        lambda: SpreadChart(**BASE, rows=(), steps=0),
        lambda: TileMap(**BASE, values=(RegionValue("W92000004", D(1)),)),
        lambda: TileMap(**BASE, values=(RegionValue("E12000001", D(1)),) * 2),
    ],
    ids=range(11),
)
def test_chart_refuses_what_cannot_be_drawn(wrong: object) -> None:
    with pytest.raises(ChartError):
        wrong()
