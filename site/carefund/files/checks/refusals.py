from carefund.core.errors import Refused

ALLOWED_WORDS = "Upload a PDF, PNG, JPG, DOCX, XLSX, CSV or TXT file."
MISNAMED = f"The file is not what its name says. {ALLOWED_WORDS}"


class UploadRefused(Refused):
    """A file that cannot be taken, with what to do instead."""

    def where_only(self, words: str) -> "UploadRefused":
        """The same on a page that takes fewer kinds of file, which `words` name."""
        return UploadRefused(self.message.replace(ALLOWED_WORDS, words))
