"""The question "when does this limit end", as an address holds it: nothing is stored, the address can be sent on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuan.quality.procedures.drafting import time_typed
from chuan.rules.deadlines import Counting, Pause, PauseRule
from chuan.rules.procedure.structure import Limit, TimeUnit
from chuan.rules.workdays import VIETNAM
from chuan.text.quantities import Unit, read_time
from chuan.text.vietnamese import clean

PAUSE_ROWS = 3
BARE_DAY = gettext_lazy(
    "“Ngày” được hiểu là ngày làm việc, như khi soạn quy trình. Nếu là ngày lịch, hãy ghi “ngày lịch”."
)
_FORMATS = ("%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %Hh%M")


@dataclass(frozen=True, slots=True)
class PauseTyped:
    """A row of the form: from, to (empty: still), what it does, why; `error` is what is wrong with it."""

    start: str = ""
    end: str = ""
    rule: str = PauseRule.PAUSE
    why: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed and what it means; `errors` by the name of the field."""

    received: str
    limit: str
    counting: Counting
    agency: str
    rows: tuple[PauseTyped, ...]
    received_at: datetime | None
    amount: Limit | None
    pauses: tuple[Pause, ...]
    errors: dict[str, str]
    asked: bool
    note: Promise | str = ""

    @property
    def has_pauses(self) -> bool:
        """Whether any pause was typed."""
        return any(row.start or row.end or row.why for row in self.rows)

    @property
    def complete(self) -> bool:
        """Whether it can be answered."""
        return self.received_at is not None and self.amount is not None and not self.errors


def question_in(typed: QueryDict) -> Question:
    """Return the question in an address: nhan, han, cach, lich, and the lists tam_tu, tam_den, tam_cach, tam_vi."""
    received, limit = clean(typed.get("nhan", ""))[:40], clean(typed.get("han", ""))[:80]
    errors: dict[str, str] = {}
    asked = "nhan" in typed or "han" in typed
    received_at = moment_in(received)
    if asked and received_at is None:
        errors["nhan"] = _("Ghi ngày và giờ tiếp nhận dạng 16/11/2026 09:30.")
    amount, problem, note = limit_in(limit)
    if asked and problem:
        errors["han"] = problem
    rows = tuple(_pause_rows(typed))
    if any(row.error for row in rows):
        errors["tam"] = _("Sửa các dòng tạm dừng bên dưới.")
    counting = Counting.ROLLING if typed.get("cach") == Counting.ROLLING else Counting.DAYS
    pauses = tuple(_pause(row) for row in rows if row.start and not row.error)
    key = typed.get("lich", "")[:16]
    return Question(received, limit, counting, key, rows, received_at, amount, pauses, errors, asked, note)


def moment_in(text: str) -> datetime | None:
    """Return the moment as typed, on Vietnamese clocks; None when it cannot be read."""
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=VIETNAM)
        except ValueError:
            continue
    return None


def limit_in(text: str) -> tuple[Limit | None, str, Promise | str]:
    """Return the limit as the editor would understand it, else what is wrong; and what a bare "ngày" was taken for.

    What the editor keeps with a doubt is refused here: an answer must not rest on it.
    """
    amount, time = read_time(text).amount, time_typed(text, TimeUnit.WORKING_DAY)
    if amount is not None and amount.unit is Unit.NONE:
        return None, _("Số này thiếu đơn vị. Hãy ghi “ngày làm việc”, “ngày lịch” hoặc “giờ làm việc”."), ""
    if amount is None or time.limit is None or time.limit.amount <= 0:
        return None, _("Ghi thời hạn có số và đơn vị, như: 5 ngày làm việc, 4 giờ làm việc, 0,5 ngày làm việc."), ""
    if time.doubts:
        return None, _("“%(words)s” chưa là một thời hạn rõ. Hãy ghi đúng một số và đơn vị.") % {"words": text}, ""
    return time.limit, "", BARE_DAY if amount.unit is Unit.DAY else ""


def _pause_rows(typed: QueryDict) -> Iterator[PauseTyped]:
    columns = [typed.getlist(name) for name in ("tam_tu", "tam_den", "tam_cach", "tam_vi")]
    rows = [tuple(clean(cell)[:80] for cell in row) for row in zip_longest(*columns, fillvalue="")][:50]
    filled = [row for row in rows if row[0] or row[1] or row[3]]
    for start, end, rule, why in filled:
        known = PauseRule.RESTART if rule == PauseRule.RESTART else PauseRule.PAUSE
        yield PauseTyped(start, end, known, why, _wrong(start, end))
    for _number in range(max(1, PAUSE_ROWS - len(filled))):
        yield PauseTyped()


def _wrong(start: str, end: str) -> str:
    began, ended = moment_in(start), moment_in(end)
    if began is None or (end and ended is None):
        return _("Ghi ngày và giờ dạng 18/11/2026 14:00.")
    return _("Lúc tiếp tục phải sau lúc tạm dừng.") if ended and ended <= began else ""


def _pause(row: PauseTyped) -> Pause:
    began = moment_in(row.start)
    assert began is not None  # noqa: S101 - rows without a moment were refused above
    return Pause(began, moment_in(row.end), PauseRule(row.rule), row.why)
