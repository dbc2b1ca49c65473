"""What a drawing is made for: how wide, how large the letters, how wide they run."""

from dataclasses import dataclass

from carefund.core import typeface as text


@dataclass(frozen=True)
class Paper:
    """`stretch` allows for the fonts of a web page, which run wider than the measured one."""

    width: float
    size: float
    stretch: float = 1.0

    @property
    def line(self) -> float:
        return round(self.size * 1.3, 2)

    @property
    def narrow(self) -> bool:
        return self.width < 34 * self.size

    def measure(self, words: str, *, bold: bool = False) -> float:
        return text.text_width(words, self.size, _font(bold=bold)) * self.stretch

    def wrap(
        self, words: str, width: float, most: int | None = None, *, bold: bool = False
    ) -> list[str]:
        return text.wrap(words, width / self.stretch, self.size, _font(bold=bold), most)

    def shorten(self, words: str, width: float, *, bold: bool = False) -> str:
        return text.shorten(words, width / self.stretch, self.size, _font(bold=bold))


def _font(*, bold: bool) -> str:
    return text.BOLD if bold else text.REGULAR


PRINT = Paper(width=479, size=8.5)
SCREEN = Paper(width=720, size=15, stretch=1.12)
# Where letters are largest for their room; some phones have no narrower font than Verdana.
PHONE = Paper(width=345, size=14, stretch=1.25)
