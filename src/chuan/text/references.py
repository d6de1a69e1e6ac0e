"""Legal instruments in free text: `NĐ 118/2025/NĐ-CP`, `Thông tư số 03/2025/TT-VPCP`, `Luật Hộ tịch 60/2014/QH13` …

    find_references(text) -> tuple[Reference, ...]     in the order of the text, spans into `text` as given (also NFD)
    first_reference(text) -> Reference | None
    Reference.normal is equal for equal instruments: "TT 4/2025/TT-VPCP" and "04/2025/TT-VPCP" have one normal form.

Numbers and symbols follow NĐ 30/2020/NĐ-CP, Annex I: number/year/KIND-ISSUER for rules of law (laws: number/year/QH and
term), number/KIND-ISSUER for the rest. Where the text leaves the issuer out and it cannot be known, it stays out.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from chuan.text.instrument_words import (
    InstrumentKind,
    assembly_of,
    instrument_kinds,
    issuer_spelling,
    kind_of_symbol,
    kind_of_word,
)
from chuan.text.vietnamese import clean

_DASHES = "‐‑‒–—−"
_YEARS = range(1945, 2100)
_SLASH = r"\s?/\s?"
_DATE = re.compile(r"[\s,(]*(?:ngay\s+)?(\d{1,2})(?:[/.-]|\s+thang\s+)(\d{1,2})(?:[/.-]|\s+nam\s+)(\d{4})(?!\d)")
_LIST = re.compile(r"(?:\s*\([^()]*\))?\s*(?:[,;+&]|va)\s*(?:so\s?:?\s*)?")
_BETWEEN = re.compile(r"\s*(?:cua\s+[a-z ,&-]{2,80}\s+)?(?:so\s?:?\s*)?")
_NAME = re.compile(r"\s+(?P<name>(?:[a-z][a-z,&-]*\s+){1,16}?)(?:nam\s+)?(?:so\s?:?\s*)?")
_YEAR = re.compile(r"(?<![\w/.-])(\d{4})(?![\w/.-]\d|\s?/)")
_NAMED_KINDS = ("law", "code", "ordinance")


@dataclass(frozen=True, slots=True)
class Reference:
    """A legal instrument as a text names it.

    `kind` is a key of data/law/kinds.toml ("decree", "circular", "law" …). `issuer` is "" when the text leaves it out
    and it cannot be known; `year` 0 when neither the number nor a date tells it. `name` is the title of a law as
    written. `span` is (start, end) in the text; `issued_on` the date that follows in the text.
    """

    kind: str
    number: str
    issuer: str
    year: int
    normal: str
    span: tuple[int, int]
    name: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text in bare small letters, and where each of them stood in the original."""

    original: str
    text: str
    places: tuple[int, ...]

    def words(self, start: int, end: int) -> str:
        return clean(self.original[self.places[start] : self.places[end]])


def _folded(original: str) -> _Folded:
    letters, places = [], []
    for place, sign in enumerate(original):
        for part in unicodedata.normalize("NFD", sign):
            if not unicodedata.combining(part):
                letters.append("-" if part in _DASHES else "d" if part in "đĐ" else part.lower()[0])
                places.append(place)
    return _Folded(original, "".join(letters), (*places, len(original)))


@cache
def _number() -> re.Pattern[str]:
    kinds = "|".join(sorted(kind_of_symbol(), key=len, reverse=True))
    symbol = rf"(?:{kinds})\d{{0,2}}\s?-\s?[a-z]+\d{{0,2}}(?:-[a-z]+)*"
    assembly = r"(?:ubtv)?qh\d{0,2}"
    letter = r"[a-z]{2,10}(?:-[a-z]{2,12})+"
    return re.compile(
        rf"(?<![\w/.-])(?P<number>\d{{1,5}}[a-z]?){_SLASH}(?:"
        rf"(?P<year>\d{{4}})(?:{_SLASH}(?P<dated>{symbol}|{assembly})(?!\w)|(?![\d/]|\s?/\s?\d))"
        rf"|(?P<symbol>{symbol})(?!\w)|(?P<letter>{letter})(?!\w))"
    )


@cache
def _kind_word() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(kind_of_word(), key=len, reverse=True))})\b")


def find_references(text: str) -> tuple[Reference, ...]:
    """Return every legal instrument that `text` names, in order; the same one as often as it is named."""
    folded = _folded(text)
    found: list[Reference] = []
    end, last = 0, None
    for hit in _number().finditer(folded.text):
        found += _named_laws(folded, end, hit.start())
        reference = _numbered(folded, hit, end, last)
        if reference:
            if found and found[-1].span[1] > reference.span[0]:
                found.pop()  # "Luật Hộ tịch 2014 số 60/2014/QH13" names one law
            found.append(reference)
            end, last = hit.end(), reference
    found += _named_laws(folded, end, len(folded.text))
    return tuple(found)


def first_reference(text: str) -> Reference | None:
    """Return the first instrument that `text` names."""
    return next(iter(find_references(text)), None)


def _numbered(folded: _Folded, hit: re.Match[str], end: int, last: Reference | None) -> Reference | None:
    """Return what the number `hit` refers to; the words before it are read back to `end` of the last reference."""
    year = int(hit["year"] or 0)
    symbol, letter = hit["dated"] or hit["symbol"], hit["letter"]
    if (year and year not in _YEARS) or (letter and not _is_capital(folded, hit)):
        return None
    start, kind, name = _words_before(folded, hit.start(), end)
    if not symbol and not letter and kind is None:
        if last is None or not last.year or not _LIST.fullmatch(folded.text, end, hit.start()):
            return None
        kind = instrument_kinds()[last.kind]
    kind, issuer = _kind_and_issuer(kind, symbol or letter or "", letter is not None, year)
    number = hit["number"].lstrip("0").zfill(2)
    issued_on = _date_after(folded, hit.end())
    return Reference(
        kind=kind.key,
        number=number,
        issuer=issuer,
        year=year or (issued_on.year if issued_on else 0),
        normal="/".join([number, *([str(year)] if year else []), _symbol(kind, issuer, folded, hit)]),
        span=(folded.places[start], folded.places[hit.end()]),
        name=name,
        issued_on=issued_on,
    )


def _is_capital(folded: _Folded, hit: re.Match[str]) -> bool:
    parts = folded.words(*hit.span("letter")).split("-")
    return all(part == "TTg" or part.isupper() for part in parts)


def _words_before(folded: _Folded, number: int, end: int) -> tuple[int, InstrumentKind | None, str]:
    """Return where the reference begins, the kind that the words name, and the title of a law between them."""
    words = list(_kind_word().finditer(folded.text, max(end, number - 200), number))
    if not words:
        return number, None, ""
    word = words[-1]
    kind = kind_of_word()[word.group()]
    if _BETWEEN.fullmatch(folded.text, word.end(), number):
        return word.start(), kind, ""
    name = _NAME.fullmatch(folded.text, word.end(), number)
    if name and kind.key in _NAMED_KINDS:
        return word.start(), kind, folded.words(*name.span("name"))
    return number, None, ""


def _kind_and_issuer(
    word: InstrumentKind | None, symbol: str, is_letter: bool, year: int
) -> tuple[InstrumentKind, str]:
    """Return the kind (the symbol decides, except for the Assembly's own) and the issuer in its printed letters."""
    kinds = instrument_kinds()
    symbol = re.sub(r"\s", "", symbol)
    if is_letter:
        return word or kinds["letter"], _spelled(symbol)
    if "qh" in symbol and "-" not in symbol:
        ordinance = kinds["ordinance"] if symbol.startswith("ubtv") else kinds["law"]
        return word or ordinance, symbol.upper()
    if not symbol:
        kind = word or kinds["letter"]
        return kind, assembly_of(year) if kind.symbol == "QH" else kind.issuer
    head, _, issuer = symbol.partition("-")
    return kind_of_symbol()[head.rstrip("0123456789")], _spelled(issuer)


def _spelled(folded_issuer: str) -> str:
    return "-".join(issuer_spelling().get(part, part.upper()) for part in folded_issuer.split("-"))


def _symbol(kind: InstrumentKind, issuer: str, folded: _Folded, hit: re.Match[str]) -> str:
    if hit["letter"] or issuer.startswith(("QH", "UBTVQH")):
        return issuer
    return f"{kind.symbol}-{issuer}" if issuer else kind.symbol


def _date_after(folded: _Folded, end: int) -> date | None:
    written = _DATE.match(folded.text, end)
    if not written:
        return None
    try:
        return date(int(written[3]), int(written[2]), int(written[1]))
    except ValueError:
        return None


def _named_laws(folded: _Folded, start: int, end: int) -> Iterator[Reference]:
    """Yield the laws that are named by title and year alone ("Luật Xây dựng 2014")."""
    for year in _YEAR.finditer(folded.text, start, end):
        begin, kind, name = _words_before(folded, year.start(), start)
        if kind and name[:1].isupper() and int(year[1]) in _YEARS:
            title = f"{kind.title} {name} {year[1]}"
            yield Reference(
                kind.key, "", "", int(year[1]), title, (folded.places[begin], folded.places[year.end()]), name
            )
            start = year.end()
