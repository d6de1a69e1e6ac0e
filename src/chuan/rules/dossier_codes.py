"""Codes of dossiers in both official forms: TT 01/2018/TT-VPCP Art 19, and TT 03/2025/TT-VPCP Art 13(3) (facts 3.4).

Every code is opaque text; one that has an official form has parts too. Reading is lenient (both forms, longer serials,
no owner, an identifier without its lowest levels), writing is exact. The forms, with the texts that say so, stand in
`data/one_stop/dossier_codes.toml`.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from chuan.text.messages import BadInput

_CENTURY = 2000
_SIGNS = {"A": "[A-Z]", "#": "[0-9]", "*": "[A-Z0-9]", ".": r"\."}
_MOST_DIGITS_READ = 9


@dataclass(frozen=True, slots=True)
class CodeFormat:
    """One official form, named by its issuing `text` in normal form ("03/2025/TT-VPCP").

    `agency` and `owner` are masks (`A` letter, `#` digit, `*` either; `owner` "" where the code has none).
    """

    text: str
    article: str
    added_by: str
    effective_on: date
    agency: str
    agency_written: str
    agency_example: str
    owner: str
    digits: int
    most_digits: int
    source: str


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A code with its parts. `format` is the issuing text; `serial` is the number in the day, from 1."""

    text: str
    format: str
    agency: str
    received_on: date
    owner: str
    serial: int

    def __str__(self) -> str:
        return self.text


@cache
def formats() -> tuple[CodeFormat, ...]:
    """Return the official forms, oldest first."""
    table = tomllib.loads((files("chuan.data") / "one_stop" / "dossier_codes.toml").read_text(encoding="utf-8"))
    return tuple(CodeFormat(**entry) for entry in table["formats"])


def format_of(text: str) -> CodeFormat:
    """Return the form that the instrument `text` gives; BadInput when it gives none."""
    for one in formats():
        if one.text == text:
            return one
    raise BadInput("dossier_codes.unknown_format", text=text, known=", ".join(one.text for one in formats()))


def format_on(day: date) -> CodeFormat:
    """Return the newest form in effect on `day`, for an agency that has chosen none; before all of them the oldest."""
    return next((one for one in reversed(formats()) if one.effective_on <= day), formats()[0])


def parse(text: str) -> DossierCode | None:
    """Return the parts of `text` in whichever official form it has; None for every other text, which stays opaque."""
    text = text.strip()
    for one in formats():
        if (found := _pattern(one).fullmatch(text)) and (code := _code(text, one, found)):
            return code
    return None


def compose(one: CodeFormat, *, agency: str, received_on: date, serial: int, owner: str = "") -> DossierCode:
    """Return the code of the `serial`-th dossier received by `agency` on a day. BadInput says which part is wrong."""
    day = received_on.strftime("%d/%m/%Y")
    if not _fits(one.agency, agency):
        about = {"written": one.agency_written, "example": one.agency_example}
        raise BadInput("dossier_codes.wrong_agency", agency=agency, text=one.text, **about)
    if owner and not one.owner:
        raise BadInput("dossier_codes.no_owner", owner=owner, text=one.text)
    if not _fits(one.owner, owner):
        raise BadInput("dossier_codes.wrong_owner", owner=owner, text=one.text, letters=len(one.owner))
    if received_on.year // 100 != _CENTURY // 100:
        raise BadInput("dossier_codes.year_out_of_reach", day=day)
    if serial < 1:
        raise BadInput("dossier_codes.serial_below_one", serial=serial)
    if serial >= 10**one.most_digits:
        raise BadInput("dossier_codes.serial_too_long", serial=serial, day=day, digits=one.most_digits, text=one.text)
    text = f"{agency}-{received_on:%y%m%d}-{owner}{serial:0{one.digits}d}"
    return DossierCode(text, one.text, agency, received_on, owner, serial)


def serial_after(given: Iterable[DossierCode], *, agency: str, received_on: date, owner: str = "") -> int:
    """Return the serial that follows all `given` ones of the agency (and system owner) on the day; 1 for the first.

    A serial left free by a code that was cancelled is not given again, as long as that code is among the `given`.
    """
    of_the_day = (agency, received_on, owner)
    serials = (code.serial for code in given if (code.agency, code.received_on, code.owner) == of_the_day)
    return 1 + max(serials, default=0)


def _fits(mask: str, part: str) -> bool:
    return re.fullmatch(_expression(mask), part) is not None


def _expression(mask: str) -> str:
    return "".join(_SIGNS[sign] for sign in mask)


def _shortened(mask: str) -> str:
    """Return the expression of an identifier that may end after its second level: many systems leave out the zeros.

    The highest level, the one with a letter, stands first or last.
    """
    levels = [_expression(level) for level in mask.split(".")]
    if mask.startswith("A"):
        first, second, *lower = levels
        return rf"{first}\.{second}" + "".join(rf"(?:\.{level}" for level in lower) + ")?" * len(lower)
    *lower, second, first = levels
    return "(?:" * len(lower) + "".join(rf"{level}\.)?" for level in lower) + rf"{second}\.{first}"


@cache
def _pattern(one: CodeFormat) -> re.Pattern[str]:
    owner, digits = _expression(one.owner), f"[0-9]{{{one.digits},{_MOST_DIGITS_READ}}}"
    return re.compile(f"({_shortened(one.agency)})-([0-9]{{2}})([0-9]{{2}})([0-9]{{2}})-((?:{owner})?)({digits})")


def _code(text: str, one: CodeFormat, found: re.Match[str]) -> DossierCode | None:
    agency, year, month, day, owner, serial = found.groups()
    try:
        received_on = date(_CENTURY + int(year), int(month), int(day))
    except ValueError:  # no such day
        return None
    return DossierCode(text, one.text, agency, received_on, owner, int(serial)) if int(serial) else None
