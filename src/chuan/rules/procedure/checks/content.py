"""Rules on what the rows and parts say: positions, outputs, forms, titles, codes.

Sources: facts D9, 3.3 (one-stop forms), 3.4 (codes), 4.4 (defects seen); the inspection that found procedures "general,
not tied to the real handling of work".
"""

import re
from collections.abc import Iterator

from chuan.rules.procedure.coverage import is_service_code
from chuan.rules.procedure.remarks import Edit, Remark, Repair, Severity, Surroundings
from chuan.rules.procedure.structure import Procedure, Step
from chuan.rules.procedure.words import folded, recognised
from chuan.text.messages import message
from chuan.text.vietnamese import fold_words

LAW = "NĐ 63/2010/NĐ-CP, Điều 8"
ISO = "TCVN ISO 9001:2015, 5.3"
OUTPUT = "TCVN ISO 9001:2015, 8.5.1"
INSPECTION = "QĐ 19/2014/QĐ-TTg, Điều 3"
MOST_STEPS = 25
_FORM_CODE = re.compile(r"\bBM(?:\.[\w-]+)+", re.UNICODE)

Place = tuple[int, int, Step]


def _steps(procedure: Procedure) -> Iterator[Place]:
    for at, variant in enumerate(procedure.variants):
        for index, step in enumerate(variant.steps):
            yield at, index, step


def no_steps(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """A procedure, or one of its variants, without a step."""
    if not procedure.variants:
        yield Remark(Severity.WRONG, "no_steps", message("validator.no_steps"), LAW, part="variants")
    for at, variant in enumerate(procedure.variants):
        if not variant.steps:
            yield Remark(Severity.WRONG, "no_steps", message("validator.no_steps"), LAW, variant=at)


def missing_title(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """A step that does not say what is done."""
    for at, index, step in _steps(procedure):
        if not fold_words(step.title):
            said = message("validator.missing_title", number=step.number or index + 1)
            yield Remark(Severity.WRONG, "missing_title", said, LAW, at, index)


def missing_position(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """A step that nobody is responsible for."""
    for at, index, step in _steps(procedure):
        if not fold_words(step.role):
            said = message("validator.missing_position", number=step.number or index + 1)
            yield Remark(Severity.WRONG, "missing_position", said, ISO, at, index)


def unknown_position(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """A step whose position the agency does not have, not even as one of several alternatives."""
    if around.known_positions is None:
        return
    known = {fold_words(name) for name in around.known_positions} | folded("citizen")
    for at, index, step in _steps(procedure):
        alternatives = [fold_words(part) for part in re.split(r"[;,/]|\bhoặc\b|→", step.role)]
        named = [part for part in alternatives if part]
        if named and fold_words(step.role) not in known and not any(part in known for part in named):
            said = message("validator.unknown_position", number=step.number or index + 1, role=step.role)
            yield Remark(Severity.LOOK, "unknown_position", said, ISO, at, index)


def missing_output(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """Steps that leave nothing behind; said once when none of a variant's steps does."""
    for at, variant in enumerate(procedure.variants):
        empty = [index for index, step in enumerate(variant.steps) if not step.output_or_form.strip()]
        if empty and len(empty) == len(variant.steps):
            said = message("validator.no_outputs", count=len(empty))
            yield Remark(Severity.LOOK, "no_outputs", said, OUTPUT, variant=at, part="outputs")
            continue
        for index in empty:
            step = variant.steps[index]
            said = message("validator.missing_output", number=step.number or index + 1)
            repairs = tuple(_proposed_output(step, at, index))
            yield Remark(Severity.LOOK, "missing_output", said, OUTPUT, at, index, repairs=repairs)


def _proposed_output(step: Step, at: int, index: int) -> Iterator[Repair]:
    title = f" {fold_words(step.title)} "
    for entry in recognised()["outputs"]:
        if any(f" {fold_words(words)} " in title for words in entry["words"]):
            proposal = entry["proposal"]
            yield Repair(message("validator.add_output", output=proposal), Edit("output_or_form", proposal, at, index))
            return


def general_title(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """A title that would fit any procedure: it does not say what is done."""
    for at, index, step in _steps(procedure):
        if fold_words(step.title) in folded("general_titles"):
            said = message("validator.general_title", number=step.number or index + 1, title=step.title)
            yield Remark(Severity.LOOK, "general_title", said, INSPECTION, at, index)


def too_many_steps(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """A variant so long that it is rather several procedures, or a manual."""
    for at, variant in enumerate(procedure.variants):
        if len(variant.steps) > MOST_STEPS:
            said = message("validator.too_long", count=len(variant.steps), most=MOST_STEPS)
            yield Remark(Severity.LOOK, "too_long", said, INSPECTION, variant=at)


def service_code(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """The code of the public service is missing or cannot be one (1.013225, 1.013225.H61, 2.000908.000.00.00.H61)."""
    code = procedure.service_code.strip()
    if not code:
        said = message("validator.missing_code")
        yield Remark(Severity.LOOK, "missing_code", said, LAW, part="service_code")
    elif not is_service_code(code):
        said = message("validator.bad_code", code=code)
        near = re.sub(r"[\s,]+", lambda gap: "." if "," in gap[0] else "", code)
        fits = is_service_code(near)
        repair = Repair(message("validator.set_code", code=near), Edit("service_code", near))
        repairs = (repair,) if fits else ()
        yield Remark(Severity.WRONG, "bad_code", said, LAW, part="service_code", repairs=repairs)


def unknown_service(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """A code that could be one, and that the catalogue of public services does not have."""
    code = procedure.service_code.strip()
    if around.known_service is not None and is_service_code(code) and not around.known_service(code):
        yield Remark(
            Severity.LOOK, "unknown_service", message("validator.unknown_service", code=code), LAW, part="service_code"
        )


def missing_parts(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """Parts that the law or the layout wants and that are empty."""
    wanted = {
        "name": (Severity.WRONG, procedure.name),
        "procedure_code": (Severity.LOOK, procedure.procedure_code),
        "legal_basis": (Severity.WRONG, procedure.legal_basis),
        "subject": (Severity.LOOK, procedure.subject),
        "place": (Severity.LOOK, procedure.place),
        "results": (Severity.LOOK, procedure.results),
        "components": (Severity.LOOK, procedure.components),
        "forms": (Severity.LOOK, procedure.forms),
        "records": (Severity.LOOK, procedure.records),
    }
    for part, (severity, value) in wanted.items():
        if not value:
            yield Remark(severity, f"missing_{part}", message(f"validator.missing_{part}"), LAW, part=part)


def open_doubts(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """What was read or typed in one way and could be meant in another, and nobody has confirmed."""
    right = message("validator.doubt_is_right")
    for place, doubt in enumerate(procedure.doubts):
        repair = Repair(right, Edit("doubts", None, index=place))
        yield Remark(Severity.LOOK, "doubt", doubt.message, part="doubts", index=place, repairs=(repair,))
    for at, index, step in _steps(procedure):
        for place, doubt in enumerate(step.doubts):
            rest = step.doubts[:place] + step.doubts[place + 1 :]
            label = step.time_label if rest or step.time is None else ""
            repair = Repair(right, Edit("fields", {"doubts": rest, "time_label": label}, at, index))
            yield Remark(Severity.LOOK, "doubt", doubt.message, "", at, index, "doubts", place, (repair,))


def unlisted_forms(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """A step uses a form (BM.…) that section 6 does not list."""
    if not procedure.forms:
        return
    listed = {fold_words(text) for form in procedure.forms for text in (form.code, *_FORM_CODE.findall(form.name))}
    for at, index, step in _steps(procedure):
        for code in _FORM_CODE.findall(step.output_or_form):
            if fold_words(code) not in listed:
                said = message("validator.unlisted_form", number=step.number or index + 1, code=code)
                yield Remark(Severity.LOOK, "unlisted_form", said, LAW, at, index)
