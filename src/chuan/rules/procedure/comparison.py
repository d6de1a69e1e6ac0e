"""The difference between two versions of a procedure: step by step, then the other parts.

For reviewers and for adoption: a commune's own procedure beside the province's that it was taken from.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from chuan.rules.procedure.amounts import written
from chuan.rules.procedure.pairing import SAME_ENTRY, SAME_STEP, moved, pairs, step_likeness, text_likeness
from chuan.rules.procedure.structure import (
    Component,
    Form,
    KeptRecord,
    Limit,
    Link,
    Procedure,
    Step,
    Variant,
)
from chuan.rules.procedure.wording import Segment, word_difference
from chuan.text.vietnamese import fold_words


class StepKind(StrEnum):
    """What became of a step. `RENUMBERED`: only its number differs. A moved step may also have changed."""

    SAME = "same"
    RENUMBERED = "renumbered"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field in words before and after, with the word-by-word difference."""

    field: str
    before: str
    after: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class StepChange:
    """One row of the comparison; `before` and `after` are step indices, None when the step is not there."""

    kind: StepKind
    before: int | None
    after: int | None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class VariantChange:
    """The rows of one variant in reading order, removed steps where they stood; no index: a new or gone variant."""

    name: str
    before: int | None
    after: int | None
    steps: tuple[StepChange, ...]
    fields: tuple[FieldChange, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether anything but numbers differs."""
        quiet = (StepKind.SAME, StepKind.RENUMBERED)
        return bool(self.fields) or None in (self.before, self.after) or any(s.kind not in quiet for s in self.steps)


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry of a list part: in `before` only (removed), in `after` only (added), or in both (changed)."""

    before: str | None
    after: str | None
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part other than the steps: the difference of its text, or of its entries when it is a list."""

    part: str
    field: FieldChange | None = None
    entries: tuple[EntryChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences; empty parts and unchanged parts are left out, unchanged steps stay for reading."""

    variants: tuple[VariantChange, ...]
    parts: tuple[PartChange, ...]

    @property
    def differs(self) -> bool:
        """Whether the two say anything different."""
        return bool(self.parts) or any(variant.differs for variant in self.variants)

    def count(self, kind: StepKind) -> int:
        """Return how many steps are of this kind."""
        return sum(step.kind is kind for variant in self.variants for step in variant.steps)


def compare(before: Procedure, after: Procedure) -> Comparison:
    """Return what changed from `before` to `after`."""
    return Comparison(tuple(_variants(before, after)), tuple(_parts(before, after)))


@dataclass(frozen=True, slots=True)
class Adoption:
    """A commune's procedure beside the province's: how many steps are kept as they are, and the own controls.

    `added` are (variant, step) indices in the commune's procedure.
    """

    comparison: Comparison
    kept: int
    of: int
    added: tuple[tuple[int, int], ...]


def adoption_difference(province: Procedure, own: Procedure) -> Adoption:
    """Return what the adopting agency changed and added."""
    comparison = compare(province, own)
    kept = comparison.count(StepKind.SAME) + comparison.count(StepKind.RENUMBERED)
    added = tuple(
        (variant.after, step.after)
        for variant in comparison.variants
        for step in variant.steps
        if step.kind is StepKind.ADDED and variant.after is not None and step.after is not None
    )
    return Adoption(comparison, kept, sum(len(variant.steps) for variant in province.variants), added)


def _variants(before: Procedure, after: Procedure) -> Iterator[VariantChange]:
    matched = dict(pairs(before.variants, after.variants, _variant_likeness, 0.3))
    if len(before.variants) == len(after.variants) == 1:
        matched = {0: 0}
    arrivals = {new: old for old, new in matched.items()}
    for new, variant in enumerate(after.variants):
        old = arrivals.get(new)
        earlier = before.variants[old] if old is not None else None
        fields = tuple(_variant_fields(earlier, variant)) if earlier else ()
        yield VariantChange(variant.name, old, new, _steps(earlier or Variant(()), variant), fields)
    for old, variant in enumerate(before.variants):
        if old not in matched:
            yield VariantChange(variant.name, old, None, _steps(variant, Variant(())))


def _variant_likeness(before: Variant, after: Variant) -> float:
    same_name = fold_words(before.name) == fold_words(after.name)
    most = max(len(before.steps), len(after.steps), 1)
    shared = len(pairs(before.steps, after.steps, step_likeness, SAME_STEP)) / most
    return 0.5 * same_name + 0.5 * shared


def _variant_fields(before: Variant, after: Variant) -> Iterator[FieldChange]:
    yield from _changed("name", before.name, after.name)
    yield from _changed("declared_total", _limit(before.declared_total), _limit(after.declared_total))


def _steps(before: Variant, after: Variant) -> tuple[StepChange, ...]:
    matched = pairs(before.steps, after.steps, step_likeness, SAME_STEP)
    out_of_order = moved(matched)
    arrivals = {new: old for old, new in matched}
    rows = [_row(before, after, arrivals.get(new), new, out_of_order) for new in range(len(after.steps))]
    departed = {old for old, _ in matched}
    for old in range(len(before.steps)):
        if old not in departed:
            rows.insert(_place_of_removed(rows, old), StepChange(StepKind.REMOVED, old, None))
    return tuple(rows)


def _place_of_removed(rows: list[StepChange], old: int) -> int:
    """Return where a removed step is shown: right behind the row of the step that stood before it."""
    behind = [at for at, row in enumerate(rows) if row.before is not None and row.before < old]
    return behind[-1] + 1 if behind else 0


def _row(before: Variant, after: Variant, old: int | None, new: int, out_of_order: set[int]) -> StepChange:
    if old is None:
        return StepChange(StepKind.ADDED, None, new)
    fields = tuple(_step_fields(before.steps[old], after.steps[new]))
    if old in out_of_order:
        return StepChange(StepKind.MOVED, old, new, fields)
    if not fields:
        return StepChange(StepKind.SAME, old, new)
    only_number = all(change.field == "no" for change in fields)
    return StepChange(StepKind.RENUMBERED if only_number else StepKind.CHANGED, old, new, fields)


_STEP_TEXTS: dict[str, Callable[[Step], str]] = {
    "no": lambda step: step.no,
    "title": lambda step: step.title,
    "role": lambda step: step.role,
    "time": lambda step: _limit(step.time),
    "counted": lambda step: "1" if step.counted else "0",
    "time_label": lambda step: step.time_label,
    "output_or_form": lambda step: step.output_or_form,
    "phase": lambda step: step.phase,
    "note": lambda step: step.note,
    "budget": lambda step: step.budget,
    "links": lambda step: "; ".join(map(_link, step.links)),
    "parallel": lambda step: step.parallel,
    "optional": lambda step: "1" if step.optional else "0",
}


def _step_fields(before: Step, after: Step) -> Iterator[FieldChange]:
    for name, text_of in _STEP_TEXTS.items():
        yield from _changed(name, text_of(before), text_of(after))


def _changed(field: str, before: str, after: str) -> Iterator[FieldChange]:
    if before != after:
        yield FieldChange(field, before, after, word_difference(before, after))


def _limit(limit: Limit | None) -> str:
    return written(limit) if limit else ""


def _link(link: Link) -> str:
    target = link.to or "■"
    return f"→ {target} ({link.when})" if link.when else f"→ {target}"


_TEXT_PARTS = (
    "name",
    "service_code",
    "procedure_code",
    "field",
    "processing_agency",
    "deciding_authority",
    "committed_text",
    "legal_text",
    "fee",
    "online_level",
    "conditions",
    "subject",
    "purpose",
    "scope",
    "place",
)
_LIST_PARTS: dict[str, Callable[[Procedure], list[str]]] = {
    "legal_basis": lambda procedure: list(procedure.legal_basis),
    "components": lambda procedure: [_component(paper) for paper in procedure.components],
    "forms": lambda procedure: [_form(form) for form in procedure.forms],
    "results": lambda procedure: list(procedure.results),
    "records": lambda procedure: [_record(record) for record in procedure.records],
    "channels": lambda procedure: list(procedure.channels),
    "definitions": lambda procedure: list(procedure.definitions),
}


def _component(paper: Component) -> str:
    quantity = "" if paper.quantity is None else f"{paper.quantity:02d}"
    conditional = "(…)" if paper.conditional else ""
    return _joined(paper.name, conditional, paper.copy_type, quantity, paper.form, paper.replaced_by_database)


def _form(form: Form) -> str:
    return _joined(form.code, form.name)


def _record(record: KeptRecord) -> str:
    return _joined(record.name, record.place, record.duration)


def _joined(*texts: str) -> str:
    return " · ".join(text for text in texts if text)


def _parts(before: Procedure, after: Procedure) -> Iterator[PartChange]:
    texts = {name: (getattr(before, name), getattr(after, name)) for name in _TEXT_PARTS}
    texts["committed"] = _limit(before.committed), _limit(after.committed)
    texts["legal"] = _limit(before.legal), _limit(after.legal)
    texts["sets"] = str(before.sets or ""), str(after.sets or "")
    for name, (old, new) in texts.items():
        for change in _changed(name, old, new):
            yield PartChange(name, change)
    for name, entries_of in _LIST_PARTS.items():
        entries = tuple(_entries(entries_of(before), entries_of(after)))
        if entries:
            yield PartChange(name, entries=entries)


def _entries(before: list[str], after: list[str]) -> Iterator[EntryChange]:
    matched = dict(pairs(before, after, text_likeness, SAME_ENTRY))
    for old, text in enumerate(before):
        new = matched.get(old)
        if new is None:
            yield EntryChange(text, None, word_difference(text, ""))
        elif text != after[new]:
            yield EntryChange(text, after[new], word_difference(text, after[new]))
    arrived = set(matched.values())
    for new, text in enumerate(after):
        if new not in arrived:
            yield EntryChange(None, text, word_difference("", text))
