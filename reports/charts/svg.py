"""A scene as inline SVG for a page with a strict policy: no styles, scripts or links."""

from collections.abc import Mapping
from functools import singledispatch
from xml.sax.saxutils import escape, quoteattr

from django.utils.safestring import SafeString, mark_safe

from carefund.core.typeface import clean

from .base import Chart
from .paper import SCREEN, Paper
from .scene import Line, Marker, Polyline, Rect, Text, marker_points

FAMILY = '"GDS Transport", arial, sans-serif'


def render(chart: Chart, paper: Paper = SCREEN, *, name: str, css: str = "") -> SafeString:
    """`name` must be unique on the page: the title and description are referred to by it."""
    scene = chart.scene(paper)
    attributes = {
        "class": f"chart__drawing {css}".strip(),
        "viewBox": f"0 0 {_n(scene.width)} {_n(scene.height)}",
        "width": "100%",
        "role": "img",
        "aria-labelledby": f"{name}-title {name}-desc",
        "font-family": FAMILY,
        "xmlns": "http://www.w3.org/2000/svg",
    }
    body = "".join(shape(item) for item in scene.items)
    head = (
        f'<title id="{name}-title">{_text(chart.title)}</title>'
        f'<desc id="{name}-desc">{_text(chart.description)}</desc>'
    )
    return mark_safe(f"<svg{_attributes(attributes)}>{head}{body}</svg>")


@singledispatch
def shape(item: object) -> str:
    raise TypeError(f"no drawing for {type(item).__name__}")


@shape.register
def _line(item: Line) -> str:
    return _element(
        "line",
        x1=item.x1,
        y1=item.y1,
        x2=item.x2,
        y2=item.y2,
        stroke=item.colour,
        stroke_width=item.width,
        stroke_dasharray=_dash(item.dash),
    )


@shape.register
def _rect(item: Rect) -> str:
    return _element(
        "rect",
        x=item.x,
        y=item.y,
        width=item.width,
        height=item.height,
        fill=item.fill or "none",
        stroke=item.stroke,
        stroke_dasharray=_dash(item.dash),
    )


@shape.register
def _polyline(item: Polyline) -> str:
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in item.points)
    return _element(
        "polyline",
        points=points,
        fill="none",
        stroke=item.colour,
        stroke_width=item.width,
        stroke_dasharray=_dash(item.dash),
        stroke_linejoin="round",
    )


@shape.register
def _marker(item: Marker) -> str:
    paint = {
        "fill": "#FFFFFF" if item.hollow else item.colour,
        "stroke": item.colour if item.hollow else "#FFFFFF",
        "stroke_width": 1.5 if item.hollow else 1,
    }
    if item.shape == "circle":
        return _element("circle", cx=item.x, cy=item.y, r=item.size / 2, **paint)
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in marker_points(item))
    return _element("polygon", points=points, **paint)


@shape.register
def _words(item: Text) -> str:
    start = _element(
        "text",
        x=item.x,
        y=item.y,
        font_size=item.size,
        fill=item.colour,
        text_anchor=None if item.anchor == "start" else item.anchor,
        font_weight="bold" if item.bold else None,
    )
    return f"{start[:-2]}>{_text(item.text)}</text>"


def _element(tag: str, **values: str | float | None) -> str:
    kept = {key.replace("_", "-"): value for key, value in values.items() if value is not None}
    return f"<{tag}{_attributes(kept)}/>"


def _attributes(values: Mapping[str, str | float]) -> str:
    return "".join(
        f" {key}={quoteattr(value if isinstance(value, str) else _n(value))}"
        for key, value in values.items()
    )


def _dash(dash: tuple[float, ...]) -> str | None:
    return " ".join(_n(part) for part in dash) or None


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def _text(words: str) -> str:
    return escape(clean(words))
