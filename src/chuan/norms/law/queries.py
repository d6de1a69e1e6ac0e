"""Reads on the law: the library of a province, and what texts cite.

law_library(provinces) -> LawLibrary
citations(texts) -> tuple[str, ...]                     normal numbers, in order, each once
listed_numbers(texts) -> tuple[str, ...]                the same as the law lists them: for an index
cited(texts, library, day) -> list[Cited]               the same with instrument, state and successors
impact(cited_by, library, day) -> dict[K, list[Cited]]  only what is expired, amended or not yet in force
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from django.db.models import Q, QuerySet, Subquery

from chuan.norms.law.models import SHIPPED, LegalInstrument
from chuan.reading.law import load_law
from chuan.rules.instruments import Instrument, InstrumentState, LawLibrary
from chuan.text.references import Reference, find_references
from chuan.text.vietnamese import fold
from chuan.trail.models import Entry

K = TypeVar("K")
_TO_MEND = (InstrumentState.EXPIRED, InstrumentState.AMENDED, InstrumentState.NOT_YET)
_FACTS = [
    "number",
    "kind",
    "issuer",
    "year",
    "title",
    "issued_on",
    "effective_on",
    "expires_on",
    "seen_in_force_on",
    "consolidates",
    "confidence",
    "source",
]


def law_library(provinces: Collection[int]) -> LawLibrary:
    """Return the instruments that ship and those of `provinces`, the newest first; before the first load what ships.

    One query asks whether the law has changed since it was read; only then it is read again.
    """
    asked = frozenset(provinces)
    return _library(asked, _edition(asked))


def _edition(provinces: frozenset[int]) -> object:
    """Return what differs when the rows of the law do: one was added, or all were loaded, as the trail knows.

    The newest is known by its key: made by chance, it never comes again as a number may.
    """
    loaded = Entry.objects.filter(subject=SHIPPED).order_by("-seq").values("hash")[:1]
    return _rows(provinces).annotate(loaded=Subquery(loaded)).order_by("-pk").values_list("key", "loaded").first()


@lru_cache(maxsize=8)
def _library(provinces: frozenset[int], _edition: object) -> LawLibrary:
    rows = list(_rows(provinces))
    own = [_instrument(row) for row in rows if row.province_id]
    shipped = [_instrument(row) for row in rows if not row.province_id] or list(load_law().instruments)
    known = {instrument.number for instrument in own}
    found = [*own, *(one for one in shipped if one.number not in known)]
    return LawLibrary(tuple(sorted(found, key=lambda one: (-one.year, one.number))), load_law().version)


def _rows(provinces: frozenset[int]) -> QuerySet[LegalInstrument]:
    return LegalInstrument.objects.filter(Q(province__isnull=True) | Q(province__in=provinces))


def _instrument(row: LegalInstrument) -> Instrument:
    facts = {name: getattr(row, name) for name in _FACTS}
    return Instrument(**facts, amends=tuple(row.amends), replaces=tuple(row.replaces))


def instruments_matching(library: LawLibrary, words: str) -> list[Instrument]:
    """Return the instruments whose number or title holds all `words`; zeros before a number make no difference."""
    if not words:
        return list(library.instruments)
    named = {found.number for one in find_references(words) if (found := library.find(one.normal))}
    if named:
        return [one for one in library.instruments if one.number in named]
    wanted = [_bare(word) for word in fold(words).split()]
    return [one for one in library.instruments if all(word in _found_by(one) for word in wanted)]


def _found_by(instrument: Instrument) -> str:
    return f"{fold(instrument.number)} {_bare(fold(instrument.number))} {fold(instrument.title)}"


def _bare(word: str) -> str:
    return word.lstrip("0") or word


def citations(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the normal numbers of the instruments that `texts` name: what an index of citations keeps."""
    return tuple(dict.fromkeys(reference.normal for text in texts for reference in find_references(text)))


def listed_numbers(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the citations of `texts` under the number that the law lists: "QĐ 19/2014" is 19/2014/QĐ-TTg."""
    numbers = ((normal, load_law().find(normal)) for normal in citations(texts))
    return tuple(dict.fromkeys(found.number if found else normal for normal, found in numbers))


@dataclass(frozen=True, slots=True)
class Cited:
    """An instrument as a text names it; `instrument` None when it is not listed. `others` replaced or amend it."""

    words: str
    normal: str
    instrument: Instrument | None
    state: InstrumentState
    others: tuple[Instrument, ...] = ()

    @property
    def to_mend(self) -> bool:
        """Whether whoever cites it must look at it again."""
        return self.state in _TO_MEND


def cited(texts: Iterable[str], library: LawLibrary, day: date) -> list[Cited]:
    """Return what `texts` cite, each instrument once, with its worth on `day`."""
    found: dict[str, tuple[str, Reference]] = {}
    for text in texts:
        for reference in find_references(text):
            found.setdefault(reference.normal, (text, reference))
    return [_cited(text, reference, library, day) for text, reference in found.values()]


def _cited(text: str, reference: Reference, library: LawLibrary, day: date) -> Cited:
    start, end = reference.span
    words, instrument = text[start:end], library.find(reference.normal)
    if instrument is None:
        return Cited(words, reference.normal, None, InstrumentState.UNKNOWN)
    state = library.state(instrument.number, day)
    others = {InstrumentState.EXPIRED: library.replaced_by, InstrumentState.AMENDED: library.amended_by}.get(state)
    return Cited(words, instrument.number, instrument, state, others(instrument.number, day) if others else ())


def impact(cited_by: Mapping[K, Iterable[str]], library: LawLibrary, day: date) -> dict[K, list[Cited]]:
    """Return which citing things (procedures by their legal basis) must be mended, and because of what."""
    found = {key: [one for one in cited(texts, library, day) if one.to_mend] for key, texts in cited_by.items()}
    return {key: ones for key, ones in found.items() if ones}
