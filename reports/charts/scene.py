"""A drawing as plain shapes, in points from the top left corner; backends only translate it."""

from dataclasses import dataclass

from . import palette

SHAPES = ("circle", "square", "triangle", "diamond")
DASHES: tuple[tuple[float, ...], ...] = ((), (6, 3), (2, 2), (8, 3, 2, 3))


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    colour: str = palette.RULE
    width: float = 0.75
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    fill: str | None = palette.DARK_BLUE
    stroke: str | None = None
    dash: tuple[float, ...] = ()
    role: str = ""


@dataclass(frozen=True)
class Polyline:
    points: tuple[tuple[float, float], ...]
    colour: str = palette.DARK_BLUE
    width: float = 2
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Marker:
    x: float
    y: float
    shape: str = "circle"
    colour: str = palette.DARK_BLUE
    size: float = 6
    hollow: bool = False


@dataclass(frozen=True)
class Text:
    """One line; `y` is the baseline, `anchor` start, middle or end."""

    x: float
    y: float
    text: str
    size: float
    anchor: str = "start"
    bold: bool = False
    colour: str = palette.INK
    role: str = ""


Item = Line | Rect | Polyline | Marker | Text


@dataclass(frozen=True)
class Scene:
    width: float
    height: float
    items: tuple[Item, ...] = ()


def marker_points(marker: Marker) -> list[tuple[float, float]]:
    """The corners of a marker that is not a circle."""
    x, y, half = marker.x, marker.y, marker.size / 2
    corners = {
        "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        "triangle": ((0, -1.15), (1.1, 0.85), (-1.1, 0.85)),
        "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    }[marker.shape]
    return [(x + across * half, y + down * half) for across, down in corners]
