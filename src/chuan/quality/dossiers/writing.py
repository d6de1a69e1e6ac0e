"""The one way to write acts: under the lock of the dossier, admitted by the rules, once for each key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from chuan.kernel.actor import Actor
from chuan.kernel.errors import NotAllowed
from chuan.organisations.models import Agency
from chuan.quality.dossiers.models import Dossier, DossierAct, DossierPart, PartRole
from chuan.quality.dossiers.notices import tell_of_acts
from chuan.quality.dossiers.reckoned import COLUMNS, acts_of, bring_up_to_date, course_of, variant_of
from chuan.quality.dossiers.refusals import ActedMeanwhile, KeyOfAnother, NotAdmittedNow, NotItsStep
from chuan.rules.authority import Permission
from chuan.rules.handling.acts import Act, ActKind, Meanwhile, admit
from chuan.rules.handling.reckoning import Reckoning
from chuan.text.messages import BadInput
from chuan.text.vietnamese import clean
from chuan.trail.actions import record

_LOCKED = "the dossier was found for the actor and is held while its acts are written"
ONLY_HANDING_OUT = "Chỉ còn trả kết quả"
"""Why a result is ready while a step of the procedure is left: kept as the reason of the act."""
_WAITS_ITS_TURN = (ActKind.STEP, ActKind.RESULT_READY)


@dataclass(frozen=True, slots=True)
class Draft:
    """An act to be written. `at` None: it happens now; an earlier moment for what was done on paper (R21)."""

    kind: ActKind
    step: int | None = None
    at: datetime | None = None
    reason: str = ""
    note: str = ""
    takes_back: int = 0
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Press:
    """What a page sends with every act: the `key` it made, how many acts it had `seen`, and when it was done where that
    was before it is written down (R21)."""

    key: str
    seen: int
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The dossier as it is now, and the numbers of the acts written: () when this press had been written before."""

    dossier: Dossier
    numbers: tuple[int, ...]
    reckoning: Reckoning | None = None


def write(
    dossier: Dossier, drafts: Sequence[Draft], press: Press, *, on_behalf: Agency, by: Actor, at: datetime
) -> Written:
    """Write `drafts` as one press, all or none. The caller has checked the permission.

    Raises ActedMeanwhile (others acted; nothing was written), NotAdmittedNow, NotItsStep, KeyOfAnother.
    """
    with transaction.atomic():
        known = DossierAct.objects.everywhere(reason=_LOCKED).filter(key=press.key).first()
        held = Dossier.objects.everywhere(reason=_LOCKED).select_for_update(of=("self",))
        current = held.select_related("agency", "version__procedure", "reception").get(pk=dossier.pk)
        if known is None:  # another request with this key may have waited for the lock too
            known = current.acts.filter(key=press.key).first()
        if known is not None:
            return _written_before(known, current)
        return _write(current, drafts, press, on_behalf, by, at)


def _written_before(known: DossierAct, current: Dossier) -> Written:
    if known.dossier_id != current.pk:
        raise KeyOfAnother
    return Written(current, ())


def _write(
    dossier: Dossier, drafts: Sequence[Draft], press: Press, on_behalf: Agency, by: Actor, at: datetime
) -> Written:
    acts, course = acts_of(dossier), course_of(variant_of(dossier))
    position = _position(by, on_behalf)
    rows: list[DossierAct] = []
    for place, draft in enumerate(drafts):
        _refuse_anothers_step(dossier, draft, by)
        key = press.key if place == 0 else f"{press.key}.{place}"
        act = _act(draft, len(acts) + 1, key, by, draft.at or press.happened_at or at, at)
        try:
            admit(acts, act, seen=press.seen + place, course=course)
        except Meanwhile as problem:
            raise ActedMeanwhile(problem) from problem
        except BadInput as problem:
            raise NotAdmittedNow(problem) from problem
        acts = (*acts, act)
        rows.append(_row(dossier, act, draft, position, on_behalf, by))
    DossierAct.objects.add_many(rows)
    _keep_parts(dossier, rows)
    found = bring_up_to_date(dossier, acts, at)
    dossier.save(update_fields=COLUMNS)
    facts = {"acts": [row.number for row in rows], "kinds": [row.kind for row in rows]}
    record(f"dossier.{rows[0].kind}", by=by, at=at, subject=dossier, facts=facts)
    tell_of_acts(dossier, rows, by=by, at=at)
    return Written(dossier, tuple(row.number for row in rows), found)


def _act(draft: Draft, number: int, key: str, by: Actor, happened_at: datetime, at: datetime) -> Act:
    return Act(
        number=number,
        key=key,
        kind=draft.kind,
        at=timezone.localtime(happened_at),
        entered_at=timezone.localtime(at),
        by=by.name,
        step=draft.step,
        takes_back=draft.takes_back,
        reason=clean(draft.reason),
        details=draft.details,
    )


def _row(dossier: Dossier, act: Act, draft: Draft, position: str, on_behalf: Agency, by: Actor) -> DossierAct:
    variant = variant_of(dossier)
    return DossierAct(
        dossier=dossier,
        number=act.number,
        key=act.key,
        kind=act.kind.value,
        step=act.step,
        step_title=variant.steps[act.step].title[:300] if variant and act.step is not None else "",
        at=act.at,
        entered_at=act.entered_at,
        by_id=by.account_id,
        by_name=by.name,
        position=position,
        agency=on_behalf,
        takes_back=act.takes_back,
        reason=act.reason,
        note=clean(draft.note),
        details=dict(act.details),
    )


def _position(by: Actor, agency: Agency) -> str:
    """Return the words of the position by which `by` acts in `agency`, "" for a machine."""
    duty = next((one for one in by.duties if one.agency_id == agency.pk), None)
    return duty.title[:300] if duty else ""


def _refuse_anothers_step(dossier: Dossier, draft: Draft, by: Actor) -> None:
    """Refuse a step that another position has, unless it says why: responsibility stays clear."""
    if by.machine or draft.kind not in _WAITS_ITS_TURN or dossier.holder_id is None or clean(draft.reason):
        return
    if draft.kind is ActKind.STEP and draft.step != dossier.step:
        return  # out of turn: the rules ask for a reason themselves, or it is a step beside
    if dossier.holder_id not in {duty.position_id for duty in by.duties}:
        raise NotItsStep(dossier.holder.title if dossier.holder else "")


def _keep_parts(dossier: Dossier, rows: Sequence[DossierAct]) -> None:
    """Keep what other agencies have to do in step with the acts just written."""
    parts = DossierPart.objects.everywhere(reason=_LOCKED).filter(dossier=dossier)
    for row in rows:
        if row.takes_back:
            parts.filter(act=row.takes_back).exclude(act=0).update(taken_back=True)
            undone = dossier.acts.filter(number=row.takes_back).first()
            if undone and undone.details.get("to"):
                parts.filter(act=undone.details["to"]).update(done_at=None)
        elif row.kind in (ActKind.ANSWERED, ActKind.PART_DONE):
            parts.filter(act=row.details["to"]).update(done_at=row.at)
        elif row.kind in (ActKind.CONSULTED, ActKind.FORWARDED) and row.details.get("agency"):
            _ask_part(dossier, row)


def _ask_part(dossier: Dossier, row: DossierAct) -> None:
    amount, unit = row.details.get("limit") or ("", "")
    due_at = row.details.get("due_at")
    DossierPart.objects.create(
        dossier=dossier,
        agency=Agency.objects.everywhere(reason=_LOCKED).get(key=row.details["agency"]),
        role=PartRole.CONSULTED if row.kind == ActKind.CONSULTED else PartRole.INTERLINKED,
        act=row.number,
        content=row.reason[:1000],
        limit_amount=amount,
        limit_unit=unit,
        got_at=row.at,
        due_at=datetime.fromisoformat(due_at) if due_at else None,
    )


def acting_agency(dossier: Dossier, permission: Permission, by: Actor) -> Agency:
    """Return the agency on whose behalf `by` may act on `dossier` by `permission`: handling it, or having received it.

    Raises NotAllowed.
    """
    for agency in (dossier.agency, dossier.reception):
        if by.may(permission, agency):
            return agency
    raise NotAllowed
