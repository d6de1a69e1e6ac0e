"""What a save changed, in one line: the steps by their numbers, the other parts by their names."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chuan.rules.procedure.comparison import StepChange, StepKind, VariantChange, compare
from chuan.rules.procedure.structure import Procedure, Step
from chuan.web.agency.procedures.words import FIELDS

SHOWN = 4


def changes(before: Procedure, after: Procedure) -> str:
    """Return "B2: thời gian; thêm B4; Căn cứ pháp lý", at most four changes and how many more; "" for none."""
    found = compare(before, after)
    steps = [words for variant in found.variants for words in _steps(variant, before, after)]
    parts = _named([part.part for part in found.parts])
    said = [*steps, *parts]
    more = len(said) - SHOWN
    if more > 0:
        said[SHOWN:] = [ngettext("và %(more)d chỗ khác", "và %(more)d chỗ khác", more) % {"more": more}]
    return "; ".join(said)


def _steps(variant: VariantChange, before: Procedure, after: Procedure) -> Iterator[str]:
    old = before.variants[variant.before].steps if variant.before is not None else ()
    new = after.variants[variant.after].steps if variant.after is not None else ()
    for change in variant.steps:
        if change.after is not None:
            yield from _came_or_changed(change, _name(new[change.after]))
        elif change.before is not None:
            yield _("bỏ %(step)s") % {"step": _name(old[change.before])}
    yield from _named([change.field for change in variant.fields])


def _came_or_changed(change: StepChange, name: str) -> Iterator[str]:
    if change.kind is StepKind.ADDED:
        yield _("thêm %(step)s") % {"step": name}
    elif change.kind is StepKind.MOVED and not change.fields:
        yield _("chuyển chỗ %(step)s") % {"step": name}
    elif change.kind in (StepKind.CHANGED, StepKind.MOVED):
        yield f"{name}: {', '.join(_named([one.field for one in change.fields])).lower()}"


def _named(fields: Sequence[str]) -> list[str]:
    """Return the names of the fields; the words of an amount go without saying beside the amount."""
    amounts = (re.sub("_(text|label)$", "", field) for field in fields)
    kept = [field for field, amount in zip(fields, amounts, strict=True) if field == amount or amount not in fields]
    return [str(FIELDS.get(field, field)) for field in kept]


def _name(step: Step) -> str:
    return step.no or f"«{step.title}»"
