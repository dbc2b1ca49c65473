"""A reader of HTML that is stricter than a browser: what is opened must be closed in order."""

from html.parser import HTMLParser

VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
    *("source", "track", "wbr"),
}


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.faults, self.ids, self.tags, self.targets = [], [], [], [], []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        if len(given) != len(attrs):
            self.faults.append(f"<{tag}> repeats an attribute")
        if "id" in given:
            if given["id"] in self.ids:
                self.faults.append(f"id {given['id']} is used twice")
            self.ids.append(given["id"])
        self._note_references(given)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        self.text += data

    def _note_references(self, given):
        for name in ("for", "aria-describedby", "aria-labelledby", "form"):
            self.targets += (given.get(name) or "").split()
        href = given.get("href") or ""
        if href.startswith("#") and len(href) > 1:
            self.targets.append(href[1:])
        if "style" in given or any(name.startswith("on") for name in given):
            self.faults.append("style or script in an attribute")


def read(markup: str) -> Reader:
    """The markup, read; fails on what is not well formed or points to what is not there."""
    reader = Reader()
    reader.feed(markup)
    reader.close()
    missing = [target for target in reader.targets if target not in reader.ids]
    assert reader.faults == []
    assert reader.open == []
    assert missing == []
    return reader
