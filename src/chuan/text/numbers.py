"""Figures and days as Vietnamese officials write them: decimal comma, dots for thousands, dd/mm/yyyy.

In English figures have a decimal point and commas for thousands; days stay as they are.

Percentages always come with their parts (`106/124 · 85,48 %`), because a rate alone cannot be checked. The space before
the percent sign and around the middle dot does not break across lines.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

FIXED_SPACE = "\u00a0"
_TO_VIETNAMESE = str.maketrans(",.", ".,")


def number(value: int | float | Decimal, places: int | None = None, language: str = "vi") -> str:
    """Return `1234.5` as "1.234,5"; with `places`, rounded half up to that many decimals.

    Without `places` trailing zeros of the decimals are left out, as in "12 ngày".
    """
    if places is None and type(value) is int:
        text = f"{value:,}"
    elif places is not None:
        text = f"{_rounded(Decimal(str(value)), places):,}"
    else:
        text = f"{Decimal(str(value)):,f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if language == "en" else text.translate(_TO_VIETNAMESE)


def percent(part: int | float | Decimal, whole: int | float | Decimal, places: int = 2, *, language: str = "vi") -> str:
    """Return `part / whole` as "85,48 %"; "" when `whole` is 0, since there is nothing to take a share of."""
    if not whole:
        return ""
    share = Decimal(str(part)) * 100 / Decimal(str(whole))
    return f"{number(share, places, language)}{FIXED_SPACE}%"


def rate(part: int, whole: int, language: str = "vi") -> str:
    """Return "106/124 · 85,48 %"; "0/0" when there is nothing to count."""
    counts = f"{number(part, language=language)}/{number(whole, language=language)}"
    share = percent(part, whole, language=language)
    return f"{counts}{FIXED_SPACE}·{FIXED_SPACE}{share}" if share else counts


def day(value: date) -> str:
    """Return a day as "31/12/2024"."""
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def moment(value: datetime) -> str:
    """Return a moment as "14:05 31/12/2024", in the zone the value carries."""
    return f"{value.hour:02d}:{value.minute:02d} {day(value)}"


def file_size(octets: int) -> str:
    """Return a size as people read it: "812 B", "14,2 kB", "3,0 MB" (powers of ten)."""
    for unit, step in (("MB", 1_000_000), ("kB", 1_000)):
        if octets >= step:
            return f"{number(Decimal(octets) / step, 1)}{FIXED_SPACE}{unit}"
    return f"{octets}{FIXED_SPACE}B"


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
