"""The ways through a variant as a graph: steps, start and end, with gateways for the exchange drawing.

Keys: "start", "end", "step-3" (index 3), and for gateways the key of their step with a suffix. In the exchange drawing
a way leads past a step that is optional.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from chuan.rules.procedure.diagram import EdgeKind, NodeKind
from chuan.rules.procedure.structure import Link, Variant
from chuan.text.vietnamese import fold

START, END = "start", "end"


@dataclass(frozen=True, slots=True)
class Element:
    """A node to come: `step` is the step it is, or the one a gateway belongs to."""

    key: str
    kind: NodeKind
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """An edge to come, by keys."""

    source: str
    target: str
    kind: EdgeKind
    label: str = ""


@dataclass(slots=True)
class Ways:
    """Elements in drawing order, start first and end last, and the ways between them."""

    elements: list[Element] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)


def step_key(step: int) -> str:
    """Return the key of the step at this index."""
    return f"step-{step}"


def step_of_number(variant: Variant, number: str) -> int | None:
    """Return the index of the first step numbered `number`, or None: links to unknown steps lead nowhere."""
    wanted = fold(number)
    return next((index for index, step in enumerate(variant.steps) if fold(step.no) == wanted and wanted), None)


def plain_ways(variant: Variant) -> Ways:
    """Return the ways without gateways: a step with several ways on simply has several edges."""
    count = len(variant.steps)
    elements = [Element(step_key(index), NodeKind.STEP, index) for index in range(count)]
    ways = [Way(START, target, kind) for target, kind in _entries(variant, 0)]
    for index in range(count):
        ways.extend(_ways_from(variant, index))
    return Ways([Element(START, NodeKind.START), *elements, Element(END, NodeKind.END)], list(dict.fromkeys(ways)))


def gated_ways(variant: Variant) -> Ways:
    """Return the ways with an explicit gateway wherever ways part or meet."""
    plain = _past_optional(variant, plain_ways(variant))
    ways = _parted(plain, _parted(plain, plain.ways, parallel=True), parallel=False)
    ways = _met(plain, _met(plain, ways, parallel=True), parallel=False)
    used = {key for way in ways for key in (way.source, way.target)}
    elements = [part for element in plain.elements for part in _with_gateways(element) if part.key in used]
    return Ways(elements, ways)


def _ways_from(variant: Variant, index: int) -> Iterator[Way]:
    source = step_key(index)
    links = variant.steps[index].links or (None,)
    for link in links:
        for target, kind in _targets(variant, index, link):
            yield Way(source, target, kind, link.when if link else "")


def _targets(variant: Variant, index: int, link: Link | None) -> list[tuple[str, EdgeKind]]:
    if link is None:
        return _usual(variant, index)
    if link.to is None:
        return [(END, EdgeKind.NEXT if index == len(variant.steps) - 1 else EdgeKind.BRANCH)]
    to = step_of_number(variant, link.to)
    if to is None:
        return []
    if to == index + 1:
        return _usual(variant, index)
    return [(step_key(to), EdgeKind.LOOP if to <= index else EdgeKind.BRANCH)]


def _usual(variant: Variant, index: int) -> list[tuple[str, EdgeKind]]:
    """Return where a step leads by the order of rows; inside a parallel group along its own branch."""
    steps = variant.steps
    group = _group(steps[index].parallel)
    if not group:
        return _entries(variant, index + 1)
    after = index
    while after < len(steps) and _group(steps[after].parallel) == group:
        after += 1
    ahead = (n for n in range(index + 1, after) if _branch(variant, n) == _branch(variant, index))
    same_branch = next(ahead, None)
    if same_branch is not None:
        return [(step_key(same_branch), EdgeKind.NEXT)]
    return [(target, EdgeKind.PARALLEL) for target, _ in _entries(variant, after)]


def _entries(variant: Variant, index: int) -> list[tuple[str, EdgeKind]]:
    """Return how one comes into the row `index`: by all branches at once when a parallel group begins there."""
    steps = variant.steps
    if index >= len(steps):
        return [(END, EdgeKind.NEXT)]
    group = _group(steps[index].parallel)
    if not group or (index and _group(steps[index - 1].parallel) == group):
        return [(step_key(index), EdgeKind.NEXT)]
    first_of_branch: dict[str, int] = {}
    for at in range(index, len(steps)):
        if _group(steps[at].parallel) != group:
            break
        first_of_branch.setdefault(_branch(variant, at), at)
    return [(step_key(at), EdgeKind.PARALLEL) for at in first_of_branch.values()]


def _group(parallel: str) -> str:
    return parallel.partition("/")[0].strip()


def _branch(variant: Variant, index: int) -> str:
    """Return the branch of a row of a parallel group; a row that names none is a branch of its own."""
    return variant.steps[index].parallel.partition("/")[2].strip() or f"row {index}"


def _past_optional(variant: Variant, plain: Ways) -> Ways:
    """Put a gateway before and behind every optional step, and a way from one to the other."""
    optional = {step_key(index) for index, step in enumerate(variant.steps) if step.optional}
    elements: list[Element] = []
    ways = [
        replace(
            way,
            source=way.source + _PAST * (way.source in optional),
            target=way.target + _MAYBE * (way.target in optional),
        )
        for way in plain.ways
    ]
    for element in plain.elements:
        if element.key not in optional:
            elements.append(element)
            continue
        maybe, past = element.key + _MAYBE, element.key + _PAST
        elements += [Element(maybe, NodeKind.SPLIT, element.step), element, Element(past, NodeKind.JOIN, element.step)]
        ways += [Way(maybe, element.key, EdgeKind.NEXT), Way(element.key, past, EdgeKind.NEXT)]
        ways.append(Way(maybe, past, EdgeKind.BRANCH))
    return Ways(elements, ways)


_MAYBE, _PAST = ".maybe", ".past"
_SUFFIXES_BEFORE = ((".together", NodeKind.PARALLEL_JOIN), (".join", NodeKind.JOIN))
_SUFFIXES_AFTER = ((".split", NodeKind.SPLIT), (".apart", NodeKind.PARALLEL_SPLIT))


def _with_gateways(element: Element) -> list[Element]:
    before = [Element(element.key + suffix, kind, element.step) for suffix, kind in _SUFFIXES_BEFORE]
    after = [Element(element.key + suffix, kind, element.step) for suffix, kind in _SUFFIXES_AFTER]
    return [*before, element, *after]


def _parted(plain: Ways, ways: list[Way], *, parallel: bool) -> list[Way]:
    """Put a gateway behind every element that several ways leave: first only the parallel ones, then all."""
    suffix = ".apart" if parallel else ".split"
    for element in plain.elements:
        leaving = [way for way in ways if way.source == element.key and (way.kind is EdgeKind.PARALLEL or not parallel)]
        if len(leaving) < 2 or element.kind is NodeKind.SPLIT:
            continue
        gate = element.key + suffix
        moved = [Way(gate, way.target, way.kind, way.label) if way in leaving else way for way in ways]
        ways = [*moved, Way(element.key, gate, EdgeKind.NEXT)]
    return ways


def _met(plain: Ways, ways: list[Way], *, parallel: bool) -> list[Way]:
    """Put a gateway before every element where several ways arrive: first only the parallel ones, then all."""
    suffix = ".together" if parallel else ".join"
    for element in plain.elements:
        coming = [way for way in ways if way.target == element.key and (way.kind is EdgeKind.PARALLEL or not parallel)]
        if len(coming) < 2 or element.kind is NodeKind.JOIN:
            continue
        gate = element.key + suffix
        moved = [Way(way.source, gate, way.kind, way.label) if way in coming else way for way in ways]
        ways = [*moved, Way(gate, element.key, EdgeKind.NEXT)]
    return ways
