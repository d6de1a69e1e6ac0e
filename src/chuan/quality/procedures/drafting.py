"""What people type into the editor → structure, and back: rows of the table of steps, times, ways on.

Words typed stay as typed; what they mean is decided here, and a meaning that is not certain comes with a doubt.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chuan.rules.procedure.amounts import written
from chuan.rules.procedure.structure import Doubt, Limit, Link, Procedure, Step, TimeUnit, Variant
from chuan.text.messages import message
from chuan.text.quantities import Unit, read_time
from chuan.text.vietnamese import clean, fold

UNCOUNTED = "Không tính"
END = "Kết thúc"
_CLOCKS = {
    Unit.WORKING_DAY: TimeUnit.WORKING_DAY,
    Unit.CALENDAR_DAY: TimeUnit.CALENDAR_DAY,
    Unit.HOUR: TimeUnit.WORKING_HOUR,
    Unit.WORKING_HOUR: TimeUnit.WORKING_HOUR,
    Unit.CONTINUOUS_HOUR: TimeUnit.HOUR,
    Unit.MINUTE: TimeUnit.MINUTE,
    Unit.SAME_DAY: TimeUnit.SAME_WORKING_DAY,
}
_LEADS_TO = re.compile(r"^(?:quay lại|trả lại|chuyển đến|chuyển sang|chuyển|đến|sang|về)\s+(?:bước\s+)?", re.IGNORECASE)
_NEGATIVE = re.compile(r"[-–—−]\s*\d")
_WHEN = re.compile(r"\s+(?:khi|nếu)\s+|\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedStep:
    """A row as it stands in the editor. `was` is the index of the step it was at the start, -1 for a new row.

    `ways` are the ways on besides the next row: "B3 khi không đạt; B7 khi từ chối".
    """

    was: int = -1
    no: str = ""
    title: str = ""
    role: str = ""
    time: str = ""
    output: str = ""
    phase: str = ""
    ways: str = ""
    parallel: str = ""
    budget: str = ""
    optional: bool = False
    note: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed into it that makes a step."""
        return not any(map(clean, (self.title, self.role, self.time, self.output)))


@dataclass(frozen=True, slots=True)
class TypedTime:
    """What typed words of time mean; `label` keeps words that are no amount, or no certain one."""

    limit: Limit | None = None
    counted: bool = True
    label: str = ""
    doubts: tuple[Doubt, ...] = ()


def shown(steps: Sequence[Step]) -> list[TypedStep]:
    """Return the rows of the editor for these steps."""
    return [_shown(step, index, _following(steps, index)) for index, step in enumerate(steps)]


def _following(steps: Sequence[Step], index: int) -> str | None:
    return steps[index + 1].no if index + 1 < len(steps) else None


def _shown(step: Step, index: int, following: str | None) -> TypedStep:
    return TypedStep(
        was=index,
        no=step.no,
        title=step.title,
        role=step.role,
        time=time_shown(step),
        output=step.output_or_form,
        phase=step.phase,
        ways=ways_shown(step.links, following),
        parallel=step.parallel,
        budget=step.budget,
        optional=step.optional,
        note=step.note,
    )


def time_shown(step: Step) -> str:
    """Return what stands in the time cell: the amount, else the words of the source, else that it is not counted.

    While an amount is doubtful, it stands in the words it was written in.
    """
    if step.time is not None:
        return step.time_label if step.doubts and step.time_label else written(step.time)
    return step.time_label or ("" if step.counted or step.budget else UNCOUNTED)


def says_uncounted(label: str) -> bool:
    """Return whether the words of a time say themselves that it is not counted."""
    return fold(label).startswith(fold(UNCOUNTED))


def ways_shown(links: Sequence[Link], following: str | None) -> str:
    """Return the ways on as typed; the usual way to the next row goes without saying when all others have a reason."""
    usual = bool(links) and links[0] == Link(following) and all(link.when for link in links[1:])
    rest = links[1:] if usual else links
    return "; ".join(_way_shown(link) for link in rest)


def _way_shown(link: Link) -> str:
    reason = link.when if not link.when or fold(link.when).startswith(("khi ", "neu ")) else f"khi {link.when}"
    return f"{link.to or END} {reason}".strip()


def ways_typed(text: str, following: str | None) -> tuple[Link, ...]:
    """Return the ways that were typed; when each has a reason, the next row stays the usual way."""
    links = [_link(part) for part in text.split(";") if clean(part)]
    if links and all(link.when for link in links):
        links.insert(0, Link(following))
    return tuple(links)


def _link(text: str) -> Link:
    to, *when = _WHEN.split(_LEADS_TO.sub("", clean(text)), maxsplit=1)
    return Link(None if fold(to) == fold(END) else to, when[0] if when else "")


def time_typed(text: str, day: TimeUnit) -> TypedTime:
    """Return what "0,5 ngày", "4 giờ", "không tính" mean; a bare "ngày" is one of `day`."""
    phrase = read_time(text)
    doubts = tuple(Doubt(doubt) for doubt in phrase.doubts)
    if _NEGATIVE.match(phrase.text):
        return TypedTime(label=phrase.text, doubts=(Doubt(message("quantities.unread", text=phrase.text)),))
    if not phrase.counted:
        label = "" if fold(phrase.text) == fold(UNCOUNTED) else phrase.text
        return TypedTime(None, counted=False, label=label, doubts=doubts)
    if phrase.amount is None:
        return TypedTime(None, label=phrase.text, doubts=doubts)
    unit = phrase.amount.unit
    if unit is Unit.NONE:
        doubt = Doubt(message("procedures.time_without_unit", number="", text=phrase.text))
        return TypedTime(None, label=phrase.text, doubts=(*doubts, doubt))
    limit = Limit(phrase.amount.value, day if unit is Unit.DAY else _CLOCKS[unit])
    return TypedTime(limit, label=phrase.text if doubts else "", doubts=doubts)


def day_meant(procedure: Procedure) -> TimeUnit:
    """Return what a bare "ngày" means in this procedure: calendar days only where its own limit says so."""
    committed = procedure.committed
    calendar = committed is not None and committed.unit is TimeUnit.CALENDAR_DAY
    return TimeUnit.CALENDAR_DAY if calendar else TimeUnit.WORKING_DAY


def steps_typed(rows: Sequence[TypedStep], before: Sequence[Step], day: TimeUnit) -> tuple[Step, ...]:
    """Return the rows as steps; what the editor does not show of a step is kept, empty rows are left out."""
    kept = [row for row in rows if not row.empty]
    made = []
    for index, row in enumerate(kept):
        following = clean(kept[index + 1].no) if index + 1 < len(kept) else None
        known = 0 <= row.was < len(before)
        made.append(_step(row, before[row.was] if known else Step(""), following, _old_following(row, before), day))
    return tuple(made)


def _old_following(row: TypedStep, before: Sequence[Step]) -> str | None:
    return _following(before, row.was) if 0 <= row.was < len(before) else None


def _step(row: TypedStep, was: Step, following: str | None, old_following: str | None, day: TimeUnit) -> Step:
    same_ways = clean(row.ways) == clean(ways_shown(was.links, old_following)) and following == old_following
    step = replace(
        _timed(was, row.time, day),
        no=clean(row.no),
        title=clean(row.title),
        role=clean(row.role),
        output_or_form=clean(row.output),
        phase=clean(row.phase),
        links=was.links if same_ways else ways_typed(row.ways, following),
        parallel=clean(row.parallel),
        budget=clean(row.budget),
        optional=row.optional,
        note=clean(row.note),
    )
    retyped = clean(row.time) != clean(time_shown(was))
    touched = retyped or replace(step, no=was.no, links=was.links, doubts=was.doubts) != was
    return replace(step, doubts=_time_doubts(row.time, was, day)) if touched else step


def _timed(was: Step, text: str, day: TimeUnit) -> Step:
    if was.title and clean(text) == clean(time_shown(was)):
        return was
    time = time_typed(text, day)
    return replace(was, time=time.limit, counted=time.counted, time_label=time.label)


def _time_doubts(text: str, was: Step, day: TimeUnit) -> tuple[Doubt, ...]:
    """Whoever touched a step has looked at it: only what is doubtful in the typed time remains."""
    same = was.title and clean(text) == clean(time_shown(was))
    return () if same else time_typed(text, day).doubts


def with_steps(procedure: Procedure, variant: int, rows: Sequence[TypedStep]) -> Procedure:
    """Return the procedure with the typed rows as the steps of a variant."""
    variants = list(procedure.variants) or [Variant(())]
    steps = steps_typed(rows, variants[variant].steps, day_meant(procedure))
    variants[variant] = replace(variants[variant], steps=steps)
    return replace(procedure, variants=tuple(variants))


def limit_typed(text: str, before: Limit | None) -> Limit | None:
    """Return the limit that a sentence like "12 ngày làm việc" states, None when it states none."""
    day = before.unit if before and before.unit is TimeUnit.CALENDAR_DAY else TimeUnit.WORKING_DAY
    return time_typed(text, day).limit if clean(text) else None
