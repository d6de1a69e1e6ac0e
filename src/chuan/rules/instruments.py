"""Legal instruments as a graph: what amends and replaces what, and what was in force on a day.

    library = chuan.reading.law.load_law()
    library.find("118/2025/NĐ-CP" | "19/2014/QĐ" | "Luật Hộ tịch 2014") -> Instrument | None
    library.state(number, day) -> InstrumentState        in_force | amended | expired | not_yet | unknown
    library.explain(number, day) -> Message              the same in words
    library.replaced_by(number, day), library.amended_by(number, day) -> tuple[Instrument, ...]

What is not known for sure is `unknown`, never guessed: an unknown day of effect lies between issue and the first day on
which the instrument was seen to be applied.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from chuan.text.messages import Message, message
from chuan.text.vietnamese import fold_words


class InstrumentState(StrEnum):
    """What an instrument is worth on a day. `AMENDED` is in force too: read it with what amends it."""

    IN_FORCE = "in_force"
    AMENDED = "amended"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Instrument:
    """`number` in its normal form; `title` in our own words. `expires_on` is the first day without force.

    `confidence` is high, medium or low; `source` text (read), secondary or memory.
    """

    number: str
    kind: str
    issuer: str
    year: int
    title: str
    issued_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    seen_in_force_on: date | None = None
    amends: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    consolidates: str = ""
    confidence: str = "medium"
    source: str = ""

    def in_effect(self, day: date) -> bool | None:
        """Whether the instrument had taken effect by `day`; None when that is not known."""
        if self.effective_on:
            return day >= self.effective_on
        if self.seen_in_force_on and day >= self.seen_in_force_on:
            return True
        return False if self.issued_on and day < self.issued_on else None


@dataclass(frozen=True)
class LawLibrary:
    """All instruments that are known, and their version."""

    instruments: tuple[Instrument, ...]
    version: str = ""

    @cached_property
    def by_number(self) -> dict[str, Instrument]:
        """Instruments by normal number."""
        return {instrument.number: instrument for instrument in self.instruments}

    def find(self, number: str) -> Instrument | None:
        """Return the instrument for a normal form, also for one without issuer or a law by title and year."""
        exact = self.by_number.get(number)
        if exact or not number:
            return exact
        title = fold_words(number)
        meant = [
            instrument
            for instrument in self.instruments
            if instrument.number.startswith(f"{number}-")
            or (number.endswith("/QH") and instrument.number.startswith(number))
            or fold_words(f"{instrument.title} {instrument.year}") == title
        ]
        return meant[0] if len(meant) == 1 else None

    def replaced_by(self, number: str, day: date) -> tuple[Instrument, ...]:
        """Return what had replaced the instrument by `day`."""
        return tuple(other for other in self._replacing.get(number, ()) if other.in_effect(day))

    def amended_by(self, number: str, day: date) -> tuple[Instrument, ...]:
        """Return what amends the instrument and was itself in force on `day`."""
        return tuple(
            other
            for other in self._amending.get(number, ())
            if other.in_effect(day) and self.state(other.number, day) is not InstrumentState.EXPIRED
        )

    def state(self, number: str, day: date) -> InstrumentState:
        """Return what the instrument with this normal number is worth on `day`; unknown when it is not listed."""
        instrument = self.by_number.get(number)
        if instrument is None:
            return InstrumentState.UNKNOWN
        if (instrument.expires_on and day >= instrument.expires_on) or self.replaced_by(number, day):
            return InstrumentState.EXPIRED
        doubtful = any(other.in_effect(day) is None for other in self._replacing.get(number, ()))
        taken = instrument.in_effect(day)
        if taken is None or (taken and doubtful):
            return InstrumentState.UNKNOWN
        if not taken:
            return InstrumentState.NOT_YET
        return InstrumentState.AMENDED if self.amended_by(number, day) else InstrumentState.IN_FORCE

    def ended_on(self, number: str, day: date) -> date | None:
        """Return the first day without force that is known by `day`: its own, or that on which another replaced it."""
        instrument = self.by_number.get(number)
        if instrument is None or instrument.expires_on:
            return instrument.expires_on if instrument else None
        return min((one.effective_on for one in self.replaced_by(number, day) if one.effective_on), default=None)

    def explain(self, number: str, day: date) -> Message:
        """Return the state in words, with what replaced or amends the instrument: what a validator shows."""
        state = self.state(number, day)
        instrument = self.by_number.get(number)
        if instrument is None:
            return message("law.not_listed", number=number)
        others = {InstrumentState.EXPIRED: self.replaced_by, InstrumentState.AMENDED: self.amended_by}.get(state)
        named = ", ".join(other.number for other in others(number, day)) if others else ""
        code = "law.expired_alone" if state is InstrumentState.EXPIRED and not named else f"law.{state}"
        effective_on = f"{instrument.effective_on:%d/%m/%Y}" if instrument.effective_on else "?"
        return message(code, number=number, title=instrument.title, others=named, effective_on=effective_on)

    @cached_property
    def _replacing(self) -> dict[str, list[Instrument]]:
        return _by_target((target, other) for other in self.instruments for target in other.replaces)

    @cached_property
    def _amending(self) -> dict[str, list[Instrument]]:
        return _by_target((target, other) for other in self.instruments for target in other.amends)


def _by_target(pairs: Iterable[tuple[str, Instrument]]) -> dict[str, list[Instrument]]:
    found: dict[str, list[Instrument]] = {}
    for target, instrument in pairs:
        found.setdefault(target, []).append(instrument)
    return found
