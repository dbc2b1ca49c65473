"""The accessible colours of the Government Analysis Function and the greys beside them."""

DARK_BLUE = "#12436D"
TURQUOISE = "#28A197"
DARK_PINK = "#801650"
ORANGE = "#F46A25"
DARK_GREY = "#3D3D3D"
LIGHT_PURPLE = "#A285D1"

SERIES = (DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE)
INK = "#0B0C0C"
QUIET_INK = "#484949"
RULE = "#CECECE"
TRACK = "#E8ECF0"
WHITE = "#FFFFFF"
# Tints of the dark blue from light to dark, for classes on a map.
STRAIGHT = 0.04045  # sRGB is linear up to here
CLASSES = ("#E3EBF2", "#A9C1D6", "#7099BC", "#12436D")


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on the colour (WCAG relative luminance)."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= STRAIGHT else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return INK if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else WHITE
