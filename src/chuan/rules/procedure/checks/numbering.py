"""Rules on the numbers of steps. Source: facts 4.4 (duplicate numbers, a phase numbered I then III)."""

import re
from collections.abc import Iterator

from chuan.rules.procedure.remarks import Edit, Remark, Repair, Severity, Surroundings
from chuan.rules.procedure.structure import Procedure, Variant
from chuan.text.messages import message
from chuan.text.vietnamese import fold

SOURCE = "TCVN ISO 9001:2015, 7.5.2"
_NUMBER = re.compile(r"^(?P<prefix>.*?)(?P<value>\d+)(?P<suffix>\D*)$")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def duplicate_numbers(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """Two steps of one variant have the same number: links and logs cannot tell them apart."""
    for at, variant in enumerate(procedure.variants):
        seen: dict[str, int] = {}
        for index, step in enumerate(variant.steps):
            number = fold(step.no)
            if number and number in seen:
                said = message("validator.duplicate_number", number=step.number, row=index + 1, first=seen[number] + 1)
                repairs = (_renumber(at, variant),)
                yield Remark(Severity.WRONG, "duplicate_number", said, SOURCE, at, index, repairs=repairs)
            seen.setdefault(number, index)


def missing_numbers(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """A step without a number."""
    for at, variant in enumerate(procedure.variants):
        for index, step in enumerate(variant.steps):
            if not step.no.strip():
                said = message("validator.missing_number", row=index + 1, title=step.title)
                repairs = (_renumber(at, variant),)
                yield Remark(Severity.LOOK, "missing_number", said, SOURCE, at, index, repairs=repairs)


def numbering_gaps(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """Numbers that jump (B2, B4) or go back (B4, B3); a new prefix (I., II.) counts from one again."""
    for at, variant in enumerate(procedure.variants):
        last: dict[str, int] = {}
        for index, step in enumerate(variant.steps):
            match = _NUMBER.match(fold(step.no))
            if match is None:
                continue
            prefix, value = match["prefix"], int(match["value"])
            before = last.get(prefix, 0)
            if value not in (before, before + 1):
                known = f"{_as_written(step.no)}{before}" if before else ""
                code = "validator.number_jumps" if before else "validator.number_starts"
                said = message(code, number=step.number, before=known)
                repairs = (_renumber(at, variant),)
                yield Remark(Severity.LOOK, "number_jumps", said, SOURCE, at, index, repairs=repairs)
            last[prefix] = value


def _as_written(number: str) -> str:
    return number[: len(number) - len(re.sub(r"^\D*", "", number))]


def phase_gaps(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """Phases numbered I, then III."""
    for at, variant in enumerate(procedure.variants):
        before = 0
        for index, step in enumerate(variant.steps):
            roman = re.match(r"([ivx]+)[.)\s]", fold(step.phase))
            value = _ROMAN.get(roman[1], 0) if roman else 0
            if value > before + 1:
                said = message("validator.phase_jumps", phase=step.phase)
                yield Remark(Severity.LOOK, "phase_jumps", said, SOURCE, at, index, part="phase")
            before = value or before


def _renumber(at: int, variant: Variant) -> Repair:
    numbers = tuple(f"B{index}" for index in range(1, len(variant.steps) + 1))
    last = numbers[-1] if numbers else ""
    return Repair(message("validator.renumber", last=last), Edit("numbers", numbers, at))
