import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from carefund.core.typeface import BOLD, REGULAR, clean, drawable, runs, shorten, text_width, wrap


@given(st.text(max_size=200), st.floats(min_value=30, max_value=300))
def test_wrap_never_exceeds_the_width(text: str, width: float) -> None:
    wide = [line for line in wrap(text, width, 5) if text_width(line, 5) > width + 0.01]
    assert [line for line in wide if len(line) > 1] == []


@given(st.text(max_size=200))
def test_clean_leaves_nothing_that_xml_forbids(text: str) -> None:
    assert all(c == "\n" or ord(c) >= 32 for c in clean(text))
    clean(text).encode()


def test_clean_drops_control_characters_and_direction_overrides() -> None:
    assert clean("a\x00b\x1b\u202ec\ud800d\te") == "abcd e"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("£–·’ Łódź", "£–·’ Łódź"),
        ("Tŷ Ŵyn", "Tŷ Ŵyn"),
        ("🚀", "[rocket]"),
        ("non\u2011stop", "non-stop"),
        ("①", "1"),
        ("שלום", "????"),
    ],
)
def test_drawable_has_a_form_for_every_character(text: str, shown: str) -> None:
    assert drawable(text) == shown


def test_runs_take_the_second_font_only_where_needed() -> None:
    assert runs("Aŵa") == [("Lato", "A"), ("Roboto", "ŵ"), ("Lato", "a")]


def test_shorten_ends_with_an_ellipsis_inside_the_width() -> None:
    short = shorten("Bournemouth, Christchurch and Poole", 80, 9, BOLD)
    assert short.endswith("…")
    assert text_width(short, 9, BOLD) <= 80


def test_wrap_stops_after_the_lines_asked_for() -> None:
    lines = wrap("one two three four five six", 30, 9, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


@given(st.text(max_size=60), st.sampled_from([REGULAR, BOLD]), st.sampled_from([5, 7.5, 11]))
def test_widths_are_those_of_the_fonts(text: str, font: str, size: float) -> None:
    pieces = runs(text, font)
    assert text_width(text, size, font) == sum(stringWidth(t, name, size) for name, t in pieces)
