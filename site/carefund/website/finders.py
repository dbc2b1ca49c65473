import os
import re
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core import checks
from django.core.files.storage import FileSystemStorage

SERVED = ("govuk-frontend.min.css", "govuk-frontend.min.js")
FONTS = '"Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif'


def adapt(text: str) -> str:
    """The design system's typeface is licensed for gov.uk only: here it is neither named nor
    fetched. Nor are the crest and the source maps, which are not served.
    """
    text = re.sub(r"@font-face\{[^}]*\}", "", text)
    text = re.sub(r"/\*![^*]*Margaret Calvert[^*]*\*/", "", text)
    text = re.sub(r'"?GDS Transport"?,\s*arial,\s*sans-serif', FONTS, text)
    text = re.sub(r"url\(/assets/[^)]*\)", "none", text)
    return re.sub(r"(/\*|//)# sourceMappingURL=\S+( \*/)?", "", text)


class GovukFinder(BaseFinder):
    """`static/govuk/...` from the npm package, adapted, kept in the folder for made files."""

    def __init__(self, _app_names=None, *args, **kwargs):
        self.source = Path(settings.GOVUK_FRONTEND)
        self.root = Path(settings.VAR) / "frontend"
        self.storage = FileSystemStorage(location=self.root)
        super().__init__(*args, **kwargs)

    def check(self, **_kwargs):
        if all((self.source / name).exists() for name in SERVED):
            return []
        hint = "Run `npm ci` in the project folder."
        return [checks.Warning("govuk-frontend is missing.", hint=hint, id="website.W001")]

    def find(self, path, find_all=False, **_kwargs):  # noqa: FBT002 - Django's signature
        folder, _, name = path.replace(os.sep, "/").partition("/")
        if folder != "govuk" or name not in SERVED or not (self.source / name).exists():
            return []
        made = str(self._made(name))
        return [made] if find_all else made

    def list(self, _ignore_patterns):
        for name in SERVED:
            if (self.source / name).exists():
                self._made(name)
                yield f"govuk/{name}", self.storage

    def _made(self, name):
        source, made = self.source / name, self.root / "govuk" / name
        if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
            made.parent.mkdir(parents=True, exist_ok=True)
            # Two processes may start at once: each writes its own, the last one stays.
            handle, draft = tempfile.mkstemp(dir=made.parent)
            with os.fdopen(handle, "w") as file:
                file.write(adapt(source.read_text()))
            Path(draft).replace(made)
        return made
