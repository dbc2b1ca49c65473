"""Pages that are drawn are packed at once.

ReportLab keeps all of them as text until it writes the file, which a report of thousands feels.
"""

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFBase85Encode,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFZCompress,
)
from reportlab.pdfgen.canvas import Canvas


def pack(canvas: Canvas) -> None:
    """The last page as ReportLab would write it at the end: the file is the same to the byte."""
    pages = canvas._doc.Pages.pages  # noqa: SLF001 - ReportLab has no other door to its pages
    page = pages[-1] if pages else None
    if page is None or not page.stream or not page.compression or page.Contents:
        return
    filters = [PDFBase85Encode, PDFZCompress] if rl_config.useA85 else [PDFZCompress]
    content = page.stream
    for each in reversed(filters):
        content = each.encode(content)
    names = PDFArray([PDFName(each.pdfname) for each in filters])
    page.Contents = PDFStream(PDFDictionary({"Filter": names}), content)
    page.Contents.__Comment__ = "page stream"
    page.stream = None
