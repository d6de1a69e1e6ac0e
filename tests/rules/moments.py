"""Moments, limits and calendars as the tests of counting write them."""

from datetime import datetime
from fractions import Fraction

from chuan.reading.calendars import load_calendar
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.rules.workdays import VIETNAM

VN = load_calendar("vn")
SATURDAYS = load_calendar("vn-sat")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def days(amount: str) -> Limit:
    return Limit(Fraction(amount), TimeUnit.WORKING_DAY)


def limit(amount: str, unit: TimeUnit) -> Limit:
    return Limit(Fraction(amount), unit)
