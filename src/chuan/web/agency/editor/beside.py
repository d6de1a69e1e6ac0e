"""What stands beside the typed text and follows each save: notes in place, sums, limits, the drawing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.quality.procedures.content import structure
from chuan.quality.procedures.drafting import TypedStep
from chuan.quality.procedures.drafting import shown as shown_rows
from chuan.quality.procedures.models import ProcedureVersion
from chuan.quality.procedures.queries import versions_of
from chuan.rules.procedure.amounts import counted_total
from chuan.rules.procedure.layout import lay_out
from chuan.rules.procedure.remarks import Remark, Repair, Severity
from chuan.rules.procedure.structure import Doubt, Procedure, Step, Variant
from chuan.text.vietnamese import clean
from chuan.web.agency.procedures.shown import remarks_on
from chuan.web.agency.procedures.words import language, limit_words
from chuan.web.kit.words import worded
from chuan.writing.svg import write_svg


@dataclass(frozen=True, slots=True)
class Note:
    """A remark or doubt in place: look of its box, sentence, law behind it, ways to mend it (value of the button)."""

    kind: str
    text: str
    source: str = ""
    mends: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the editor: the typed words, what was understood of the time, the notes."""

    typed: TypedStep
    understood: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything that a save may change: rows with notes, notes on the whole, sum, limits, drawing."""

    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    total: str
    limits: tuple[str, str]
    wrong: int
    look: int
    drawing: SafeString


def mend_name(remark: Remark, repair: Repair) -> str:
    """Return the lasting name of a way to mend: it fits only as long as the remark says the same."""
    words = f"{remark.rule}|{remark.variant}|{remark.step}|{remark.part}|{remark.index}|{repair.message.text()}"
    return sha256(words.encode()).hexdigest()[:12]


def remarks_of(version: ProcedureVersion, actor: Actor, day: date) -> tuple[Remark, ...]:
    """Return what the validator says of the draft."""
    earlier = versions_of(actor, version.procedure).filter(state="in_force").exclude(pk=version.pk).first()
    previous = structure(earlier) if earlier else None
    return remarks_on(structure(version), version.procedure.agency, day, previous)


def beside(version: ProcedureVersion, variant: int, actor: Actor, day: date) -> Beside:
    """Return what stands beside the typed text of a variant."""
    written = structure(version)
    remarks = remarks_of(version, actor, day)
    shown_variant = written.variants[variant] if variant < len(written.variants) else Variant(())
    own = [remark for remark in remarks if remark.variant == variant]
    steps = shown_variant.steps
    rows = tuple(
        Row(typed, understood(step), (*_doubts(step.doubts), *_notes(one for one in own if one.step == index)))
        for index, (typed, step) in enumerate(zip(shown_rows(steps), steps, strict=True))
    )
    return Beside(
        rows=rows,
        notes=(*_notes(one for one in remarks if one.step is None), *_doubts(written.doubts)),
        total=limit_words(counted_total(shown_variant)) if steps else "",
        limits=(limit_words(written.committed), limit_words(written.legal)),
        wrong=sum(one.severity is Severity.WRONG for one in remarks),
        look=sum(one.severity is Severity.LOOK for one in remarks),
        drawing=_drawing(written, shown_variant, own),
    )


def understood(step: Step) -> str:
    """Return the time as it was understood, for the line under the typed words."""
    if step.time is not None:
        return limit_words(step.time)
    return "" if step.counted else _("Không tính")


def _notes(remarks: Iterable[Remark]) -> tuple[Note, ...]:
    kinds = {Severity.WRONG: "wrong", Severity.LOOK: "soon"}
    return tuple(
        Note(
            kinds[one.severity],
            worded(one.message),
            one.source,
            tuple((f"mend:{mend_name(one, repair)}", worded(repair.message)) for repair in one.repairs),
        )
        for one in remarks
    )


def _doubts(doubts: Iterable[Doubt]) -> tuple[Note, ...]:
    return tuple(Note("soon", clean(worded(doubt.message))) for doubt in doubts)


def _drawing(written: Procedure, variant: Variant, remarks: Iterable[Remark]) -> SafeString:
    if not variant.steps:
        return SafeString("")
    marks: dict[int, str] = {}
    for remark in remarks:
        if remark.step is not None and marks.get(remark.step) != Severity.WRONG:
            marks[remark.step] = str(remark.severity)
    drawing = write_svg(lay_out(variant), name=written.name, language=language(), marks=marks)
    return mark_safe(drawing)  # noqa: S308  # every text in it was escaped by the writer
