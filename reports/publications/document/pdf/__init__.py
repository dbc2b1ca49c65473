"""The report as a PDF that can be printed and handed over.

The library has no tagging, so the page stays the accessible form; the PDF carries language,
title, bookmarks, links and extractable text.
"""

from .render import render_pdf

__all__ = ["render_pdf"]
