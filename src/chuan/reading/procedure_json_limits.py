"""Amounts of time in the JSON of procedures: numbers for people and programs, exact fractions where a number is not."""

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from chuan.rules.procedure.structure import Limit, TimeUnit, written_minutes
from chuan.text.messages import BadInput
from chuan.text.quantities import unrounded

_IN_HOURS = (TimeUnit.WORKING_HOUR, TimeUnit.HOUR)
_ALIASES = {"clock_hour_12": TimeUnit.HOUR, "clock_hour": TimeUnit.HOUR}


def as_number(amount: Fraction) -> int | float:
    """Return the amount as a JSON number, rounded to six decimals as the published data are."""
    return int(amount) if amount.denominator == 1 else round(float(amount), 6)


def exact(amount: Fraction) -> str | None:
    """Return "1/3" for an amount that its JSON number does not give back, None for all others."""
    return None if unrounded(Fraction(str(as_number(amount)))) == amount else str(amount)


def amount(source: Mapping[str, Any], key: str, path: str) -> Fraction | None:
    """Return the number under `key`, exact by `key`_exact. None when absent or null; BadInput for anything else."""
    written = source.get(f"{key}_exact")
    if written is not None:
        try:
            return _positive(Fraction(str(written)), f"{path}.{key}_exact")
        except (ValueError, ZeroDivisionError) as error:
            raise BadInput("procedures.json_fraction", path=f"{path}.{key}_exact", value=written) from error
    number = source.get(key)
    if number is None:
        return None
    if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
        raise BadInput("procedures.json_number", path=f"{path}.{key}", value=repr(number)[:60])
    return _positive(unrounded(Fraction(str(number))), f"{path}.{key}")


def _positive(value: Fraction, path: str) -> Fraction:
    if value < 0:
        raise BadInput("procedures.json_number", path=path, value=str(value))
    return value


def unit(source: Mapping[str, Any], key: str, path: str) -> TimeUnit | None:
    """Return the unit under `key`; None when absent or null. BadInput names the units there are."""
    written = source.get(key)
    if written is None:
        return None
    if isinstance(written, str) and written in _ALIASES:
        return _ALIASES[written]
    try:
        return TimeUnit(written)
    except ValueError as error:
        known = ", ".join(TimeUnit)
        raise BadInput("procedures.json_unit", path=f"{path}.{key}", value=str(written)[:60], known=known) from error


def total_to_json(limit: Limit | None, text: str = "") -> dict[str, object] | None:
    """Return a total as {days, unit, text}; totals in hours as {hours, days, unit}, in minutes as {minutes, unit}."""
    if limit is None:
        return {"days": None, "unit": None, "text": text} if text else None
    found: dict[str, object] = {}
    key = "hours" if limit.unit in _IN_HOURS else "minutes" if limit.unit is TimeUnit.MINUTE else "days"
    if key != "days":
        found["days"] = as_number(written_minutes(limit) / 480)
    found[key] = as_number(limit.amount)
    if (fraction := exact(limit.amount)) is not None:
        found[f"{key}_exact"] = fraction
    found["unit"] = str(limit.unit)
    return {**found, "text": text} if text else found


def total_from_json(source: Mapping[str, Any], path: str) -> Limit | None:
    """Return the total in {days, unit, hours}; in hours when its unit is one of hours (days × 8 without "hours")."""
    found = unit(source, "unit", path)
    key = "hours" if found in _IN_HOURS else "minutes" if found is TimeUnit.MINUTE else "days"
    given = amount(source, key, path)
    days = amount(source, "days", path)
    if given is None and days is not None and found is not None:
        return days_as(days, found)
    return Limit(given, found or TimeUnit.WORKING_DAY) if given is not None else None


def days_as(days: Fraction, clock: TimeUnit) -> Limit:
    """Return days as an amount of `clock`, at 8 hours a day where it counts hours."""
    return Limit(days * 480 / written_minutes(Limit(Fraction(1), clock)), clock)
