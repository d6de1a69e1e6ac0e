"""Step numbers as written ("B1", "Bước 2", "I.3b", "04"): kept as they are; their order tells where a table goes on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chuan.text.vietnamese import clean, fold

_TOKEN = re.compile(
    r"(?P<word>bước(?:\s+số)?\s*)?(?P<prefix>(?:[a-zđ]{1,3}|[ivxl]+)(?:[.\-]\s?|\s?(?=\d))|(?:\d{1,3}\.)*)"
    r"(?P<digits>\d{1,3})\s?(?P<suffix>[a-zđ]?(?:\.?\d{1,2})?)",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(?:(?:bước|phần|mục|giai đoạn)\s+)?([ivxl]+|[a-zđ])", re.IGNORECASE)
_CLOSING = " .:)-–—/"
_LEADING = re.compile(
    r"[-+•*]?\s*(?:bước\s+(?=[A-ZĐ]{1,3}\.?\d))?(?P<no>bước\s*(?:số\s*)?\d{1,3}[a-zđ]?(?:\.\d{1,2})?|(?:[BSV][.\s]?|[IVX]+\.)\d{1,3}[a-zđ]?)\s*"
    r"(?:[.:)/]+[\-–—]?\s*|[\-–—]+\s*(?!(?:bước\s*|[a-z])?\d)|\n\s*|\s+(?=[A-ZĐÀ-Ỹ])|\s*(?=\())",
    re.IGNORECASE,
)
_PLAIN_LEADING = re.compile(r"\(?(?P<no>\d{1,2}(?:\.\d{1,2}){0,3})\s*[.:)]+\s*(?=[^\d\s.:)])")
_SUB = re.compile(r"(?:[-+•]\s*)?\(?(?P<letter>[a-zđ])\s*[.)]\s+(?=\S)")


@dataclass(frozen=True, slots=True, order=True)
class Ordinal:
    """The place a number gives a step: in `series` ("" for B1, Bước 1, 01; "i." for I.1) the `value`, then `suffix`."""

    series: str
    value: int
    suffix: str = ""


def token(text: str) -> str:
    """Return the number that a cell holds, as written without closing punctuation; "" when it is no number."""
    text = re.sub(r"^[Bb]ước\s+(?=[A-ZĐ]{1,3}\.?\d)", "", clean(text).rstrip(_CLOSING).lstrip("("))
    return text if _TOKEN.fullmatch(text) or _ROMAN.fullmatch(text) else ""


def is_outline(number: str) -> bool:
    """Whether the number is a bare Roman figure or letter ("I", "A"), as phases have them."""
    return bool(number) and _ROMAN.fullmatch(number) is not None


def ordinal(number: str) -> Ordinal | None:
    """Return the order of a step number, None when it has none."""
    match = _TOKEN.fullmatch(number)
    if match is None:
        return None
    series = fold(match["prefix"])
    return Ordinal("" if series.rstrip(" .-") == "b" else series, int(match["digits"]), fold(match["suffix"]))


def split_leading(text: str, plain: bool = False) -> tuple[str, str]:
    """Return ("Bước 1", "Tiếp nhận hồ sơ") for "Bước 1: Tiếp nhận hồ sơ"; ("", text) when no number leads.

    `plain` also accepts "1. Tiếp nhận".
    """
    for pattern in (_LEADING, _PLAIN_LEADING) if plain else (_LEADING,):
        match = pattern.match(text)
        if match and text[match.end() :].strip():
            return clean(match["no"]), text[match.end() :].strip()
    return "", text


def split_letter(text: str) -> tuple[str, str]:
    """Return ("a", "Phân công") for "a) Phân công"; ("", text) when no letter leads."""
    match = _SUB.match(text)
    return (match["letter"], text[match.end() :].strip()) if match else ("", text)


def same(first: str, second: str) -> bool:
    """Whether two numbers mean the same step: B1 = Bước 1 = 01."""
    one, other = ordinal(first), ordinal(second)
    return one == other if one and other else fold(first) == fold(second)


def follows(last: Ordinal, first: Ordinal) -> bool:
    """Whether `first` is the next number of the series after `last`, or its next letter."""
    if first.series != last.series:
        return False
    return first.value == last.value + 1 or (first.value == last.value and first.suffix > last.suffix)


def gaps(numbers: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield (place of a number, the number of its series before it) where numbers do not go on one by one.

    The one before is "" where a series begins beyond 1. Numbering again from 1 is no gap, nor is 1, 2.1, 2.2, 3.
    """
    last: dict[str, tuple[Ordinal, str]] = {}
    for place, number in enumerate(numbers):
        order = ordinal(number)
        if order is None:
            continue
        before, written = last.get(order.series, (Ordinal(order.series, 0), ""))
        if order.value > 1 and order.value not in (before.value, before.value + 1):
            yield place, written
        last[order.series] = order, number
        if stem := ordinal(order.series.rstrip(".")):
            last[stem.series] = stem, number
