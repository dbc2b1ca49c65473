"""The page of a call in the CMS as an officer uses it: fields, sections, questions, rules."""

from datetime import date

from playwright.sync_api import TimeoutError as TooLong

from carefund.core import clock
from carefund.website.models import CallIndexPage, CallPage


class Designer:
    """A person at the editor; blocks are named as the editor names their fields."""

    def __init__(self, page):
        self.page = page

    def begin(self):
        self.page.goto(f"/cms/pages/add/website/callpage/{CallIndexPage.objects.get().pk}/")

    def edit(self, call):
        self.page.goto(f"/cms/pages/{CallPage.objects.get(call=call).pk}/edit/")

    def tab(self, name):
        """Open its part of the page."""
        tab = self.page.get_by_role("tab", name=name)
        self._press(tab, self.page.locator(tab.get_attribute("href")), "visible")

    def _press(self, button, wanted, state="attached"):
        """Until it does what it is for. Where the machine is busy the editor, which still lays out
        what was added above, may lose a click: a person would click again.
        """
        for _ in range(5):
            button.click()
            try:
                wanted.wait_for(state=state, timeout=4_000)
            except TooLong:
                continue
            return
        wanted.wait_for(state=state)

    def fill(self, **values):
        for name, value in values.items():
            is_instant = hasattr(value, "astimezone")
            moment = value.astimezone(clock.LONDON) if is_instant else None
            words = f"{moment:%d/%m/%Y %H:%M}" if moment else str(value)
            if name.endswith("_on"):
                words = f"{date.fromisoformat(words):%d/%m/%Y}"
            self.page.fill(f"#id_{name}", words)
            if name.endswith(("_at", "_on")):
                self.page.keyboard.press("Escape")

    def criterion(self, number, title, guidance, weight):
        title_field = self.page.locator(f"#id_criteria-{number}-title")
        if not title_field.count():
            self._press(self.page.get_by_role("button", name="Add criterion"), title_field)
        start = f"criteria-{number}"
        self.fill(**{f"{start}-title": title, f"{start}-guidance": guidance})
        self.fill(**{f"{start}-weight": weight})

    def feeds(self, number, *questions):
        """Which questions feed the criterion, as ticked once the form is saved."""
        for key in questions:
            self.page.check(f"[name='criteria-{number}-questions'][value='{key}']")

    # -- the form

    def inside(self, name):
        """The block or the stream that a hidden field belongs to."""
        return self.page.locator(f"[name='{name}']").locator("xpath=..")

    def empty(self):
        """Take out every section that a new form begins with."""
        for number in range(self._count("form")):
            block = self.inside(f"form-{number}-type")
            block.locator("[data-streamfield-action=DELETE]").first.click()

    def section(self, title):
        start = self._insert("form")
        self.page.fill(f"[name='{start}-value-title']", title)
        return start

    def question(self, section, kind, label, **settings):
        """`settings` are the fields of its type; a list of them has one choice, cost or column."""
        start = self._insert(f"{section}-value-questions", kind)
        self.page.fill(f"[name='{start}-value-label']", label)
        for name, value in settings.items():
            if isinstance(value, list):
                self._many(f"{start}-value-set_{name}", value)
            else:
                self.page.fill(f"[name='{start}-value-set_{name}']", str(value))
        return start

    def only_if(self, question, other, value):
        """Ask it only if another was answered so. Returns the questions that were offered."""
        self.inside(f"{question}-type").locator("[data-streamfield-action=SETTINGS]").first.click()
        tests = self.inside(f"{question}-value-show_if-tests-count")
        if not tests.is_visible():
            block = self.inside(f"{question}-type")
            block.get_by_role("button", name="Toggle section").nth(1).click()
        start = f"{question}-value-show_if-tests-0-value"
        adding = tests.get_by_role("button", name="Add").first
        self._press(adding, self.page.locator(f"[name='{start}-question']"))
        self.page.focus(f"[name='{start}-question']")
        offered = self._offered()
        self.page.fill(f"[name='{start}-question']", other)
        self.page.fill(f"[name='{start}-value']", value)
        return offered

    def group(self, question, *comparisons):
        """Beside what is compared there: any of these (question, test, value) holds."""
        start = f"{question}-value-show_if-groups"
        inner = f"{start}-0-value"
        adding = self.inside(f"{start}-count").get_by_role("button", name="Add").first
        self._press(adding, self.page.locator(f"[name='{inner}-match']"))
        self.page.select_option(f"[name='{inner}-match']", "any")
        for number, (other, test, value) in enumerate(comparisons):
            one = f"{inner}-tests-{number}-value"
            adding = self.inside(f"{inner}-tests-count").get_by_role("button", name="Add").last
            self._press(adding, self.page.locator(f"[name='{one}-question']"))
            self.page.fill(f"[name='{one}-question']", other)
            self.page.select_option(f"[name='{one}-test']", test)
            self.page.fill(f"[name='{one}-value']", value)

    def share(self, category, percent):
        """So much of the budget at least. Returns the costs that were offered."""
        start = self._insert("form_rules", "Part of the budget")
        self.page.focus(f"[name='{start}-value-category']")
        offered = self._offered()
        self.page.fill(f"[name='{start}-value-category']", category)
        self.page.fill(f"[name='{start}-value-percent']", str(percent))
        return offered

    def screen(self, question, reason):
        start = self._insert("screening")
        self.page.fill(f"[name='{start}-value-label']", question)
        self.page.fill(f"[name='{start}-value-reason']", reason)

    def previewed(self):
        """The form as a bidder will see it, beside the editor."""
        self.page.get_by_role("button", name="Toggle preview").click()
        mode = self.page.locator("#id_preview_mode")
        mode.select_option("form")
        return self.page.frame_locator("[data-side-panel=preview] iframe").last

    # -- what becomes of it

    def save(self):
        self.page.get_by_role("button", name="Save draft").click()
        self.page.wait_for_url(lambda url: "/edit/" in url)

    def publish(self):
        self.page.get_by_role("button", name="More actions").click()
        self.page.get_by_role("button", name="Publish", exact=True).click()
        self.page.wait_for_url(lambda url: "/edit/" not in url and "/add/" not in url)

    def _count(self, stream):
        return int(self.page.input_value(f"[name='{stream}-count']"))

    def _insert(self, stream, kind=""):
        start = f"{stream}-{self._count(stream)}"
        adding = self.inside(f"{stream}-count").get_by_role("button", name="Insert a block").last
        there = self.page.locator(f"[name='{start}-type']")
        if not kind:
            self._press(adding, there)
            return start
        option = self.page.get_by_role("option", name=kind, exact=True)
        self._press(adding, option, "visible")
        self._press(option, there)
        return start

    def _many(self, name, labels):
        for number, label in enumerate(labels):
            values = label if isinstance(label, dict) else {"label": label}
            adding = self.inside(f"{name}-count").get_by_role("button", name="Add").last
            first = next(iter(values))
            self._press(adding, self.page.locator(f"[name='{name}-{number}-value-{first}']"))
            for part, value in values.items():
                field = self.page.locator(f"[name='{name}-{number}-value-{part}']")
                is_list = field.evaluate("field => field.matches('select')")
                field.select_option(label=value) if is_list else field.fill(value)

    def _offered(self):
        everything = "all => all.map(one => one.value)"
        return self.page.eval_on_selector_all("#cf-offered option", everything)
