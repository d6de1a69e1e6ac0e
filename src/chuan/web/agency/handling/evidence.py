"""What a living dossier shows an auditor, clause by clause; and where a nonconforming output of it is entered."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.quality.dossiers.models import Dossier, DossierAct
from chuan.quality.dossiers.writing import ONLY_HANDING_OUT
from chuan.quality.improvement.models import Improvement
from chuan.rules.authority import Permission
from chuan.rules.evidence import DossierRecord
from chuan.rules.handling.acts import ActKind, in_effect
from chuan.rules.handling.counter import approves
from chuan.rules.handling.reckoning import Reckoning
from chuan.rules.procedure.structure import Variant
from chuan.web.agency.handling.axis import Clocked

_ENDED_OTHERWISE = (ActKind.REFUSED, ActKind.STOPPED, ActKind.WITHDRAWN)
_KINDS = Improvement.Kind


def record_of(
    dossier: Dossier,
    rows: Sequence[DossierAct],
    one: Clocked,
    variant: Variant | None,
    *,
    entered: Sequence[Improvement],
) -> DossierRecord:
    """Return what the acts of a living dossier tell. `entered`: what the improvement register says of it."""
    holding, found = in_effect(one.acts), one.found
    kinds = {act.kind for act in holding}
    numbers = {act.number for act in holding if act.kind is ActKind.STEP}
    steps = [row for row in rows if row.number in numbers]
    ends = [act for act in holding if act.kind in _ENDED_OTHERWISE]
    return DossierRecord(
        code=True,
        book_number=True,
        components_checked=True if dossier.components else None,
        limit_told=found.promised is not None,
        supplement_asked=ActKind.SUPPLEMENT in kinds,
        procedure_in_force=variant is not None,
        steps_timed=True if steps else None,
        steps_positioned=all(row.position for row in steps) if steps else None,
        is_open=found.state.is_open,
        result_ready=found.ready_at is not None,
        steps_complete=_complete(one),
        approved=_approved(one),
        returned=ActKind.RETURNED in kinds or None,
        refused=ActKind.REFUSED in kinds,
        stopped=bool(kinds & {ActKind.STOPPED, ActKind.WITHDRAWN}),
        ending_reasoned=all(act.reason for act in ends) if ends else None,
        late=late(found, one),
        apologised=ActKind.APOLOGISED in kinds,
        wrong=any(each.kind in (_KINDS.WRONG_OUTPUT, _KINDS.WRONG_PERSON) for each in entered),
        entered=bool(entered),
    )


def late(found: Reckoning, one: Clocked) -> bool:
    """Return whether the first appointment passed without a result."""
    if found.promised is None or (found.ended_at and not found.ready_at):
        return False
    return (found.ready_at or found.waiting_since or one.now) > found.promised.at


def _complete(one: Clocked) -> bool | None:
    """Return whether nothing that had to come before the result was passed over; None where no steps are written, or
    there is no result yet."""
    holding = in_effect(one.acts)
    ready = next((act for act in holding if act.kind is ActKind.RESULT_READY), None)
    if one.course is None or ready is None:
        return None
    done = [act.step for act in holding if act.step is not None]
    return ready.reason in ("", ONLY_HANDING_OUT) and not one.course.standing(done).astray


def _approved(one: Clocked) -> bool | None:
    """Return whether a step of approval was done in its own turn, by whose it was: not in another's place, and not in
    one press with the reception. None where no such step is written, or there is no result yet.
    """
    holding = in_effect(one.acts)
    approving = {number for number, step in enumerate(one.terms.steps) if approves(step)}
    if not approving or not any(act.kind is ActKind.RESULT_READY for act in holding):
        return None
    first = holding[0].key
    return any(act.step in approving and not act.reason and act.key.partition(".")[0] != first for act in holding)


def entering(dossier: Dossier, one: Clocked, actor: Actor) -> list[tuple[str, str]]:
    """Return (words, address) for each kind of nonconforming output that `actor` may enter of this dossier (8.7)."""
    if not actor.may(Permission.RECORD_IMPROVEMENT, dossier.agency):
        return []
    offered = [(_KINDS.LATE, _("Hồ sơ %(code)s quá hạn hẹn trả."))] if late(one.found, one) else []
    if one.found.ready_at:
        offered.append((_KINDS.WRONG_OUTPUT, _("Kết quả của hồ sơ %(code)s bị sai.")))
        offered.append((_KINDS.WRONG_PERSON, _("Kết quả của hồ sơ %(code)s trả sai người.")))
    return [(str(kind.label), _address(dossier, kind, about % {"code": dossier.code})) for kind, about in offered]


def _address(dossier: Dossier, kind: Improvement.Kind, about: str) -> str:
    said = {
        "co-quan": dossier.agency.key,
        "loai": kind.value,
        "dieu": "8.7",
        "ho-so": dossier.code,
        "khoa": dossier.key,
        "qt": dossier.procedure.key if dossier.procedure else "",
        "noi-dung": about,
    }
    return f"{reverse('enter_improvement')}?{urlencode(said)}"
