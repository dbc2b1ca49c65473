"""Cover, contents, running head and foot, and the file itself."""

from calendar import timegm
from datetime import UTC, datetime, time
from hashlib import md5
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import TimeStamp
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus.tableofcontents import TableOfContents

from carefund.core.typeface import (
    BOLD,
    REGULAR,
    clean,
    drawable,
    register_fonts,
    shorten,
    text_width,
    wrap,
)
from reports.charts import display, palette
from reports.charts.flowable import draw_text

from .. import words
from ..markup import plain
from ..model import Document
from .pack import pack
from .story import Builder
from .styles import (
    ACCENT,
    BOTTOM,
    CONTENTS,
    CONTENTS_LEVELS,
    CONTENTS_TABLE,
    DEPTH,
    LEFT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    WIDTH,
)

LANGUAGE = "en-GB"
PANEL_HEIGHT = PAGE_HEIGHT * 0.47
SMALLEST_TITLE = 18
TITLE_LINES = 4


def render_pdf(document: Document) -> bytes:
    register_fonts()
    buffer = BytesIO()
    pages = _Pages(buffer, document)
    contents = _Contents(levelStyles=CONTENTS_LEVELS, tableStyle=CONTENTS_TABLE, dotsMinLevel=-1)
    contents.pages = pages
    flow = Builder(document).story()
    start = [NextPageTemplate("body"), Spacer(1, 1), PageBreak()]
    if document.parts:
        start += [Paragraph("Contents", CONTENTS), contents, PageBreak()]
    pages.is_draft = bool(document.parts)
    pages.multiBuild([*start, *flow])
    return buffer.getvalue()


class _Contents(TableOfContents):
    """Needs the page numbers of a first build, which is a draft: its long tables stay empty."""

    pages: "_Pages"

    def isSatisfied(self) -> bool:  # noqa: N802 - ReportLab's name
        was_draft, self.pages.is_draft = self.pages.is_draft, False
        return bool(super().isSatisfied()) and not was_draft


class _Pages(BaseDocTemplate):
    def __init__(self, buffer: BytesIO, document: Document) -> None:
        super().__init__(
            buffer,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            invariant=1,
            pageCompression=1,
            lang=LANGUAGE,
            initialFontName=REGULAR,
            displayDocTitle=1,
            title=_line(document.title),
            author=_line(document.author),
            subject=_line(f"{document.programme}, as at {display.day(document.as_at)}"),
            keywords=[_line(document.reference)],
            creator=_line(document.author),
            producer="Digital Care Fund",
        )
        self.document, self.total, self.is_draft = document, 0, False
        frame = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
        cover = Frame(LEFT, BOTTOM, WIDTH, DEPTH, id="cover", **frame)
        body = Frame(LEFT, BOTTOM, WIDTH, DEPTH, id="body", **frame)
        self.addPageTemplates(
            [
                PageTemplate("cover", [cover], onPage=self._cover),
                PageTemplate("body", [body], onPage=self._running),
            ]
        )

    def handle_pageEnd(self) -> None:  # noqa: N802 - ReportLab's name
        super().handle_pageEnd()
        if not self.is_draft:
            pack(self.canv)

    def _endBuild(self) -> None:  # noqa: N802 - ReportLab's name
        self.total = self.page
        super()._endBuild()

    def _cover(self, canvas: Canvas, _pages: object) -> None:
        inner = canvas._doc  # noqa: SLF001 - ReportLab has no other door to the file's date and mark
        produced = inner._timeStamp = _Produced(self.document)  # noqa: SLF001 - as above
        mark = f"{self.document.reference} {self.document.fingerprint} {produced.t}"
        inner.signature = md5(_line(mark).encode(), usedforsecurity=False)
        canvas.showOutline()
        _Cover(canvas, self.document).draw()

    def _running(self, canvas: Canvas, _pages: object) -> None:
        canvas.is_draft = self.is_draft
        if self.is_draft:
            return
        document = self.document
        top, foot = PAGE_HEIGHT - 40, BOTTOM - 30
        programme = clean(f"{document.programme}").replace("\n", " ")
        notice = clean(plain(document.sample_notice or "")).replace("\n", " ")
        half = WIDTH * (0.4 if notice else 1)
        if text_width(notice, 8, BOLD) > WIDTH - half:
            notice = notice.partition(",")[0]  # the cover says the whole
        draw_text(canvas, LEFT, top, shorten(programme, half - 10, 8), 8, colour=palette.QUIET_INK)
        draw_text(
            canvas,
            LEFT + WIDTH,
            top,
            shorten(notice, WIDTH - half, 8, BOLD),
            8,
            font=BOLD,
            anchor="end",
            colour=palette.DARK_PINK,
        )
        _rule(canvas, top - 8)
        _rule(canvas, foot + 14)
        page = f"page {canvas.getPageNumber()} of {self.total or canvas.getPageNumber()}"
        about = f"As at {display.day(document.as_at)} · {clean(document.reference)}"
        about = shorten(about, WIDTH - text_width(f" · {page}", 8), 8)
        draw_text(canvas, LEFT, foot, f"{about} · {page}", 8, colour=palette.QUIET_INK)


class _Produced(TimeStamp):
    """The date of the file is that of the report, not of the clock or the environment."""

    def __init__(self, document: Document) -> None:
        moment = document.produced_at or document.as_at
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, time(), tzinfo=UTC)
        parts = moment.astimezone(UTC).timetuple()
        self.t, self.lt, self.tzname = timegm(parts), tuple(parts), "UTC"
        self.YMDhms, self.dhh, self.dmm = self.lt[:6], 0, 0


class _Cover:
    def __init__(self, canvas: Canvas, document: Document) -> None:
        self.canvas, self.document = canvas, document

    def draw(self) -> None:
        self.canvas.setFillColor(ACCENT)
        floor = PAGE_HEIGHT - PANEL_HEIGHT
        self.canvas.rect(0, floor, PAGE_WIDTH, PANEL_HEIGHT, stroke=0, fill=1)
        self._words(PAGE_HEIGHT - 78, wrap(self.document.author, WIDTH, 12, BOLD, 2), 12, BOLD)
        size = 34.0
        while (
            size > SMALLEST_TITLE
            and len(wrap(self.document.title, WIDTH, size, BOLD)) > TITLE_LINES
        ):
            size -= 2
        title = wrap(self.document.title, WIDTH, size, BOLD, most=5)
        subtitle = wrap(self.document.subtitle, WIDTH, 15, most=6)
        y = floor + 44 + (len(subtitle) - 1) * 21
        self._words(y, subtitle, 15, REGULAR)
        y += 34 + (len(title) - 1) * size * 1.18
        self._words(y, title, size, BOLD, leading=size * 1.18)
        self._notice(self._details(floor - 56))

    def _words(
        self,
        y: float,
        lines: list[str],
        size: float,
        font: str,
        *,
        colour: str = palette.WHITE,
        leading: float = 0,
        left: float = LEFT,
    ) -> float:
        for line in lines:
            draw_text(self.canvas, left, y, line, size, font=font, colour=colour)
            y -= leading or size * 1.4
        return y

    def _details(self, y: float) -> float:
        for label, value in words.details(self.document):
            self._words(y, [label], 10, REGULAR, colour=palette.QUIET_INK)
            lines = wrap(value, WIDTH - 110, 10, BOLD, most=3)
            y = self._words(y, lines, 10, BOLD, colour=palette.INK, left=LEFT + 110) - 8
        return y

    def _notice(self, y: float) -> None:
        if not self.document.sample_notice:
            return
        lines = wrap(plain(self.document.sample_notice), WIDTH - 34, 10, BOLD, most=5)
        height = len(lines) * 14 + 20
        self.canvas.setFillColor(HexColor("#F7EEF3"))
        self.canvas.rect(LEFT, y - height, WIDTH, height, stroke=0, fill=1)
        self.canvas.setFillColor(HexColor(palette.DARK_PINK))
        self.canvas.rect(LEFT, y - height, 4, height, stroke=0, fill=1)
        self._words(y - 20, lines, 10, BOLD, colour=palette.DARK_PINK, left=LEFT + 18)


def _rule(canvas: Canvas, y: float) -> None:
    canvas.setDash([])
    canvas.setStrokeColor(HexColor(palette.RULE))
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, y, LEFT + WIDTH, y)


def _line(text: str) -> str:
    return drawable(clean(text).replace("\n", " "))
