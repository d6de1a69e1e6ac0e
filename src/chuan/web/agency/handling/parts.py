"""Who else has a part in a dossier: opinions and interlinked parts, each with its own limit; whose a delay is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.norms.holidays.queries import calendar_of
from chuan.organisations.models import Agency
from chuan.quality.dossiers.models import Dossier, DossierPart, PartRole
from chuan.quality.dossiers.queries import parts_of
from chuan.rules.authority import Permission
from chuan.rules.deadlines import due_at
from chuan.rules.handling.acts import Act, ActKind, in_effect, unanswered
from chuan.rules.handling.interlinked import Body, Handled, delay_shares
from chuan.rules.handling.reckoning import Reckoning, limit_from
from chuan.rules.procedure.structure import Limit
from chuan.rules.workdays import Calendar
from chuan.text import numbers
from chuan.web.agency.handling.offered import may
from chuan.web.agency.handling.words import left
from chuan.web.agency.reality.words import in_words
from chuan.web.kit.words import worded

_ASKED_ROLES = (PartRole.CONSULTED, PartRole.INTERLINKED)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a body was asked by act `number`, in words.

    `may_answer`: whether the actor may bring the answer back, `answer`: whether it is still waited for too.
    """

    number: int
    what: str
    body: str
    content: str
    limit: str
    got_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    shape: str
    word: str
    reply: str = ""
    may_answer: bool = False
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """What an agency bears of a delay: working days and the part of the one late dossier, in words."""

    agency: str
    days: str
    percent: str
    why: str


def asked(dossier: Dossier, acts: Sequence[Act], found: Reckoning, actor: Actor) -> list[Asked]:
    """Return what other bodies were asked, in order, each with where it stands."""
    parts = {part.act: part for part in parts_of(dossier) if part.role in _ASKED_ROLES and not part.taken_back}
    waiting = {act.number for act in unanswered(acts)}
    replies = {act.details.get("to"): act for act in in_effect(acts) if act.details.get("to")}
    now = timezone.localtime(actor.at)
    shown = []
    for act in in_effect(acts):
        if act.kind not in (ActKind.CONSULTED, ActKind.FORWARDED):
            continue
        part, reply = parts.get(act.number), replies.get(act.number)
        may_answer = may(actor, Permission.HANDLE_DOSSIER, dossier)
        may_answer = may_answer or (part is not None and actor.may(Permission.HANDLE_DOSSIER, part.agency))
        own = found.promised.calendar if found.promised else calendar_of(dossier.agency, now.date())
        calendar = calendar_of(part.agency, act.at.date()) if part else own
        until = _until(act, part, calendar)
        shape, word = _standing(until, reply.at if reply else None, now, calendar)
        limit = limit_from(act.details.get("limit"))
        shown.append(
            Asked(
                number=act.number,
                what=_("Xin ý kiến") if act.kind is ActKind.CONSULTED else _("Liên thông"),
                body=act.details.get("body", ""),
                content=act.reason,
                limit=in_words(limit),
                got_at=act.at,
                due_at=until,
                done_at=reply.at if reply else None,
                shape=shape,
                word=word,
                reply=reply.reason if reply else "",
                may_answer=may_answer,
                answer=act.number in waiting and found.state.is_open and may_answer,
            )
        )
    return shown


def shares(dossier: Dossier, acts: Sequence[Act], found: Reckoning, now: datetime) -> list[Share]:
    """Return whose the delay of a late dossier is; [] when it is in time or nobody else had a part (R14)."""
    if found.promised is None or (found.ended_at and not found.ready_at):
        return []
    replies = {act.details.get("to"): act.at for act in in_effect(acts) if act.details.get("to")}
    handled = [
        Handled(_body(dossier, act, limit, found.promised.calendar), act.at, replies.get(act.number))
        for act in in_effect(acts)
        if act.kind in (ActKind.CONSULTED, ActKind.FORWARDED) and (limit := limit_from(act.details.get("limit")))
    ]
    if not handled:
        return []
    found_shares = delay_shares(
        found.promised.at,
        handled,
        lead=dossier.agency.name,
        calendar=found.promised.calendar,
        ready_at=found.ready_at,
        as_of=found.waiting_since or now,
    )
    return [
        Share(
            one.agency,
            numbers.number(round(float(one.delay), 2)),
            numbers.percent(float(one.of_dossier), 1, 0),
            worded(one.reason),
        )
        for one in found_shares
    ]


def _body(dossier: Dossier, act: Act, limit: Limit, calendar: Calendar) -> Body:
    """Return who was asked, on its own calendar where it is an agency of the house."""
    key = act.details.get("agency")
    agency = Agency.objects.everywhere(reason="who was asked on a dossier that was found").filter(key=key).first()
    own = calendar_of(agency, act.at.date()) if agency else calendar
    return Body(act.details.get("body", ""), agency.kind if agency else "", limit, own)


def _until(act: Act, part: DossierPart | None, calendar: Calendar) -> datetime | None:
    if part is not None:
        return part.due_at
    limit = limit_from(act.details.get("limit"))
    return due_at(act.at, limit, calendar) if limit else None


def _standing(until: datetime | None, done: datetime | None, now: datetime, calendar: Calendar) -> tuple[str, str]:
    """Return the shape and the words of a part."""
    if done is not None:
        late = until is not None and done > until
        return ("late", _("Xong, quá hạn")) if late else ("done", _("Đã xong"))
    if until is None:
        return "soon", _("Đang chờ, chưa có thời hạn")
    words = left(timezone.localtime(until), now, calendar)
    return (
        ("late", _("Chưa xong, %(left)s") % {"left": words})
        if now > until
        else (
            "doing",
            _("Đang chờ, %(left)s") % {"left": words},
        )
    )
