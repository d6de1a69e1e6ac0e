"""Writes on living dossiers: one verb for each act, each safe to repeat with the same press.

Every verb takes a `press` (the page's key, and how many acts it had seen), checks who may, and writes through
`writing.write`: all or nothing. What they raise: NotAllowed, ActedMeanwhile, NotAdmittedNow, NotItsStep, KeyOfAnother.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from chuan.kernel.actor import Actor
from chuan.kernel.scoping import require
from chuan.norms.holidays.queries import calendar_of
from chuan.organisations.models import Agency
from chuan.organisations.people.models import Position
from chuan.quality.dossiers.models import Book, Dossier, DossierPart, OneStop, RoleHolder
from chuan.quality.dossiers.numbering import day_book
from chuan.quality.dossiers.reckoned import acts_of, course_of, variant_of
from chuan.quality.dossiers.refusals import IdentifierTaken, NotAdmittedNow
from chuan.quality.dossiers.writing import ONLY_HANDING_OUT, Draft, Press, Written, acting_agency, write
from chuan.rules.authority import Permission
from chuan.rules.deadlines import due_at
from chuan.rules.handling.acts import Act, ActKind, NotAdmitted, in_effect, unanswered
from chuan.rules.handling.counter import hands_out
from chuan.rules.one_stop_books import begin_volume, close
from chuan.rules.procedure.structure import Limit
from chuan.text.messages import BadInput
from chuan.text.vietnamese import clean, fold_words
from chuan.trail.actions import record

P = Permission
_OWN_BOOK = "the lines of a book whose agency was checked"


def do_step(
    dossier: Dossier,
    step: int,
    *,
    press: Press,
    reason: str = "",
    note: str = "",
    happened_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Written:
    """Do a step of the procedure; the result is ready with it when only handing out is left. `reason`: why it is done
    out of turn, or in another's place; `note` is for the next person.
    """
    drafts = [Draft(ActKind.STEP, step, at=happened_at, reason=reason, note=note)]
    acts, variant = acts_of(dossier), variant_of(dossier)
    course = course_of(variant)
    if course and variant and course.has(step) and not hands_out(variant.steps[step]):
        done = [act.step for act in in_effect(acts) if act.step is not None]
        coming = course.usual_next((*done, step))
        ready = coming is None or hands_out(variant.steps[coming])
        if ready and not unanswered(acts) and not any(act.kind is ActKind.RESULT_READY for act in in_effect(acts)):
            early = not course.standing((*done, step)).may_end
            drafts.append(Draft(ActKind.RESULT_READY, at=happened_at, reason=ONLY_HANDING_OUT if early else ""))
    return _handle(dossier, drafts, press, by, at)


def make_ready(
    dossier: Dossier,
    *,
    press: Press,
    reason: str = "",
    happened_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Written:
    """Say that the result is there; before the steps that had to come, a reason is needed."""
    return _handle(dossier, [Draft(ActKind.RESULT_READY, at=happened_at, reason=reason)], press, by, at)


def return_result(
    dossier: Dossier,
    *,
    press: Press,
    note: str = "",
    happened_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Written:
    """Hand the result to the citizen, which does the steps of handing out that are open."""
    drafts = [Draft(ActKind.STEP, step, at=happened_at) for step in _handing_out(dossier)]
    drafts.append(Draft(ActKind.RETURNED, at=happened_at, note=note))
    agency = acting_agency(dossier, P.RECEIVE_DOSSIER, by)
    return write(dossier, drafts, press, on_behalf=agency, by=by, at=at)


def _handing_out(dossier: Dossier) -> list[int]:
    """Return the steps of handing out that are left on the usual way."""
    variant = variant_of(dossier)
    course, done = course_of(variant), [a.step for a in in_effect(acts_of(dossier)) if a.step is not None]
    found: list[int] = []
    while course and variant:
        step = course.usual_next((*done, *found))
        if step is None or step in found or not hands_out(variant.steps[step]):
            break
        found.append(step)
    return found


def ask_supplement(
    dossier: Dossier, items: Sequence[str], *, why: str, press: Press, by: Actor, at: datetime
) -> Written:
    """Ask the citizen, once and completely, for what is missing (form 02, R2)."""
    named = [clean(item) for item in items if clean(item)]
    return _handle(dossier, [Draft(ActKind.SUPPLEMENT, reason=why, details={"items": named})], press, by, at)


def take_supplement(
    dossier: Dossier,
    items: Sequence[str],
    *,
    press: Press,
    happened_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Written:
    """Take in what the citizen completed; the clock goes on as was settled (R7, R8)."""
    draft = Draft(ActKind.RESUBMITTED, at=happened_at, details={"items": [clean(item) for item in items]})
    agency = acting_agency(dossier, P.RECEIVE_DOSSIER, by)
    return write(dossier, [draft], press, on_behalf=agency, by=by, at=at)


def ask_payment(dossier: Dossier, *, what: str, press: Press, by: Actor, at: datetime) -> Written:
    """Wait for the citizen's financial obligation: the clock stands, it is nobody's lateness (R19)."""
    return _handle(dossier, [Draft(ActKind.PAYMENT, reason=what)], press, by, at)


def take_payment(dossier: Dossier, *, press: Press, by: Actor, at: datetime) -> Written:
    """The obligation was met."""
    return _handle(dossier, [Draft(ActKind.PAID)], press, by, at)


def pause(dossier: Dossier, *, why: str, press: Press, by: Actor, at: datetime) -> Written:
    """Stop the clock for a reason that the law gives."""
    return _handle(dossier, [Draft(ActKind.PAUSED, reason=why)], press, by, at)


def resume(dossier: Dossier, *, press: Press, by: Actor, at: datetime) -> Written:
    """Let the clock go on."""
    return _handle(dossier, [Draft(ActKind.RESUMED)], press, by, at)


def refuse(dossier: Dossier, *, why: str, press: Press, by: Actor, at: datetime) -> Written:
    """Refuse the dossier with a reason, inside its limit (form 03, R10)."""
    return _handle(dossier, [Draft(ActKind.REFUSED, reason=why)], press, by, at)


def stop(dossier: Dossier, *, why: str, press: Press, by: Actor, at: datetime) -> Written:
    """Stop handling the dossier (form 05)."""
    return _handle(dossier, [Draft(ActKind.STOPPED, reason=why)], press, by, at)


def withdraw(dossier: Dossier, *, why: str, press: Press, by: Actor, at: datetime) -> Written:
    """The citizen takes the dossier back."""
    return _handle(dossier, [Draft(ActKind.WITHDRAWN, reason=why)], press, by, at)


def apologise(dossier: Dossier, *, why: str, new_due: datetime, press: Press, by: Actor, at: datetime) -> Written:
    """Apologise for a delay with its reason and the new appointment (form 04, R11); only the first one binds."""
    details = {"new_due": timezone.localtime(new_due).isoformat()}
    return _handle(dossier, [Draft(ActKind.APOLOGISED, reason=why, details=details)], press, by, at)


def consult(
    dossier: Dossier,
    *,
    body: str = "",
    agency: Agency | None = None,
    content: str,
    limit: Limit | None,
    press: Press,
    by: Actor,
    at: datetime,
) -> Written:
    """Ask another body, with the content and its own limit (R13): an agency of the house, or one named by `body`."""
    details = _asked(agency, body, limit, press.happened_at or at)
    return _handle(dossier, [Draft(ActKind.CONSULTED, reason=content, details=details)], press, by, at)


def forward(
    dossier: Dossier, *, agency: Agency, content: str, limit: Limit | None, press: Press, by: Actor, at: datetime
) -> Written:
    """Let another agency begin its part of an interlinked dossier, on its own limit (R14)."""
    details = _asked(agency, "", limit, press.happened_at or at)
    return _handle(dossier, [Draft(ActKind.FORWARDED, reason=content, details=details)], press, by, at)


def _asked(agency: Agency | None, body: str, limit: Limit | None, at: datetime) -> dict[str, object]:
    """Return what is kept of a question: who, the limit, and its end on the calendar of who is asked."""
    details: dict[str, object] = {"body": agency.name if agency else clean(body)}
    if agency is not None:
        details["agency"] = agency.key
    if limit is not None:
        details["limit"] = [str(limit.amount), limit.unit.value]
        if agency is not None:
            calendar = calendar_of(agency, timezone.localdate(at))
            details["due_at"] = due_at(timezone.localtime(at), limit, calendar).isoformat()
    return details


def answer(dossier: Dossier, to: int, *, content: str, press: Press, by: Actor, at: datetime) -> Written:
    """Bring back what another body was asked by act number `to`: by that agency, or by who asked."""
    part = DossierPart.objects.everywhere(reason="the part of a dossier that was found").filter(
        dossier=dossier, act=to, taken_back=False
    )
    asked = part.select_related("agency").first()
    kind = ActKind.PART_DONE if asked and asked.role == "interlinked" else ActKind.ANSWERED
    own = asked is not None and by.may(P.HANDLE_DOSSIER, asked.agency)
    agency = asked.agency if asked and own else acting_agency(dossier, P.HANDLE_DOSSIER, by)
    draft = Draft(kind, reason=content, details={"to": to})
    return write(dossier, [draft], press, on_behalf=agency, by=by, at=at)


def hand_over(
    dossier: Dossier,
    position: Position,
    *,
    note: str = "",
    always: bool = False,
    press: Press,
    by: Actor,
    at: datetime,
) -> Written:
    """Hand the dossier to another position of the agency; `always`: the role of this step is its from now on."""
    draft = Draft(ActKind.HANDED, note=note, details={"position": position.key, "to_title": position.title})
    with transaction.atomic():
        done = _handle(dossier, [draft], press, by, at)
        variant = variant_of(dossier)
        if always and done.numbers and variant and dossier.step is not None and variant.steps[dossier.step].role:
            role = fold_words(variant.steps[dossier.step].role)[:300]
            known = RoleHolder.objects.within(dossier.agency).filter(role=role).first()
            if known is None:
                RoleHolder(agency=dossier.agency, role=role, position=position).put(by=by, at=at)
            else:
                known.change(position=position)
    return done


def note(
    dossier: Dossier, *, text: str, told_result: bool = False, told_of: int = 0, press: Press, by: Actor, at: datetime
) -> Written:
    """Write something down that changes nothing. `told_result`: the citizen was told of an early result (R12);
    `told_of`: the head of the one-stop shop was told that the answer to this act is late (R13).
    """
    details: dict[str, object] = {"told_result": True} if told_result else {"told_of": told_of} if told_of else {}
    return _handle(dossier, [Draft(ActKind.NOTED, reason=text, details=details)], press, by, at)


def take_back(dossier: Dossier, *, press: Press, by: Actor, at: datetime) -> Written:
    """Undo what the last press wrote, whole; the reception stays."""
    acts = acts_of(dossier)
    holding = in_effect(acts)
    last = _last_press(holding)
    if any(one.kind is ActKind.RECEIVED for one in last):
        raise NotAdmittedNow(NotAdmitted("dossier_acts.reception_stays"))
    drafts = [Draft(ActKind.NOTED, reason="Lấy lại", takes_back=one.number) for one in reversed(last)]
    own = {one.agency_id for one in dossier.acts.filter(number__in=[one.number for one in last])}
    agency = next((duty.agency for duty in by.duties if duty.agency_id in own), None)
    if agency is not None and by.may(P.HANDLE_DOSSIER, agency):
        behalf = Agency.objects.everywhere(reason="the agency of the act that is taken back").get(pk=agency.pk)
        return write(dossier, drafts, press, on_behalf=behalf, by=by, at=at)
    return _handle(dossier, drafts, press, by, at)


def _last_press(holding: Sequence[Act]) -> list[Act]:
    """Return the acts of the last press that hold, in their order."""
    if not holding:
        raise NotAdmittedNow(NotAdmitted("dossier_acts.built_upon"))
    key = holding[-1].key.partition(".")[0]
    return [one for one in holding if one.key.partition(".")[0] == key]


def _handle(dossier: Dossier, drafts: Sequence[Draft], press: Press, by: Actor, at: datetime) -> Written:
    agency = acting_agency(dossier, P.HANDLE_DOSSIER, by)
    return write(dossier, drafts, press, on_behalf=agency, by=by, at=at)


def set_one_stop(agency: Agency, *, by: Actor, at: datetime, **facts: object) -> OneStop:
    """Set how the one-stop shop of `agency` works. What was received before keeps what was settled then."""
    require(by, P.MANAGE_ONE_STOP, agency)
    if identifier := str(facts.get("identifier", "")):
        others = OneStop.objects.everywhere(reason="an identifier is one agency's").exclude(agency=agency)
        if taken := others.filter(identifier=identifier).select_related("agency").first():
            raise IdentifierTaken(identifier, taken.agency.name)
    with transaction.atomic():
        known = OneStop.objects.within(agency).first()
        shop = known.change(**facts) if known else OneStop(agency=agency, **facts).put(by=by, at=at)
        record("one_stop.set", by=by, at=at, subject=shop, facts={"fields": sorted(facts)})
    return shop


def begin_book_volume(book: Book, *, by: Actor, at: datetime) -> Book:
    """Begin a further volume of the year's book. Raises NotAdmittedNow."""
    return _change_book(book, "begin_volume", by, at)


def close_book(book: Book, *, on: date, by: Actor, at: datetime) -> Book:
    """Close the book of a year that is over: no number is missing in it. Raises NotAdmittedNow."""
    return _change_book(book, "close", by, at, on=on)


def _change_book(book: Book, what: str, by: Actor, at: datetime, on: date | None = None) -> Book:
    require(by, P.MANAGE_ONE_STOP, book.agency)
    with transaction.atomic():
        held = Book.objects.within(book.agency).select_for_update().get(pk=book.pk)
        try:
            if on is None:
                held.change(volumes=list(begin_volume(day_book(held)).volumes))
            else:
                lines = Dossier.objects.everywhere(reason=_OWN_BOOK).filter(book=held).values_list("number", flat=True)
                closed = close(day_book(held), list(lines), on)
                held.change(closed_on=closed.closed_on, closed_by=by.name)
        except BadInput as problem:
            raise NotAdmittedNow(problem) from problem
        record(f"book.{what}", by=by, at=at, subject=held, facts={"year": held.year, "last": held.last})
    return held
