"""A dossier as it stands in a list: where it is, its limits, and the one button for what usually comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.quality.dossiers.models import Dossier
from chuan.rules.authority import Permission
from chuan.rules.handling.acts import DossierState
from chuan.rules.handling.urgency import Urgency
from chuan.web.agency.handling.presses import fresh_key
from chuan.web.agency.queue.words import GROUP_SHAPES, GROUP_WORDS, STATE_SHAPES, STATE_WORDS, short_moment

LISTED = (
    "key",
    "code",
    "request",
    "state",
    "act_count",
    "agency_id",
    "reception_id",
    "holder_id",
    "received_at",
    "due_at",
    "legal_due_at",
    "step",
    "step_title",
    "step_since_at",
    "step_due_at",
    "waiting_since",
    "ready_at",
    "ended_at",
    "service__code",
    "service__name",
    "holder__title",
)
"""The columns that a row wants of the database."""


@dataclass(frozen=True, slots=True)
class LimitShown:
    """A limit of a row: which, when it ends, and whether it is the first to end."""

    word: str
    until: str
    first: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of a list, in words. `verb` is its button: `page` is where its form posts to with the key `press`, "" where
    it is a link that opens the dossier.
    """

    row: Dossier
    matter: str
    where: str
    since: str
    shape: str
    word: str
    limits: Sequence[LimitShown]
    verb: str
    page: str = ""
    press: str = ""


class Shower:
    """Makes rows for one actor: what he may do where, and which positions are his, is asked once."""

    def __init__(self, actor: Actor) -> None:
        self._handles = actor.agencies_where(Permission.HANDLE_DOSSIER)
        self._receives = actor.agencies_where(Permission.RECEIVE_DOSSIER)
        self._own = {duty.position_id for duty in actor.duties}
        self._year = timezone.localdate(actor.at).year
        self._words = {group: str(word) for group, word in GROUP_WORDS.items()}
        self._states = {state: str(word) for state, word in STATE_WORDS.items()}
        self._limit_words = (_("Bước"), _("Hẹn trả"), _("Luật"))
        self._verbs = {
            DossierState.SUPPLEMENT.value: _("Nhận bổ sung"),
            DossierState.PAYMENT.value: _("Ghi đã nộp"),
            DossierState.PAUSED.value: _("Cho chạy tiếp"),
        }
        self._open, self._done, self._hand_out = _("Mở hồ sơ"), _("Xong bước này"), _("Trả kết quả")
        self._unknown = _("chưa rõ vị trí")
        self._from, self._stopped = _("từ %(moment)s"), _("dừng từ %(moment)s")

    def shown(self, row: Dossier) -> Shown:
        """Return `row` (with `urgency` where its list knows it) in words."""
        shape, word = self._standing(row)
        verb, page = self._next(row)
        holder = row.holder.title if row.holder_id and row.holder else ""
        if not holder and row.state == DossierState.HANDLING.value:
            holder = self._unknown
        matter = row.request if row.request != row.service.name else ""
        return Shown(
            row=row,
            matter=matter or row.service.name,
            where=holder,
            since=self._since(row),
            shape=shape,
            word=word,
            limits=self._limits(row),
            verb=verb,
            page=page,
            press=fresh_key() if page else "",
        )

    def _standing(self, row: Dossier) -> tuple[str, str]:
        group = getattr(row, "urgency", None)
        state = self._states[row.state]
        if group is None:
            return STATE_SHAPES.get(row.state, "todo"), state
        group = Urgency(group)
        waits = row.state not in (DossierState.HANDLING.value, DossierState.PAUSED.value)
        word = state if group is Urgency.WAITING else self._words[group]
        late = group in (Urgency.LATE_BY_LAW, Urgency.LATE)
        return GROUP_SHAPES[group], f"{word} · {state}" if waits and late else word

    def _since(self, row: Dossier) -> str:
        if row.ended_at is not None:
            return ""
        if row.waiting_since is not None:
            return self._stopped % {"moment": short_moment(row.waiting_since, self._year)}
        moment = row.ready_at or row.step_since_at or row.received_at
        return self._from % {"moment": short_moment(moment, self._year)}

    def _limits(self, row: Dossier) -> list[LimitShown]:
        """Return the limits that run, in the order of their words; the first to end is marked. While the clock stands
        only those are left that had ended before: nobody knows yet when the others will.
        """
        if row.ended_at or row.ready_at:
            return []
        ends: list[datetime | None] = [row.step_due_at, row.due_at, row.legal_due_at]
        if row.waiting_since:
            ends = [None, *(end if end and end < row.waiting_since else None for end in ends[1:])]
        first = min((end for end in ends if end), default=None)
        return [
            LimitShown(word, short_moment(end, self._year), end == first)
            for word, end in zip(self._limit_words, ends, strict=True)
            if end
        ]

    def _next(self, row: Dossier) -> tuple[str, str]:
        """Return the words of the button, and the page that does what usually comes next by one press."""
        if row.state == DossierState.HANDLING.value:
            his = row.holder_id is None or row.holder_id in self._own
            if his and row.step is not None and row.agency_id in self._handles:
                return self._done, "do_dossier_step"
            return self._open, ""
        if row.state == DossierState.READY.value and {row.agency_id, row.reception_id} & self._receives:
            return self._hand_out, "return_dossier"
        may = {row.agency_id, row.reception_id} & (self._handles | self._receives)
        return (self._verbs.get(row.state, self._open) if may else self._open), ""
