"""The words of the printed forms and the pieces that several forms share."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from chuan.rules.workdays import as_local
from chuan.text.numbers import FIXED_SPACE
from chuan.writing.blocks import Align, Cell
from chuan.writing.one_stop.content import Field, Heading, Line, Signature, Title
from chuan.writing.one_stop.forms import Applicant, Letterhead, Signer
from chuan.writing.one_stop.numbering import Numbering
from chuan.writing.phrases import printable


@cache
def _data() -> dict[str, Any]:
    text = (files("chuan.data") / "documents" / "one_stop.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def word(name: str, /, **values: object) -> str:
    """Return a word or sentence of the forms."""
    return str(_data()[name]).format_map(values)


def punctuality_word(value: str) -> str:
    """Return "Trước hạn", "Đúng hạn", "Quá hạn"; "" when nothing was judged."""
    return str(_data()["punctuality"][value])


def bind(text: str) -> str:
    """Return a name in capitals whose words of two syllables do not break across lines; `unbind` takes it back."""
    for pair in _data()["unbroken"]:
        text = text.replace(pair.upper(), pair.upper().replace(" ", FIXED_SPACE))
    return text


def unbind(text: str) -> str:
    """Return `text` with usual spaces again."""
    return text.replace(FIXED_SPACE, " ")


def padded(number: int) -> str:
    """Return a number of a document with two digits (NĐ 30/2020/NĐ-CP, Annex I: a 0 before numbers below 10)."""
    return f"{number:02d}"


def _day_parts(on: date) -> dict[str, str]:
    """Days below 10 and the months 1 and 2 have a leading 0 (the same Annex)."""
    return {"day": f"{on.day:02d}", "month": f"{on.month:02d}" if on.month < 3 else str(on.month), "year": str(on.year)}


def moment(at: datetime | None) -> str:
    """Return "08 giờ 05 phút, ngày 02 tháng 12 năm 2026" on Vietnamese clocks; "" when there is none."""
    if at is None:
        return ""
    local = as_local(at)
    return word("moment", hour=f"{local.hour:02d}", minute=f"{local.minute:02d}", **_day_parts(local.date()))


def heading(form: str, letterhead: Letterhead, numbering: Numbering) -> Heading:
    """Return the heading of the form named `form`."""
    number = numbering.number(form)
    return Heading(
        form_number=word("form_number", number=number, text=numbering.text) if number else "",
        agency=printable(letterhead.agency).upper(),
        unit=printable(letterhead.unit).upper(),
        number=_number(form, letterhead),
        state=word("state"),
        motto=word("motto"),
        place_and_day=_place_and_day(letterhead),
    )


def slip_heading(letterhead: Letterhead, number: int, numbering: Numbering) -> Heading:
    """Return the heading of a slip that is written by hand: the number on its pad, the day left open."""
    undated = replace(letterhead, issued_on=None)
    return replace(heading("receipt", undated, numbering), number=word("slip", number=number))


def _number(form: str, letterhead: Letterhead) -> str:
    """Number and symbol; a form with a symbol but no number yet has dots to write it on."""
    symbol = printable(letterhead.symbol) or _data()["symbols"][form]
    if letterhead.number is None:
        return word("number_with_symbol", number=word("few_dots"), symbol=symbol) if symbol else ""
    number = padded(letterhead.number)
    return word("number_with_symbol", number=number, symbol=symbol) if symbol else word("number", number=number)


def _place_and_day(letterhead: Letterhead) -> str:
    place = printable(letterhead.place)
    if letterhead.issued_on is None:
        return word("place_and_day_by_hand", place=place) if place else word("day_by_hand")
    parts = _day_parts(letterhead.issued_on)
    return word("place_and_day", place=place, **parts) if place else word("day_only", **parts)


def issuer(letterhead: Letterhead) -> str:
    """Return who issues the form: the unit, without one the agency."""
    return printable(letterhead.unit or letterhead.agency)


def title(form: str, numbering: Numbering, code: str, *lines: str) -> Title:
    """Return the name of the form in capitals, with the code under it when there is one."""
    code = printable(code)
    shown = (f"{word('dossier_code')}: {code}",) if code else ()
    return Title(numbering.name(form).upper(), (*shown, *lines), code)


def line(*entries: tuple[str, str], strong: bool = False) -> Iterator[Line]:
    """Yield a line of the fields (word of the label, value) that have a value, nothing when none has."""
    fields = tuple(Field(word(label), text, strong) for label, value in entries if (text := printable(value)))
    if fields:
        yield Line(fields)


def room(*labels: str) -> Line:
    """Return a line on which what the labels name is written by hand."""
    return Line(tuple(Field(word(label), "", by_hand=True) for label in labels), roomy=True)


def person(label: str, applicant: Applicant) -> Iterator[Line]:
    """Yield the lines about the applicant, the name under `label`; without a name the room to write them."""
    if not printable(applicant.name):
        yield from (room(label), room("identity"), room("address"), room("phone", "email"))
        return
    yield from line((label, applicant.name), strong=True)
    yield from line(("identity", applicant.identity))
    yield from line(("address", applicant.address))
    yield from line(("phone", applicant.phone), ("email", applicant.email))
    yield from line(("representative", applicant.representative))


def identity(applicant: Applicant) -> Iterator[Line]:
    """Yield the identity number; the room to write it and the address where the applicant's name is missing."""
    if printable(applicant.name):
        yield from line(("identity", applicant.identity))
    else:
        yield from (room("identity"), room("address"))


def by_hand(position: str, name: str) -> Signature:
    """Return the place where somebody signs by hand or finds the name of who signed in the system."""
    return Signature((word(position),), word("sign_by_hand"), printable(name))


def for_agency(signer: Signer) -> Signature:
    """Return the signature of the agency: on whose behalf, position, name."""
    lines = tuple(text for text in (printable(signer.on_behalf), printable(signer.position).upper()) if text)
    return Signature(lines, "", printable(signer.name))


def head(*columns: str) -> tuple[Cell, ...]:
    """Return the head row of a table by the words of its columns."""
    return tuple(Cell(word(column), Align.CENTRE, bold=True) for column in columns)


def row(texts: tuple[str, ...], *, centred: tuple[int, ...]) -> tuple[Cell, ...]:
    """Return a row of a table."""
    return tuple(Cell(text, Align.CENTRE if at in centred else Align.LEFT) for at, text in enumerate(texts))
