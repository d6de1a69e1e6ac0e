"""A version as its page shows it: rows with their remarks in place, sums, limits, legal chips, the drawing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from chuan.quality.procedures.content import structure
from chuan.quality.procedures.models import ProcedureVersion
from chuan.reading.law import load_law
from chuan.rules.procedure.layout import lay_out
from chuan.rules.procedure.remarks import Remark, Severity
from chuan.rules.procedure.structure import Procedure, Step, Variant
from chuan.rules.procedure.validator import legal_states
from chuan.web.agency.procedures.remarks import mend_name, remarks_on
from chuan.web.agency.procedures.words import LEGAL, language, optional_words, time_words, total_words
from chuan.web.kit.words import worded
from chuan.writing.svg import write_svg

OTHER_PARTS = "phan-khac"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark or doubt in place: look of its box, sentence, law behind it, ways to mend it as (name, words)."""

    kind: str
    text: str
    source: str = ""
    mends: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One step of the table; `anchor` names it in the page, `aside` stands small under its time."""

    anchor: str
    step: Step
    time: str
    aside: str
    ways: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One variant: its rows, the sum and what of it is optional, the notes on the whole, and its drawing."""

    anchor: str
    name: str
    rows: tuple[Row, ...]
    total: str
    optional: str
    notes: tuple[Note, ...]
    drawing: SafeString


@dataclass(frozen=True, slots=True)
class Chip:
    """A cited instrument: the words of the source, the state today, what replaced it."""

    cited: str
    kind: str
    word: Promise
    by: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page of a version shows."""

    procedure: Procedure
    tables: tuple[Table, ...]
    chips: tuple[Chip, ...]
    other_notes: tuple[Note, ...]
    wrong: int
    look: int

    @property
    def first(self) -> str:
        """Return the anchor of the first place where something is wrong, else of the first with a note."""
        places = [(row.notes, row.anchor) for table in self.tables for row in table.rows]
        places += [(table.notes, table.anchor) for table in self.tables] + [(self.other_notes, OTHER_PARTS)]
        wrong = (anchor for notes, anchor in places if any(note.kind == "wrong" for note in notes))
        noted = (anchor for notes, anchor in places if notes)
        return next(wrong, None) or next(noted, OTHER_PARTS)


def shown(version: ProcedureVersion, day: date, previous: ProcedureVersion | None) -> Shown:
    """Return the page of `version` as of `day`."""
    written = structure(version)
    earlier = structure(previous) if previous is not None and previous.pk != version.pk else None
    remarks = remarks_on(written, version.procedure.agency, day, earlier)
    return Shown(
        procedure=written,
        tables=tuple(_table(written, index, remarks) for index in range(len(written.variants))),
        chips=tuple(_chips(written.legal_basis, day)),
        other_notes=notes_of(remark for remark in remarks if remark.variant is None),
        wrong=sum(remark.severity is Severity.WRONG for remark in remarks),
        look=sum(remark.severity is Severity.LOOK for remark in remarks),
    )


def _table(written: Procedure, index: int, remarks: Sequence[Remark]) -> Table:
    variant = written.variants[index]
    own = [remark for remark in remarks if remark.variant == index]
    rows = tuple(
        Row(
            f"buoc-{index}-{at}",
            step,
            *time_words(variant.steps, at),
            _ways(step),
            notes_of(one for one in own if one.step == at),
        )
        for at, step in enumerate(variant.steps)
    )
    notes = notes_of(remark for remark in own if remark.step is None)
    name = variant.name if len(written.variants) > 1 else ""
    total, optional = total_words(written, variant), optional_words(variant)
    return Table(f"tong-{index}", name, rows, total, optional, notes, drawing(written, variant, own))


def drawing(written: Procedure, variant: Variant, remarks: Iterable[Remark]) -> SafeString:
    """Return the diagram of a variant, its steps marked by the worst remark on each; nothing without steps."""
    if not variant.steps:
        return SafeString("")
    marks: dict[int, str] = {}
    for remark in remarks:
        if remark.step is not None and marks.get(remark.step) != Severity.WRONG:
            marks[remark.step] = str(remark.severity)
    drawn = write_svg(lay_out(variant), name=written.name, language=language(), marks=marks)
    return mark_safe(drawn)  # noqa: S308  # every text in it was escaped by the writer


def notes_of(remarks: Iterable[Remark]) -> tuple[Note, ...]:
    """Return the remarks as they stand in place."""
    kinds = {Severity.WRONG: "wrong", Severity.LOOK: "soon"}
    return tuple(
        Note(
            kinds[one.severity],
            worded(one.message),
            one.source,
            tuple((mend_name(one, repair), worded(repair.message)) for repair in one.repairs),
        )
        for one in remarks
    )


def _ways(step: Step) -> tuple[str, ...]:
    found = []
    for link in step.links:
        target = _("đến %(step)s") % {"step": link.to} if link.to else _("kết thúc")
        found.append(f"{link.when}: {target}" if link.when else target)
    return tuple(found)


def _chips(cited: Sequence[str], day: date) -> Iterable[Chip]:
    state_of = legal_states(load_law())
    for text in cited:
        state = state_of(text, day)
        kind, word = LEGAL[state.status]
        yield Chip(text, kind, word, state.by)
