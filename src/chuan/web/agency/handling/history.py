"""What was done on a dossier as a thread: who, what, when, and what of it was taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.quality.dossiers.models import Dossier, DossierAct
from chuan.rules.handling.reckoning import limit_from
from chuan.text import numbers
from chuan.web.agency.handling.words import act_words
from chuan.web.agency.reality.words import in_words

_LATER = timedelta(minutes=1)
"""From how much on an act was entered later than it was done."""


@dataclass(frozen=True, slots=True)
class Told:
    """An act in words. `entered_at` is None where it was written down when it was done; `facts` are its details;
    `undone`: who took it back and when, "" while it holds.
    """

    number: int
    words: str
    at: datetime
    entered_at: datetime | None
    who: str
    reason: str
    note: str
    facts: tuple[str, ...] = ()
    undone: str = ""


def history(dossier: Dossier, acts: Sequence[DossierAct]) -> list[Told]:
    """Return the acts, the newest first. What only takes back is told with the act that it took back."""
    undone = {act.takes_back: act for act in acts if act.takes_back}
    return [_told(dossier, act, undone) for act in reversed(acts) if not act.takes_back]


def since(dossier: Dossier, acts: Sequence[DossierAct], seen: int) -> list[Told]:
    """Return what was done after the first `seen` acts, in order, taking back too."""
    return [_told(dossier, act, {}) for act in acts if act.number > seen]


def who_did(dossier: Dossier, act: DossierAct) -> str:
    """Return the position and the name of who acted, with the agency where it is not the handling one."""
    agency = act.agency.name if act.agency_id != dossier.agency_id else ""
    return " · ".join(word for word in (act.position, act.by_name, agency) if word)


def _told(dossier: Dossier, act: DossierAct, undone: Mapping[int, DossierAct]) -> Told:
    taker = undone.get(act.number)
    late = act.entered_at - act.at >= _LATER
    words = _("%(who)s lấy lại lúc %(at)s") % {"who": taker.by_name, "at": _moment(taker.at)} if taker else ""
    return Told(
        number=act.number,
        words=act_words(act),
        at=act.at,
        entered_at=act.entered_at if late else None,
        who=who_did(dossier, act),
        reason="" if act.takes_back else act.reason,
        note=act.note,
        facts=tuple(_facts(act)),
        undone=words,
    )


def _facts(act: DossierAct) -> list[str]:
    said = act.details
    found = [str(item) for item in said.get("items", ())]
    if said.get("limit"):
        from_limit = in_words(limit_from(said["limit"]))
        found.append(_("Thời hạn %(limit)s") % {"limit": from_limit})
    if said.get("new_due"):
        found.append(_("Hẹn lại %(at)s") % {"at": _moment(datetime.fromisoformat(said["new_due"]))})
    return found


def _moment(at: datetime) -> str:
    return numbers.moment(timezone.localtime(at))
