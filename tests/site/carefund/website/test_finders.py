import os
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.core.management import call_command

from carefund.website.finders import GovukFinder, adapt


@pytest.fixture
def package(settings, tmp_path):
    settings.GOVUK_FRONTEND = tmp_path / "npm"
    settings.VAR = tmp_path / "var"
    settings.GOVUK_FRONTEND.mkdir()
    return settings.GOVUK_FRONTEND


def test_the_licensed_typeface_and_the_crest_are_not_fetched():
    css = (
        "/*! Margaret Calvert */@font-face{font-family:GDS Transport;src:url(/assets/x.woff2)}"
        "a{font-family:GDS Transport,arial,sans-serif}b{background:url(/assets/images/crest.svg)}"
        "\n/*# sourceMappingURL=x.css.map */"
    )
    made = adapt(css)
    assert not any(word in made for word in ("GDS", "/assets/", "sourceMapping", "Calvert"))
    assert "Arial" in made


def test_finder_serves_only_what_the_pages_use(package):
    for name in ("govuk-frontend.min.css", "govuk-frontend.min.js", "all.mjs"):
        (package / name).write_text("x")
    finder = GovukFinder()
    assert [path for path, _ in finder.list([])] == [
        "govuk/govuk-frontend.min.css",
        "govuk/govuk-frontend.min.js",
    ]
    assert finder.find("govuk/all.mjs") == []
    assert finder.check() == []


def test_finder_makes_a_file_again_after_an_upgrade(package):
    source = package / "govuk-frontend.min.js"
    source.write_text("one")
    made = GovukFinder().find("govuk/govuk-frontend.min.js")
    source.write_text("two")
    os.utime(source, (4_000_000_000, 4_000_000_000))
    GovukFinder().find("govuk/govuk-frontend.min.js")
    assert Path(made).read_text() == "two"


def test_a_missing_package_is_named(package):
    assert [warning.hint for warning in GovukFinder().check()] == [
        "Run `npm ci` in the project folder."
    ]
    assert list(GovukFinder().list([])) == []


def test_static_files_can_be_collected_with_fingerprints(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert list(tmp_path.glob("carefund/app.*.css"))
    assert find("govuk/govuk-frontend.min.css")
