"""Legal instruments: the list with search and states by day, and one with what it changed and what changed it."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from chuan.kernel.effects import actor_of, reads
from chuan.kernel.errors import NotYours
from chuan.norms.law.queries import instruments_matching
from chuan.quality.procedures.citing import citing, citing_counts
from chuan.rules.authority import Permission
from chuan.rules.instruments import Instrument, InstrumentState, LawLibrary
from chuan.text.vietnamese import clean
from chuan.web.agency.law.shown import CONFIDENCE, STATES, day_asked, library_of, one_shown, shown
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.paging import page_of
from chuan.web.kit.words import worded

PAGE_SIZE = 50


@reads(Permission.SEE_ORGANISATION)
def instruments(request: HttpRequest) -> HttpResponse:
    """Show the instruments that match `q`, by state on `ngay`; `sau` is the number after which the page begins."""
    actor = actor_of(request)
    library, day = library_of(actor), day_asked(request, actor)
    words, state = clean(request.GET.get("q", ""))[:100], request.GET.get("xem", "")
    found = instruments_matching(library, words)
    if state in STATES:
        found = [one for one in found if library.state(one.number, day) == state]
    begin = _after(found, request.GET.get("sau", ""))
    rows = found[begin : begin + PAGE_SIZE]
    more = len(found) > begin + PAGE_SIZE
    states = [Choice(_("Tất cả"), ""), *(Choice(str(word), one.value) for one, (_shape, word) in STATES.items())]
    counts = citing_counts(actor, [one.number for one in rows])
    context = {
        "rows": [(one, counts.get(one.instrument.number, 0)) for one in shown(rows, library, day)],
        "page": {
            "rows": rows,
            "shown": len(rows),
            "total": len(found),
            "after": rows[-1].number if more else "",
            "begun": begin,
        },
        "states": choices(request, "xem", states),
        "words": words,
        "day": day,
        "may_add": bool(actor.provinces_where(Permission.MANAGE_NORMS)),
    }
    return render(request, "agency/law/list.html", context)


def _after(found: list[Instrument], mark: str) -> int:
    return next((place + 1 for place, one in enumerate(found) if one.number == mark), 0)


@reads(Permission.SEE_ORGANISATION)
def instrument(request: HttpRequest, number: str) -> HttpResponse:
    """Show one instrument, its place among the others, and the procedures in force that cite it."""
    actor = actor_of(request)
    library, day = library_of(actor), day_asked(request, actor)
    one = library.find(number)
    if one is None:
        raise NotYours
    procedures = page_of(citing(actor, one.number), ("agency_id", "code", "pk"), request.GET.get("sau", ""))
    context = {
        "one": one,
        "page": procedures,
        "ended_on": library.ended_on(one.number, day),
        "ended_by": _ended_by(one, library, day),
        "gone": library.state(one.number, day) is InstrumentState.EXPIRED,
        "writes_in": actor.agencies_where(Permission.WRITE_PROCEDURE),
        "shown": one_shown(one, library, day),
        "explained": worded(library.explain(one.number, day)),
        "day": day,
        "confidence": CONFIDENCE.get(one.confidence, ""),
        "relations": _relations(one, library),
        "unsure": library.state(one.number, day) is InstrumentState.UNKNOWN,
    }
    return render(request, "agency/law/instrument.html", context)


def _ended_by(one: Instrument, library: LawLibrary, day: date) -> date | None:
    """Return the first day on which what replaces `one` was seen in force: when it began is not always known."""
    return min(
        (by.seen_in_force_on for by in library.replaced_by(one.number, day) if by.seen_in_force_on), default=None
    )


def _relations(one: Instrument, library: LawLibrary) -> dict[str, list[tuple[str, Instrument | None]]]:
    """Return the lists of the graph around `one`: (number, instrument if it is listed)."""

    def named(numbers: tuple[str, ...]) -> list[tuple[str, Instrument | None]]:
        return [(number, library.by_number.get(number)) for number in numbers]

    others = library.instruments
    return {
        "replaces": named(one.replaces),
        "amends": named(one.amends),
        "replaced_by": named(tuple(other.number for other in others if one.number in other.replaces)),
        "amended_by": named(tuple(other.number for other in others if one.number in other.amends)),
        "consolidates": named((one.consolidates,) if one.consolidates else ()),
        "consolidated_by": named(tuple(other.number for other in others if other.consolidates == one.number)),
    }
