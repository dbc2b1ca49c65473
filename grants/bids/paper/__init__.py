"""A bid on paper: as a PDF and as a Word document, and the form to fill in without the service."""

from .content import Paper, blank_form, paper_of
from .pdf import pdf
from .word import word

__all__ = ["Paper", "blank_form", "paper_of", "pdf", "word"]
