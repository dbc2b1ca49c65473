"""What looks at the pages sees what is wrong with them."""

import pytest

from tests.browser.conftest import axe

pytestmark = pytest.mark.browser
PAGE = """<!DOCTYPE html><html lang="en"><head><title>A page</title></head><body>
<header>{}</header><main>{}</main></body></html>"""
FAINT = '<p style="color: #ccc; background: #fff">Hard to read</p>'


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        (("A fund", "<img src='data:,'>"), "image-alt"),
        (("A fund", FAINT), "color-contrast"),
        ((FAINT, "Right"), "color-contrast"),
    ],
)
def test_axe_finds_what_is_wrong_also_beside_surroundings_known_as_right(browser, parts, rule):
    page = browser.new_page()
    page.set_content(PAGE.format("A fund", "Right"))
    axe(page)
    for _ in range(2):  # what is wrong is not taken for known
        page.set_content(PAGE.format(*parts))
        with pytest.raises(AssertionError, match=rule):
            axe(page)
    page.close()
