"""Two versions beside each other: step by step, word by word; also an adopted procedure and its original."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from chuan.kernel.actor import Actor
from chuan.kernel.effects import SIGNED_IN, actor_of, reads
from chuan.kernel.errors import NotYours
from chuan.quality.procedures import queries
from chuan.quality.procedures.content import structure
from chuan.quality.procedures.models import Procedure, ProcedureVersion
from chuan.rules.authority import Permission
from chuan.rules.procedure.comparison import (
    Comparison,
    EntryChange,
    FieldChange,
    PartChange,
    StepKind,
    VariantChange,
    compare,
)
from chuan.rules.procedure.structure import Procedure as Written
from chuan.rules.procedure.structure import Step
from chuan.rules.procedure.wording import Change, Segment
from chuan.web.agency.procedures.words import FIELDS

YES_OR_NO = {
    "counted": {"1": gettext_lazy("có tính giờ"), "0": gettext_lazy("không tính giờ")},
    "optional": {"1": gettext_lazy("không bắt buộc"), "0": gettext_lazy("bắt buộc")},
}
"""What the comparison tells by "1" and "0", as people say it."""

STEP_WORDS = {
    StepKind.SAME: ("", gettext_lazy("Giữ nguyên")),
    StepKind.RENUMBERED: ("", gettext_lazy("Đổi số thứ tự")),
    StepKind.CHANGED: ("soon", gettext_lazy("Sửa")),
    StepKind.MOVED: ("doing", gettext_lazy("Chuyển chỗ")),
    StepKind.ADDED: ("done", gettext_lazy("Thêm")),
    StepKind.REMOVED: ("late", gettext_lazy("Bỏ")),
}


@reads(SIGNED_IN)
def compare_versions(request: HttpRequest, key: str) -> HttpResponse:
    """Show what changed from version `tu` to version `den`; by default from the one before the newest to it."""
    actor = actor_of(request)
    one = queries.procedure(actor, key)
    versions = list(queries.versions_of(actor, one))
    later = _numbered(versions, request.GET.get("den", ""), versions[0] if versions else None)
    before = [version for version in versions if version.number < later.number]
    earlier = _numbered(versions, request.GET.get("tu", ""), before[0] if before else later)
    context = {"procedure": one, "versions": versions, "earlier": earlier, "later": later, "may_take_over": False}
    return render(request, "agency/procedures/compare.html", context | _compared(earlier, later))


@reads(SIGNED_IN)
def compare_original(request: HttpRequest, key: str) -> HttpResponse:
    """Show what the original's newer version changed (by default), or how the own one differs (`xem=minh`).

    The province sees it too, for what the agency has in force.
    """
    actor = actor_of(request)
    one = queries.procedure(actor, key)
    sees = actor.may(Permission.SEE_AGENCY, one.agency) or actor.may(Permission.SEE_PUBLISHED, one.agency)
    if one.adopted_from is None or one.adopted_version is None or not sees:
        raise NotYours
    newer = queries.newer_original(actor, one)
    earlier, later = one.adopted_version, newer
    if later is None or request.GET.get("xem") == "minh":
        later = _own(actor, one)
    context = {
        "procedure": one,
        "earlier": earlier,
        "later": later,
        "original": one.adopted_from,
        "newer": newer,
        "may_take_over": newer is not None and actor.may(Permission.WRITE_PROCEDURE, one.agency),
    }
    return render(request, "agency/procedures/compare.html", context | _compared(earlier, later))


def _own(actor: Actor, one: Procedure) -> ProcedureVersion:
    found = queries.versions_of(actor, one).exclude(state="dropped").first()
    if found is None:
        raise NotYours
    return found


def _numbered(versions: list[ProcedureVersion], number: str, otherwise: ProcedureVersion | None) -> ProcedureVersion:
    found = next((version for version in versions if str(version.number) == number), otherwise)
    if found is None:
        raise NotYours
    return found


def _compared(earlier: ProcedureVersion, later: ProcedureVersion) -> dict[str, Any]:
    before, after = structure(earlier), structure(later)
    comparison = compare(before, after)
    return {
        "comparison": comparison,
        "variants": [_variant(change, before, after) for change in comparison.variants],
        "counts": _counts(comparison),
        "parts": [(FIELDS.get(part.part, part.part), _lines(part)) for part in comparison.parts],
    }


def _lines(part: PartChange) -> list[tuple[str, str, tuple[Segment, ...]]]:
    """Return the shape, the word and the text of what changed; what came or went whole is told by the word."""
    changes: list[FieldChange | EntryChange] = [*part.entries]
    if part.field:
        changes.append(part.field)
    return [_line(change.before or "", change.after or "", change.segments) for change in changes]


def _line(before: str, after: str, segments: tuple[Segment, ...]) -> tuple[str, str, tuple[Segment, ...]]:
    kind = StepKind.CHANGED if before and after else StepKind.ADDED if after else StepKind.REMOVED
    shape, word = STEP_WORDS[kind]
    return shape, str(word), segments if before and after else (Segment(Change.EQUAL, before or after),)


def _counts(comparison: Comparison) -> list[tuple[str, int]]:
    shown = (StepKind.ADDED, StepKind.REMOVED, StepKind.CHANGED, StepKind.MOVED)
    return [(str(STEP_WORDS[kind][1]), comparison.count(kind)) for kind in shown]


def _variant(change: VariantChange, before: Written, after: Written) -> dict[str, Any]:
    old = before.variants[change.before].steps if change.before is not None else ()
    new = after.variants[change.after].steps if change.after is not None else ()
    rows = []
    for step in change.steps:
        shown: Step = new[step.after] if step.after is not None else old[step.before or 0]
        kind, word = STEP_WORDS[step.kind]
        numbers = [old[step.before].no if step.before is not None else "", shown.no if step.after is not None else ""]
        fields = [(FIELDS.get(field.field, field.field), _segments(field)) for field in step.fields]
        rows.append({"step": shown, "kind": kind, "word": word, "numbers": numbers, "fields": fields})
    return {"name": change.name if change.name != "default" else "", "rows": rows, "change": change}


def _segments(field: FieldChange) -> tuple[Segment, ...]:
    words = YES_OR_NO.get(field.field)
    if words is None:
        return field.segments
    before, after = str(words[field.before]), str(words[field.after])
    return Segment(Change.REMOVED, before), Segment(Change.EQUAL, " → "), Segment(Change.ADDED, after)
