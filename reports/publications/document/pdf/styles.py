"""Page measures and type: one family, one accent."""

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import TableStyle

from carefund.core.typeface import BOLD, REGULAR
from reports.charts import palette

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT = RIGHT = 58.0
TOP, BOTTOM = 74.0, 70.0
WIDTH = PAGE_WIDTH - LEFT - RIGHT
DEPTH = PAGE_HEIGHT - TOP - BOTTOM

ACCENT = HexColor(palette.DARK_BLUE)
PANEL = HexColor("#F3F5F8")
QUIET = HexColor(palette.QUIET_INK)
WARNING = HexColor(palette.DARK_PINK)


def _style(name: str, size: float, leading: float, **more: object) -> ParagraphStyle:
    values = {
        "fontName": REGULAR,
        "bulletFontName": REGULAR,
        "bulletFontSize": size,
        "textColor": HexColor(palette.INK),
        "splitLongWords": 1,
        "allowWidows": 0,
        "allowOrphans": 0,
        **more,
    }
    return ParagraphStyle(name, fontSize=size, leading=leading, **values)


BODY = _style("body", 10, 15, spaceAfter=8)
LEAD = _style("lead", 12.5, 18.5, spaceAfter=12)
PART = _style("part", 24, 29, fontName=BOLD, textColor=ACCENT, spaceBefore=26, spaceAfter=14)
HEADING = _style("heading", 14, 18, fontName=BOLD, spaceBefore=14, spaceAfter=6)
CHART_TITLE = _style("chart title", 11, 14.5, fontName=BOLD, spaceBefore=6, spaceAfter=8)
CAPTION = _style("caption", 7.5, 10.5, textColor=QUIET, spaceBefore=4, spaceAfter=10)
AUTHORITY = _style("authority", 10, 14, textColor=QUIET, spaceAfter=8)
BULLET = _style("bullet", 10, 15, leftIndent=16, bulletIndent=3, spaceAfter=4)
NOTE = _style("note", 9, 13, leftIndent=22, bulletIndent=0, spaceAfter=5)
CALLOUT = _style("callout", 10, 15, leftIndent=14, rightIndent=10, spaceBefore=6, spaceAfter=12)
CONTENTS = _style("contents", 24, 29, fontName=BOLD, textColor=ACCENT, spaceAfter=20)
CONTENTS_TABLE = TableStyle(
    [
        ("FONT", (0, 0), (-1, -1), REGULAR, 10),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ]
)
CONTENTS_LEVELS = (
    _style("contents part", 11, 15, fontName=BOLD, spaceBefore=7),
    _style("contents heading", 10, 14, leftIndent=14, textColor=QUIET),
)
