"""Pages that are drawn are packed at once.

ReportLab keeps all of them as text until it writes the file, which a report of thousands feels.
It also spells the packed bytes in letters, a fifth more of them, for printers that no longer exist.
"""

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFZCompress
from reportlab.pdfgen.canvas import Canvas


def pack(canvas: Canvas) -> None:
    """The last page, as ReportLab would pack it at the end."""
    pages = canvas._doc.Pages.pages  # noqa: SLF001 - ReportLab has no other door to its pages
    page = pages[-1] if pages else None
    if page is None or not page.stream or page.Contents:
        return
    names = PDFArray([PDFName(PDFZCompress.pdfname)])
    page.Contents = PDFStream(PDFDictionary({"Filter": names}), PDFZCompress.encode(page.stream))
    page.stream = None
