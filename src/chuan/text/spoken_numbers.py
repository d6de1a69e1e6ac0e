"""Numbers in Vietnamese words as figures: "mười lăm" → 15, "ba phần tư" → 3/4, "nửa" → 1/2.

Only words with their marks are numbers: "sáu" is six, "sau" is after. Their values stand in data/reading, folded.
"""

import re
import tomllib
from fractions import Fraction
from functools import cache
from importlib.resources import files

from chuan.text.vietnamese import fold

_DIGIT = "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín"
_LAST = f"{_DIGIT}|mốt|tư|lăm"
_PARTS = re.compile(rf"(?<!\w)(?P<count>{_DIGIT}) phần (?P<of>{_LAST})(?!\w)|(?<!\w)(?<!\d )(?:một )?nửa(?!\w)")
_WHOLE = re.compile(
    rf"(?<!\w)(?<!thứ )(?=(?:{_DIGIT}|mười)(?!\w))(?:(?P<hundreds>{_DIGIT}) trăm(?: (?:linh|lẻ))?(?!\w)\s*)?"
    rf"(?:(?:(?P<tens>{_DIGIT}) mươi|(?P<ten>mười))(?!\w)\s*)?(?P<last>{_LAST})?(?!\w)"
)
_A_YEAR = re.compile(
    r"(?<!\w)năm(?=\s*\d{4})|(?:(?<=hàng )|(?<=hằng )|(?<=mỗi )|(?<=trong )|(?<=cả ))năm"
    r"(?!\s*(?:\(|ngày|giờ|tiếng|phút|mươi|trăm))"
)


@cache
def _values() -> dict[str, Fraction]:
    text = (files("chuan.data") / "reading" / "spoken_numbers.toml").read_text(encoding="utf-8")
    return {word: Fraction(value) for word, value in tomllib.loads(text).items()}


def with_figures(text: str) -> str:
    """Return the text (NFC, one space between words) in small letters with its spoken numbers as figures."""
    return _WHOLE.sub(_whole, _PARTS.sub(_part, _A_YEAR.sub("nam", text.casefold())))


def _part(match: re.Match[str]) -> str:
    return f"{_value(match['count'])}/{_value(match['of'])}" if match["count"] else "1/2"


def _whole(match: re.Match[str]) -> str:
    tens = 10 if match["ten"] else 10 * _value(match["tens"])
    behind = " " * (len(match[0]) - len(match[0].rstrip()))
    return f"{100 * _value(match['hundreds']) + tens + _value(match['last'])}{behind}"


def _value(word: str | None) -> int:
    return int(_values()[fold(word)]) if word else 0
