"""The pages of a PDF as the calls that drew them, to be drawn again by ReportLab alone."""

from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

CALLS = (
    "circle", "drawPath", "drawString", "drawText", "line", "lines", "rect", "restoreState",
    "saveState", "scale", "setDash", "setFillColor", "setFont", "setLineCap", "setLineWidth",
    "setStrokeColor", "showPage", "transform", "translate",
)  # fmt: skip


class Recorder:
    """While it is open, every canvas writes down what is asked of it from outside."""

    def __init__(self):
        self.calls = []
        self.inside = False
        self.kept = {name: getattr(Canvas, name) for name in (*CALLS, "__init__")}

    def __enter__(self):
        for name in CALLS:
            setattr(Canvas, name, self._noting(name))
        recorder, begin = self, self.kept["__init__"]

        def fresh(canvas, *args, **options):
            recorder.calls = []  # the last canvas is the one that became the file
            recorder.inside = True
            begin(canvas, *args, **options)
            recorder.inside = False

        Canvas.__init__ = fresh
        return self

    def __exit__(self, *_):
        for name, method in self.kept.items():
            setattr(Canvas, name, method)

    def _noting(self, name):
        recorder, method = self, self.kept[name]

        def noting(canvas, *args, **options):
            if recorder.inside:
                return method(canvas, *args, **options)
            recorder.calls.append((name, args, options))
            recorder.inside = True
            try:
                return method(canvas, *args, **options)
            finally:
                recorder.inside = False

        return noting


def drawn_again(calls, size):
    """The same marks on the same pages; no contents, links, outline or layout.

    As packed bytes and not as letters, which are more work and a larger file.
    """
    buffer = BytesIO()
    kept, rl_config.useA85 = rl_config.useA85, 0
    canvas = Canvas(buffer, pagesize=size, pageCompression=1)
    for name, args, options in calls:
        getattr(canvas, name)(*args, **options)
    canvas.save()
    rl_config.useA85 = kept
    return buffer.getvalue()
