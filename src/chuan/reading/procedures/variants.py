"""Tables and stretches of prose put together: one variant, several variants, phases of one variant.

Same numbering going on: one table that was split. Numbering that starts again: a second variant, unless the words or
the sums say that these are phases of one handling. Anything else: read on, with a doubt.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise, zip_longest

from chuan.reading.procedures.entries import Banner, Run, StepEntry, Total
from chuan.reading.procedures.numbers import Ordinal, gaps, ordinal
from chuan.reading.procedures.parts import minutes_of, with_letters, with_parts
from chuan.reading.procedures.rows import goes_on, heading_words
from chuan.reading.procedures.times import minutes_under, with_unit
from chuan.reading.procedures.words import pattern
from chuan.rules.procedure.structure import bare_number
from chuan.text.messages import Message, message
from chuan.text.quantities import read_time, read_unit


@dataclass(slots=True)
class Segment:
    """Consecutive steps under one banner (or under none), with the totals that follow them."""

    run: Run
    banner: Banner | None
    caption: Banner | None
    steps: list[StepEntry] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)

    @property
    def minutes(self) -> Fraction:
        """The sum of the written times at 8 hours a day."""
        return minutes_of(self.steps, self.run.time_heading)


@dataclass(slots=True)
class Draft:
    """A variant to be: its segments in order, and what is doubtful, with the step where it shows."""

    segments: list[Segment]
    name: str = ""
    doubts: list[tuple[Message, StepEntry]] = field(default_factory=list)

    @property
    def steps(self) -> list[StepEntry]:
        """All steps in order."""
        return [step for segment in self.segments for step in segment.steps]

    @property
    def totals(self) -> list[Total]:
        """The totals of the whole variant (subtotals of phases left out)."""
        return [total for segment in self.segments for total in segment.totals if not total.part]


def drafts_of(runs: Sequence[Run], declared: Sequence[Fraction] = ()) -> list[Draft]:
    """Return the variants that the runs make up. `declared` are the totals the text gives, in minutes at 8 h a day."""
    drafts: list[Draft] = []
    for run in _whole(runs):
        segments = _segments(run, declared)
        for segment in segments:
            _place(segment, drafts)
        if segments:
            drafts[-1].doubts += [(doubt, segments[0].steps[0]) for doubt in (*run.doubts, *_unused(run))]
    drafts = _phases_by_sums(drafts, declared)
    for place, draft in enumerate(drafts):
        _in_own_units(draft)
        draft.doubts += _subtotals(draft)
        _name(draft, len(drafts) > 1)
        draft.doubts += _gaps(draft.steps, "variant_starts_late" if place else "starts_late")
    return drafts


def _in_own_units(draft: Draft) -> None:
    """Give bare numbers the unit of their own heading where it is not that of the first table."""
    first = read_unit(draft.segments[0].run.time_heading)
    for segment in draft.segments[1:]:
        heading = segment.run.time_heading
        if read_unit(heading) != first:
            segment.steps = [replace(step, time=with_unit(step.time, heading)) for step in segment.steps]
            segment.totals = [replace(total, text=with_unit(total.text, heading)) for total in segment.totals]


def _subtotals(draft: Draft) -> list[tuple[Message, StepEntry]]:
    """Doubt every subtotal that is not what the steps since the last one add up to."""
    found: list[tuple[Message, StepEntry]] = []
    since = Fraction(0)
    for segment in draft.segments:
        since += segment.minutes
        for total in segment.totals:
            stated = minutes_under(segment.run.time_heading, total.text) if total.part else Fraction(0)
            if stated and stated != since:
                doubt = message(
                    "procedures.subtotal_differs", total=total.text, number=bare_number(segment.steps[-1].no)
                )
                found.append((doubt, segment.steps[-1]))
            since = Fraction(0) if total.part else since
    return found


def _whole(runs: Sequence[Run]) -> list[Run]:
    """Put the parts of a split table together: the same heading, nothing above, and the numbers go on."""
    whole: list[Run] = []
    for run in runs:
        before = whole[-1] if whole else None
        alike = before is not None and not run.captions and heading_words(run) == heading_words(before)
        if before and alike and not run.doubts and goes_on(before, run):
            whole[-1] = replace(before, entries=(*before.entries, *run.entries), last=run.last)
        else:
            whole.append(run)
    return whole


def _unused(run: Run) -> list[Message]:
    """Name the rows over all columns that have no step below: what they mean is not known."""
    return [
        message("procedures.row_unused", text=entry.text)
        for entry, after in zip_longest(run.entries, run.entries[1:])
        if isinstance(entry, Banner) and entry.text and (after is None or isinstance(after, Banner))
    ]


def _segments(run: Run, declared: Sequence[Fraction]) -> list[Segment]:
    caption = run.captions[-1] if run.captions else None
    segments = [Segment(run, None, caption)]
    for entry in with_letters(with_parts(run.entries, run.time_heading, declared)):
        if isinstance(entry, Banner):
            if segments[-1].steps or segments[-1].totals:
                segments.append(Segment(run, entry, None))
            else:
                segments[-1].banner = entry
        elif isinstance(entry, Total):
            segments[-1].totals.append(entry)
            if entry.part:
                segments.append(Segment(run, Banner(entry.place, ""), None))
        else:
            segments[-1] = _with_step(segments, entry)
    for before, segment in pairwise(segments):
        if not segment.steps:
            before.totals += segment.totals
    return [segment for segment in segments if segment.steps]


def _with_step(segments: list[Segment], entry: StepEntry) -> Segment:
    """Add the step to the last segment, or begin another where the numbering starts again within a table."""
    current = segments[-1]
    order = ordinal(entry.no)
    used = {ordinal(step.no) for step in current.steps}
    if order and order.value <= 1 and not order.suffix and order in used and len(current.steps) > 1:
        fresh = Segment(current.run, None, None, [entry])
        segments.append(fresh)
        return fresh
    if order and current.steps and current.banner and _beyond(order, current):
        segments.append(Segment(current.run, Banner(entry.place, ""), None, [entry]))
        return segments[-1]
    if current.banner and _used_up(current) and (entry.after_blank or not read_time(entry.time).counted):
        ended = entry if entry.after_blank else _doubted(entry, "phase_ended", current.banner)
        segments.append(Segment(current.run, Banner(entry.place, ""), None, [ended]))
        return segments[-1]
    asked = any(step.after_blank for step in current.steps[1:])
    if current.banner and current.banner.text and entry.after_blank and current.steps and not asked:
        entry = _doubted(entry, "blank_in_phase", current.banner)
    current.steps.append(entry)
    return current


def _doubted(entry: StepEntry, code: str, phase: Banner) -> StepEntry:
    doubt = message(f"procedures.{code}", phase=phase.text, number=bare_number(entry.no) or entry.title)
    return replace(entry, doubts=(*entry.doubts, doubt))


def _used_up(segment: Segment) -> bool:
    """Whether the steps of the phase took all the time that its name gives it."""
    match = pattern("phase_amount").search(segment.banner.text) if segment.banner else None
    if match is None or not segment.steps:
        return False
    named = read_time(f"{match['amount']} {match['unit'] or 'ngày'}").amount
    return named is not None and named.minutes == segment.minutes


def _beyond(order: Ordinal, segment: Segment) -> bool:
    """Whether a step comes after those that the banner itself names: "UBND tỉnh (B6–B13 …)"."""
    match = pattern("span").search(segment.banner.text) if segment.banner else None
    if match is None or ordinal(segment.steps[0].no) != ordinal(match["from"].strip()):
        return False
    end = ordinal(match["to"].strip())
    return end is not None and order.series == end.series and order.value > end.value


def _place(segment: Segment, drafts: list[Draft]) -> None:
    """Put the segment where it belongs: on the last variant, or into a new one."""
    if not drafts:
        drafts.append(Draft([segment]))
        return
    last = drafts[-1]
    first, previous = _first(segment), _last(last)
    same_run = segment.run is last.segments[-1].run
    if first is None or previous is None:
        same_heading = heading_words(segment.run) == heading_words(last.segments[-1].run)
        if same_run or (same_heading and first is None and previous is None):
            last.segments.append(segment)
            if not same_run:
                last.doubts.append((message("procedures.joined_without_numbers"), segment.steps[0]))
            return
        drafts.append(Draft([segment]))
        return
    used = {order for step in last.steps if (order := ordinal(step.no))}
    if first not in used and (first > previous or first.series != previous.series):
        last.segments.append(segment)
        return
    if segment.banner and segment.banner.text and same_run and not pattern("variant_name").match(segment.banner.text):
        last.segments.append(segment)
        doubt = message("procedures.phase_numbers_again", phase=segment.banner.text)
        last.doubts.append((doubt, segment.steps[0]))
        return
    drafts.append(Draft([segment]))


def _gaps(steps: Sequence[StepEntry], late: str) -> list[tuple[Message, StepEntry]]:
    """Doubt every number that does not go on from the one before; `late` is the doubt of a variant beyond step 1."""
    found: list[tuple[Message, StepEntry]] = []
    for place, before in gaps([step.no for step in steps]):
        number = bare_number(steps[place].no)
        values = {"number": number, "last": bare_number(before)} if before else {"number": number}
        code = "numbers_jump" if before else "starts_late" if place else late
        found.append((message(f"procedures.{code}", **values), steps[place]))
    return found


def _first(segment: Segment) -> Ordinal | None:
    return ordinal(segment.steps[0].no)


def _last(draft: Draft) -> Ordinal | None:
    return next((order for step in reversed(draft.steps) if (order := ordinal(step.no))), None)


def _phases_by_sums(drafts: list[Draft], declared: Sequence[Fraction]) -> list[Draft]:
    """Join variants whose times only together make the declared total: they are phases of one handling."""
    sums = [sum((segment.minutes for segment in draft.segments), Fraction(0)) for draft in drafts]
    if len(drafts) < 2 or sum(sums) not in declared or any(part in declared or not part for part in sums):
        return drafts
    joined = Draft([segment for draft in drafts for segment in draft.segments])
    joined.doubts = [doubt for draft in drafts for doubt in draft.doubts]
    joined.doubts.append((message("procedures.phases_by_sum"), drafts[1].steps[0]))
    return [joined]


def _name(draft: Draft, several: bool) -> None:
    """Take the words above the first table as the variant's name where they tell variants apart."""
    head = draft.segments[0]
    own_phases = any(segment.caption for segment in draft.segments[1:])
    label = head.caption or (head.banner if several else None)
    if label and not own_phases and (several or pattern("lone_name").match(label.text)):
        draft.name = label.text
        if label is head.banner:
            head.banner = None


def phase_of(draft: Draft, segment: Segment) -> str:
    """Return the phase that the steps of the segment stand under: its banner, or the caption of its table."""
    if segment.banner:
        return segment.banner.text
    first_of_run = next(other for other in draft.segments if other.run is segment.run)
    several_runs = any(other.run is not draft.segments[0].run for other in draft.segments)
    captioned = any(other.caption for other in draft.segments[1:] if other.run is not draft.segments[0].run)
    if several_runs and captioned and first_of_run.caption and first_of_run.caption.text != draft.name:
        return first_of_run.caption.text
    return ""
