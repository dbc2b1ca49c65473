"""One person at work in a browser: every page they come to is looked at."""

from tests.browser.conftest import axe

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def scrolls_sideways(page):
    """By how many pixels the page is wider than the window."""
    return page.evaluate(WIDER)


class Walk:
    """Finds what it uses by what a person reads: links, buttons and labels.

    Without JavaScript nothing can be measured in the page, so it is only walked through.
    """

    def __init__(self, page, *, measured=True):
        self.page, self.measured = page, measured
        self.refused = []
        page.on("response", self._note)
        self.look()

    def _note(self, response):
        if response.status >= 500:
            self.refused.append((response.status, response.url))

    def look(self):
        self.page.wait_for_load_state()
        assert self.refused == []
        if self.measured:
            axe(self.page)
            assert scrolls_sideways(self.page) <= 0, f"{self.page.url} scrolls sideways"

    def open(self, address):
        answer = self.page.goto(address)
        assert answer.status == 200, (answer.status, address, self.text)
        self.look()

    def follow(self, name, *, exact=False, nth=0):
        link = self.page.get_by_role("main").get_by_role("link", name=name, exact=exact).nth(nth)
        self._go(link, name)

    def press(self, name, *, within=None):
        button = (within or self.page).get_by_role("button", name=name, exact=True)
        self._go(button, name)

    def _go(self, what, name):
        # What a person would look for is there as soon as the page is.
        assert what.is_visible(), f"{name!r} is not on {self.page.url}:\n{self.text}"
        with self.page.expect_navigation():
            what.click()
        self.look()

    def fill(self, values, *, within=None):
        """Type `values` by their labels; a date is (day, month, year)."""
        scope = within or self.page.get_by_role("main")
        for label, value in values.items():
            if isinstance(value, tuple):
                group = scope.get_by_role("group", name=label, exact=True)
                for part, number in zip(("Day", "Month", "Year"), value, strict=True):
                    group.get_by_label(part).fill(str(number))
            else:
                scope.get_by_label(label, exact=True).first.fill(value)

    def choose(self, label, *, within=None):
        (within or self.page).get_by_label(label, exact=True).check()

    @property
    def text(self):
        return self.page.inner_text("main")

    def sees(self, *words):
        for word in words:
            assert word in self.text, f"{word!r} is not on {self.page.url}:\n{self.text}"
