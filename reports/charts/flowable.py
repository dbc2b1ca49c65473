"""A scene as vector graphics in a PDF, with embedded fonts."""

from functools import lru_cache, singledispatch

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from carefund.core.typeface import BOLD, REGULAR, register_fonts, runs, text_width

from .base import Chart
from .paper import PRINT, Paper
from .scene import Line, Marker, Polyline, Rect, Scene, Text, marker_points


class Drawing(Flowable):
    """Takes the width of its paper; never split."""

    def __init__(self, chart: Chart, paper: Paper = PRINT) -> None:
        super().__init__()
        register_fonts()
        self.scene: Scene = chart.scene(paper)
        self.width, self.height = self.scene.width, self.scene.height

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.translate(0, self.height)
        for item in self.scene.items:
            paint(item, canvas)
        canvas.restoreState()


def draw_text(
    canvas: Canvas,
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    font: str = REGULAR,
    anchor: str = "start",
    colour: str = "#0B0C0C",
) -> None:
    """One line at a baseline measured upwards, each stretch in a font that has its characters."""
    if anchor != "start":
        x -= text_width(text, size, font) / (2 if anchor == "middle" else 1)
    canvas.setFillColor(_ink(colour))
    pieces = runs(text, font)
    for name, piece in pieces:
        canvas.setFont(name, size)
        canvas.drawString(x, y, piece)
        if len(pieces) > 1:
            x += stringWidth(piece, name, size)


@lru_cache(maxsize=64)
def _ink(colour: str) -> HexColor:
    return HexColor(colour)


@singledispatch
def paint(item: object, _canvas: Canvas) -> None:
    """Draws one shape; the canvas has its origin at the top left corner of the scene."""
    raise TypeError(f"no drawing for {type(item).__name__}")


@paint.register
def _line(item: Line, canvas: Canvas) -> None:
    _pen(canvas, item.colour, item.width, item.dash)
    canvas.line(item.x1, -item.y1, item.x2, -item.y2)


@paint.register
def _rect(item: Rect, canvas: Canvas) -> None:
    if item.fill:
        canvas.setFillColor(HexColor(item.fill))
    if item.stroke:
        _pen(canvas, item.stroke, 0.75, item.dash)
    canvas.rect(
        item.x,
        -item.y - item.height,
        item.width,
        item.height,
        stroke=int(bool(item.stroke)),
        fill=int(bool(item.fill)),
    )


@paint.register
def _polyline(item: Polyline, canvas: Canvas) -> None:
    _pen(canvas, item.colour, item.width, item.dash)
    canvas.setLineJoin(1)
    canvas.drawPath(_path(canvas, item.points), stroke=1, fill=0)


@paint.register
def _marker(item: Marker, canvas: Canvas) -> None:
    _pen(canvas, item.colour if item.hollow else "#FFFFFF", 1.2 if item.hollow else 0.75, ())
    canvas.setFillColor(HexColor("#FFFFFF" if item.hollow else item.colour))
    if item.shape == "circle":
        canvas.circle(item.x, -item.y, item.size / 2, stroke=1, fill=1)
        return
    path = _path(canvas, tuple(marker_points(item)))
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)


@paint.register
def _words(item: Text, canvas: Canvas) -> None:
    draw_text(
        canvas,
        item.x,
        -item.y,
        item.text,
        item.size,
        font=BOLD if item.bold else REGULAR,
        anchor=item.anchor,
        colour=item.colour,
    )


def _pen(canvas: Canvas, colour: str, width: float, dash: tuple[float, ...]) -> None:
    canvas.setStrokeColor(HexColor(colour))
    canvas.setLineWidth(width)
    canvas.setDash(*([list(dash)] if dash else [[]]))


def _path(canvas: Canvas, points: tuple[tuple[float, float], ...]):
    path = canvas.beginPath()
    for place, (x, y) in enumerate(points):
        (path.lineTo if place else path.moveTo)(x, -y)
    return path
