"""Structure that a document states plainly behind its table of steps, as our own writer prints it.

A table Từ bước | Đến bước | Trường hợp gives the ways on; a line "Làm song song: (B2, B3) và (B4)." the parallel
parts; a line "Bước chỉ làm khi cần: B5." the optional steps. What is stated is no proposal and needs no doubt. A line
"… các bước thực hiện lần lượt theo thứ tự của bảng." says that this is all: then words in titles propose nothing more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from chuan.reading.procedures.lines import Line
from chuan.reading.procedures.numbers import same
from chuan.reading.procedures.words import pattern
from chuan.rules.procedure.structure import Link, Step
from chuan.text.vietnamese import fold_words

_HEADING = ("tu buoc", "den buoc", "truong hop")
_END = ("ket thuc", "")
_IN_ORDER = "cac buoc thuc hien lan luot theo thu tu cua bang"


@dataclass(slots=True)
class Ways:
    """What is stated for one variant: links by the number of their step, parallel branches, optional steps, and whether
    this is all there is."""

    links: list[tuple[str, Link]] = field(default_factory=list)
    groups: list[list[list[str]]] = field(default_factory=list)
    optional: list[str] = field(default_factory=list)
    complete: bool = False

    @property
    def any(self) -> bool:
        """Whether something is stated."""
        return bool(self.links or self.groups or self.optional or self.complete)


def ways_in(lines: Sequence[Line]) -> Ways:
    """Return what the lines behind a table of steps state; usually nothing."""
    found, block = Ways(), -1
    for line in lines:
        if tuple(map(fold_words, line.grid[:3])) == _HEADING:
            block = line.place.block
        elif line.place.block == block and len(line.grid) >= 3:
            start, to, when = line.grid[:3]
            found.links.append((start, Link(None if fold_words(to) in _END else to, when)))
        elif match := pattern("together").match(line.text):
            branches = [branch["steps"] for branch in pattern("branch_steps").finditer(match["branches"])]
            found.groups.append([_numbers(branch) for branch in branches])
        elif match := pattern("only_when_needed").match(line.text):
            found.optional += _numbers(match["steps"])
        elif fold_words(line.text).endswith(_IN_ORDER):
            found.complete = True
    return found


def _numbers(text: str) -> list[str]:
    return [number.strip() for number in text.rstrip(" .").split(",")]


def with_ways(steps: Sequence[Step], ways: Ways) -> list[Step]:
    """Return the steps with what is stated of them."""
    return [_with(step, ways) for step in steps]


def _with(step: Step, ways: Ways) -> Step:
    links = tuple(link for start, link in ways.links if step.no and same(start, step.no))
    parallel = next(
        (
            f"{group}/{branch}"
            for group, branches in enumerate(ways.groups, start=1)
            for branch, numbers in enumerate(branches, start=1)
            if step.no in numbers
        ),
        step.parallel,
    )
    return replace(
        step, links=links or step.links, parallel=parallel, optional=step.optional or step.no in ways.optional
    )
