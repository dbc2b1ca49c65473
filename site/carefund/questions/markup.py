"""The few marks of rich text: headings, lists, bold, italics and links, typed as plain text.

A line that begins with "# " is a heading; with "- " or "1. " an item of a list. **Bold**,
*italics*, [words](https://address). Everything else is text, and the result is cleaned once more.
"""

import re
from collections.abc import Iterator

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

TAGS = {"p", "br", "h3", "ul", "ol", "li", "strong", "em", "a"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"https", "http", "mailto"}
LOOKS = {
    "a": {"class": "govuk-link"},
    "p": {"class": "govuk-body"},
    "h3": {"class": "govuk-heading-s"},
    "ul": {"class": "govuk-list govuk-list--bullet"},
    "ol": {"class": "govuk-list govuk-list--number"},
}
BULLET = re.compile(r"[-*•] +(.*)")
NUMBER = re.compile(r"[0-9]{1,3}[.)] +(.*)")
HEADING = re.compile(r"#{1,3} +(.*)")
BOLD = re.compile(r"\*\*([^*\n]{1,500})\*\*")
ITALIC = re.compile(r"\*([^*\n]{1,500})\*")
LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\((https?://[^\s()<>\"]{1,500})\)")
MARKS = re.compile(r"^#{1,3} +|\*\*?", re.MULTILINE)


def rich(text: str) -> SafeString:
    """The text as markup of the allowed tags only."""
    made = "".join(_blocks(text.split("\n")))
    clean = nh3.clean(
        made,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener nofollow",
        set_tag_attribute_values=LOOKS,
    )
    return mark_safe(clean)


def plain(text: str) -> str:
    """The text without its marks."""
    return MARKS.sub("", LINK.sub(r"\1 (\2)", text))


def _kind(line: str) -> tuple[str, str]:
    for name, pattern in (("ul", BULLET), ("ol", NUMBER), ("h3", HEADING)):
        if found := pattern.fullmatch(line.strip()):
            return name, found[1]
    return ("p" if line.strip() else ""), line.strip()


def _blocks(lines: list[str]) -> Iterator[str]:
    """Neighbouring lines of one kind belong together."""
    kept: list[str] = []
    before = ""
    for line in [*lines, ""]:
        kind, words = _kind(line)
        if kept and (kind != before or kind == "h3"):
            yield _block(before, kept)
            kept = []
        if kind:
            kept.append(_inline(words))
        before = kind
    if kept:
        yield _block(before, kept)


def _block(kind: str, lines: list[str]) -> str:
    if kind in {"ul", "ol"}:
        return f"<{kind}>{''.join(f'<li>{line}</li>' for line in lines)}</{kind}>"
    return f"<{kind}>{'<br>'.join(lines)}</{kind}>"


def _inline(text: str) -> str:
    made = str(escape(text))
    made = LINK.sub(r'<a href="\2">\1</a>', made)
    made = BOLD.sub(r"<strong>\1</strong>", made)
    return ITALIC.sub(r"<em>\1</em>", made)
