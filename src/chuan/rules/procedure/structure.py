"""The written procedure as structure: what the reader makes, the editor edits, the writer prints, the engine runs.

The JSON shape is that of the published procedures (`docs/formats.md`); these are the same facts as frozen values.
Source of the parts: NĐ 63/2010/NĐ-CP, Article 8; the layouts of provinces as described in docs/formats.md.
"""

import dataclasses
import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from chuan.text.messages import Message


class TimeUnit(StrEnum):
    """The clock on which a limit is written. `WORKING_DAY` is the agency's own day, never a fixed 8 hours."""

    WORKING_DAY = "working_day"
    WORKING_HOUR = "working_hour"
    CALENDAR_DAY = "calendar_day"
    HOUR = "hour"  # continuous clock hours
    MINUTE = "minute"  # working minutes
    SAME_WORKING_DAY = "same_working_day_cutoff_15h"


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount of time on a clock; `amount` is exact (1/3 day stays 1/3)."""

    amount: Fraction
    unit: TimeUnit


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place that was understood in one way but could be meant in another: the question, and where it stands.

    `where` is the place in the source ("table 3, row 5"), `place` its block number there (-1 unknown), `proposal` the
    reading that was chosen.
    """

    message: Message
    where: str = ""
    place: int = -1
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A way on from a step: to the step numbered `to` in the same variant, or to the end (`to` is None)."""

    to: str | None
    when: str = ""


_STEP_WORD = re.compile(r"^bước\s+(?:số\s+)?(?=\S)", re.IGNORECASE)


def bare_number(no: str) -> str:
    """Return a step number without the word for step, for sentences that say it: "Bước 2a" → "2a"."""
    return _STEP_WORD.sub("", no)


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table of steps.

    `title`, `role`, `output_or_form`, `phase` are the words of the source (NFC, spaces collapsed). `time` is None when
    the step has no time of its own. `budget` names a group of steps that share one limit, written on one of them.
    `links` empty means: on to the next row; otherwise they are all ways on, the usual one first.
    `parallel` is "group/branch": consecutive steps of a group run beside each other, those of one branch in order.
    """

    title: str
    no: str = ""
    role: str = ""
    time: Limit | None = None
    counted: bool = True
    time_label: str = ""
    output_or_form: str = ""
    phase: str = ""
    note: str = ""
    budget: str = ""
    links: tuple[Link, ...] = ()
    parallel: str = ""
    optional: bool = False
    doubts: tuple[Doubt, ...] = ()

    @property
    def number(self) -> str:
        """Return the number as sentences say it, without the word for step."""
        return bare_number(self.no)


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of handling a procedure (a group of subjects, a level of authority): a list of steps and its total."""

    steps: tuple[Step, ...]
    name: str = "default"
    declared_total: Limit | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """A paper or file of the dossier. `copy_type` is one of the enumerated kinds of copy, in Vietnamese."""

    name: str
    copy_type: str = ""
    quantity: int | None = None
    form: str = ""
    conditional: bool = False
    replaced_by_database: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form (biểu mẫu) that the procedure uses: its code, when it has one, and its name."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A record to keep (hồ sơ lưu): what, where, how long (the words of the source)."""

    name: str
    place: str = ""
    duration: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """A written procedure. Absent facts are empty, never invented; `extra` keeps what has no place of its own."""

    variants: tuple[Variant, ...]
    id: str = ""
    name: str = ""
    service_code: str = ""  # mã TTHC as printed, e.g. 1.013225 or 1.013225.H61
    procedure_code: str = ""  # ký hiệu / mã hiệu, e.g. QT.XD.03
    field: str = ""
    level: str = ""
    agency: str = ""  # the agency whose name stands on the cover
    processing_agency: str = ""
    deciding_authority: str = ""
    issue: str = ""  # lần ban hành
    issued_on: str = ""  # as written
    layout_family: str = ""
    committed: Limit | None = None  # total_time
    committed_text: str = ""
    legal: Limit | None = None  # legal_time
    legal_text: str = ""
    fee: str = ""
    online_level: str = ""
    conditions: str = ""
    subject: str = ""
    purpose: str = ""
    scope: str = ""
    definitions: tuple[str, ...] = ()
    place: str = ""
    channels: tuple[str, ...] = ()
    components: tuple[Component, ...] = ()
    sets: int | None = None
    forms: tuple[Form, ...] = ()
    legal_basis: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    records: tuple[KeptRecord, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    extra: dict[str, object] = dataclasses.field(default_factory=dict, compare=False, hash=False)


MINUTES_PER_WRITTEN_DAY = 480
"""Only for comparing written sums (8 hours a day, as the published tables do), never for measuring real time."""


def written_minutes(limit: Limit) -> Fraction:
    """Return the minutes that `limit` stands for when written amounts in mixed units are added up."""
    per_unit = {
        TimeUnit.WORKING_DAY: MINUTES_PER_WRITTEN_DAY,
        TimeUnit.CALENDAR_DAY: MINUTES_PER_WRITTEN_DAY,
        TimeUnit.SAME_WORKING_DAY: MINUTES_PER_WRITTEN_DAY,
        TimeUnit.WORKING_HOUR: 60,
        TimeUnit.HOUR: 60,
        TimeUnit.MINUTE: 1,
    }
    return limit.amount * per_unit[limit.unit]
