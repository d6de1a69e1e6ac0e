"""Scores and points in words, in the reader's language."""

from fractions import Fraction

from django.utils.translation import get_language

from chuan.rules.one_stop_indices import Value
from chuan.text import numbers


def decimal(value: Fraction, places: int) -> str:
    """Return a score with its decimals: "1,6". Scores are rounded to so many places already."""
    return numbers.number(int(value * 10**places) / 10**places, places, _language())


def plain(value: Fraction) -> str:
    """Return a number of points without needless decimals: "20"."""
    return numbers.number(int(value) if value.denominator == 1 else float(value), language=_language())


def score_words(value: Value) -> str:
    """Return "1,6/2", "" for what earns no points."""
    if value.score is None:
        return ""
    return f"{decimal(value.score, value.index.of.places)}/{plain(value.most or Fraction(0))}"


def _language() -> str:
    return get_language() or "vi"
