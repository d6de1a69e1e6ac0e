"""What stands beside the typed text and follows each save: notes in place, sums, limits, the drawing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.quality.procedures.content import structure
from chuan.quality.procedures.drafting import TypedStep
from chuan.quality.procedures.drafting import shown as shown_rows
from chuan.quality.procedures.models import ProcedureVersion
from chuan.rules.procedure.remarks import Remark, Severity
from chuan.rules.procedure.structure import Procedure, Step, Variant
from chuan.web.agency.editor.parts import STEPS, Tab
from chuan.web.agency.procedures.remarks import remarks_of
from chuan.web.agency.procedures.shown import Note, drawing, notes_of
from chuan.web.agency.procedures.words import limit_words, total_words


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the editor: the typed words, what was understood of the time, the notes."""

    typed: TypedStep
    understood: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything that a save may change: rows with notes, other notes, sum, limits, drawing; counts over all parts.

    `elsewhere`: the other cases with something wrong or to look at, as (number, name, how many).
    """

    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    elsewhere: tuple[tuple[int, str, int], ...]
    total: str
    limits: tuple[str, str]
    wrong: int
    look: int
    drawing: SafeString


def beside(version: ProcedureVersion, variant: int, tab: Tab, actor: Actor, day: date) -> Beside:
    """Return what stands beside the typed text: everything at the steps, on another tab the notes on its own parts."""
    written, at_steps = structure(version), tab.slug == STEPS
    remarks = remarks_of(version, written, actor, day)
    shown_variant = written.variants[variant] if variant < len(written.variants) else Variant(())
    own = [remark for remark in remarks if remark.variant == variant]
    steps = shown_variant.steps
    rows = tuple(
        Row(typed, understood(step), notes_of(one for one in own if one.step == index))
        for index, (typed, step) in enumerate(zip(shown_rows(steps), steps, strict=True))
    )
    return Beside(
        rows=rows,
        notes=notes_of(
            one
            for one in remarks
            if one.step is None and one.variant in (None, variant) and (at_steps or one.part in tab.parts)
        ),
        elsewhere=tuple(_elsewhere(written, remarks, variant)) if at_steps else (),
        total=total_words(written, shown_variant),
        limits=(limit_words(written.committed), limit_words(written.legal)),
        wrong=sum(one.severity is Severity.WRONG for one in remarks),
        look=sum(one.severity is Severity.LOOK for one in remarks),
        drawing=drawing(written, shown_variant, own) if at_steps else SafeString(""),
    )


def _elsewhere(written: Procedure, remarks: Sequence[Remark], variant: int) -> Iterator[tuple[int, str, int]]:
    """Yield the other cases on which something is said: their points stand at their own steps."""
    for index, one in enumerate(written.variants):
        count = sum(remark.variant == index for remark in remarks)
        if index != variant and count:
            yield index, one.name, count


def understood(step: Step) -> str:
    """Return the time as it was understood, for the line under the typed words."""
    if step.time is not None:
        return limit_words(step.time)
    return "" if step.counted or step.budget else _("Không tính")
