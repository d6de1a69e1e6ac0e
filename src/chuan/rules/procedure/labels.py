"""Fitting words into boxes without a screen: the width of text by an estimate per letter, and wrapping by it."""

import unicodedata
from bisect import bisect_right
from functools import cache

_WIDTHS = {"ijlI.,;:'|!·": 33, "frt()[]1": 45, "sz/": 53, "hknuvxy7?": 60, "OQ": 83, "mwM@%&…": 90, "W": 104}
_LETTERS = {letter: width for letters, width in _WIDTHS.items() for letter in letters}
_USUAL, _CAPITAL, _SPACE = 69, 79, 25
"""Hundredths of the size, by the boldest weight of the font that the pages bring; others are narrower."""


def text_width(text: str, size: int) -> int:
    """Return the pixels `text` takes at `size`, rather too many than too few."""
    return -(-sum(map(_letter_width, unicodedata.normalize("NFC", text))) * size // 100)


def wrap(text: str, width: int, size: int, most: int) -> tuple[str, ...]:
    """Return `text` as at most `most` lines of `width` pixels; what does not fit ends in "…"."""
    lines: list[str] = []
    for word in _pieces(text, width, size):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], shorten(" ".join(lines[most - 1 :]), width, size))


def shorten(text: str, width: int, size: int) -> str:
    """Return `text` cut to `width` pixels, ending in "…" when something was cut."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(f"{text}…", size) > width:
        text = text[:-1].rstrip()
    return f"{text}…"


def _pieces(text: str, width: int, size: int) -> list[str]:
    """Return the words of `text`; a word wider than the line is broken."""
    pieces: list[str] = []
    for word in text.split():
        rest = word
        while text_width(rest, size) > width and len(rest) > 1:
            fits = _fitting(rest, width, size)
            pieces.append(rest[:fits])
            rest = rest[fits:]
        pieces.append(rest)
    return pieces


def _fitting(text: str, width: int, size: int) -> int:
    """Return how many letters from the beginning of `text` fit, at least one and never all."""
    return max(1, bisect_right(range(1, len(text)), width, key=lambda count: text_width(text[:count], size)))


@cache
def _letter_width(sign: str) -> int:
    if sign.isspace():
        return _SPACE
    base = unicodedata.normalize("NFD", sign)[0]
    return _LETTERS.get(base) or (_CAPITAL if base.isupper() else _USUAL)
