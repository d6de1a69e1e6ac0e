"""Instruments as pages show them: the state with its shape and word, names of kinds, the day that is asked about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chuan.kernel.actor import Actor
from chuan.norms.law.queries import law_library
from chuan.rules.instruments import Instrument, InstrumentState, LawLibrary
from chuan.text.instrument_words import instrument_kinds

STATES: dict[InstrumentState, tuple[str, Promise]] = {
    InstrumentState.IN_FORCE: ("done", _("Đang có hiệu lực")),
    InstrumentState.AMENDED: ("soon", _("Có hiệu lực, đã sửa đổi")),
    InstrumentState.EXPIRED: ("late", _("Hết hiệu lực")),
    InstrumentState.NOT_YET: ("doing", _("Chưa có hiệu lực")),
    InstrumentState.UNKNOWN: ("todo", _("Chưa rõ")),
}
CONFIDENCE = {"high": _("chắc chắn"), "medium": _("khá chắc"), "low": _("chưa chắc")}


@dataclass(frozen=True, slots=True)
class Shown:
    """An instrument with its state on the day; `others` replaced it or amend it."""

    instrument: Instrument
    look: str
    word: str
    others: tuple[Instrument, ...] = ()

    @property
    def kind(self) -> str:
        """The kind as people say it."""
        return kind_name(self.instrument.kind)


def kind_name(kind: str) -> str:
    """Return "Nghị định" for "decree"."""
    known = instrument_kinds().get(kind)
    return known.title if known else kind


def shown(instruments: Iterable[Instrument], library: LawLibrary, day: date) -> list[Shown]:
    """Return the instruments with their state on `day`."""
    return [one_shown(instrument, library, day) for instrument in instruments]


def one_shown(instrument: Instrument, library: LawLibrary, day: date) -> Shown:
    """Return the instrument with its state on `day` and what replaced or amends it."""
    state = library.state(instrument.number, day)
    others = {InstrumentState.EXPIRED: library.replaced_by, InstrumentState.AMENDED: library.amended_by}.get(state)
    return Shown(instrument, *_look(state, get_language()), others(instrument.number, day) if others else ())


@cache
def _look(state: InstrumentState, _language: str | None) -> tuple[str, str]:
    shape, word = STATES[state]
    return shape, str(word)


def library_of(actor: Actor) -> LawLibrary:
    """Return the law that the actor's provinces work with."""
    return law_library(actor.provinces)


def day_asked(request: HttpRequest, actor: Actor) -> date:
    """Return the day in the address (`ngay`, dd/mm/yyyy), else today."""
    try:
        return datetime.strptime(request.GET.get("ngay", "").strip(), "%d/%m/%Y").date()  # noqa: DTZ007 - a day only
    except ValueError:
        return timezone.localdate(actor.at)
