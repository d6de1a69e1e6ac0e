"""Rules on the law behind a procedure: dead legal bases, forms with old numbers."""

import re
from collections.abc import Iterator

from chuan.rules.procedure.remarks import (
    Edit,
    LegalStatus,
    Remark,
    RenumberedForm,
    Repair,
    Severity,
    Surroundings,
)
from chuan.rules.procedure.structure import Procedure, Step
from chuan.text.messages import message
from chuan.text.numbers import day
from chuan.text.references import first_reference
from chuan.text.vietnamese import fold, fold_words

CITING = "NĐ 63/2010/NĐ-CP, Điều 8"
_SEVERITY = {
    LegalStatus.EXPIRED: Severity.WRONG,
    LegalStatus.NOT_YET: Severity.LOOK,
    LegalStatus.AMENDED: Severity.LOOK,
}
_FORM_LIST = re.compile(r"(?P<word>mẫu(?:\s+số)?\s*)(?P<numbers>\d{2}(?:\s*[,;/]\s*\d{2}(?!\d))*)(?!\d)", re.IGNORECASE)


def dead_legal_basis(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """A cited instrument has expired, is amended, or is not yet in effect on the day."""
    if around.legal_state is None:
        return
    for index, cited in enumerate(procedure.legal_basis):
        state = around.legal_state(cited, around.day)
        if state.status not in _SEVERITY:
            continue
        since = day(state.since) if state.since else ""
        known = "_by" if state.by else "_since" if since else ""
        said = message(f"validator.basis_{state.status}{known}", text=cited, since=since, by=state.by)
        repairs = tuple(_replacement(cited, index, state.status, state.by))
        severity, rule = _SEVERITY[state.status], f"basis_{state.status}"
        yield Remark(severity, rule, said, CITING, part="legal_basis", index=index, repairs=repairs)


def future_legal_basis(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """A cited instrument of a year that has not come."""
    for index, cited in enumerate(procedure.legal_basis):
        reference = first_reference(cited)
        if reference and reference.year > around.day.year:
            said = message("validator.basis_future", text=cited, year=reference.year)
            yield Remark(Severity.WRONG, "basis_future", said, CITING, part="legal_basis", index=index)


def _replacement(cited: str, index: int, status: LegalStatus, replaced_by: str) -> Iterator[Repair]:
    if status is LegalStatus.AMENDED and replaced_by:
        named = f"{cited.rstrip(' ;.')}, được sửa đổi, bổ sung bởi {replaced_by}"
        yield Repair(message("validator.name_amendment", by=replaced_by), Edit("legal_basis", named, index=index))
    if status is not LegalStatus.EXPIRED:
        return
    if replaced_by:
        said = message("validator.replace_basis", by=replaced_by)
        yield Repair(said, Edit("legal_basis", replaced_by, index=index))
    yield Repair(message("validator.drop_basis", text=cited), Edit("legal_basis", None, index=index))


def old_form_numbers(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """A one-stop form with its number of before, though the procedure cites the instrument with the new numbers."""
    basis = fold(around.forms_basis)
    if not basis or not any(basis in fold(cited) for cited in procedure.legal_basis):
        return
    for at, variant in enumerate(procedure.variants):
        for index, step in enumerate(variant.steps):
            for form in around.forms:
                if _is_old(step, form):
                    yield _old_number(at, index, step, form, around.forms_basis_text)


def _is_old(step: Step, form: RenumberedForm) -> bool:
    words = f" {fold_words(step.title)} {fold_words(step.output_or_form)} "
    used = any(form.old in found["numbers"] for found in _FORM_LIST.finditer(step.output_or_form))
    kept = any(f" {fold_words(word)} " in words for word in form.keeps)
    needed = not form.needs or any(f" {fold_words(word)} " in words for word in form.needs)
    return used and needed and not kept


def _old_number(at: int, index: int, step: Step, form: RenumberedForm, basis: str) -> Remark:
    def renumber(found: re.Match[str]) -> str:
        return found["word"] + found["numbers"].replace(form.old, form.new)

    mended = _FORM_LIST.sub(renumber, step.output_or_form)
    said = message("validator.old_form", old=form.old, new=form.new, name=form.name, basis=basis)
    repair = Repair(message("validator.set_form", new=form.new), Edit("output_or_form", mended, at, index))
    return Remark(Severity.LOOK, "old_form", said, basis, at, index, repairs=(repair,))
