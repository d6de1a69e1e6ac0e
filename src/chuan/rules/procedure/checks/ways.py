"""Rules on the ways through the steps: links that lead nowhere, steps nobody reaches, work without an end."""

from collections.abc import Iterator

from chuan.rules.procedure.diagram import EdgeKind
from chuan.rules.procedure.remarks import Edit, Remark, Repair, Severity, Surroundings
from chuan.rules.procedure.structure import Procedure, Variant
from chuan.rules.procedure.ways import END, START, Ways, plain_ways, step_key, step_of_number
from chuan.text.messages import message

SOURCE = "TCVN ISO 9001:2015, 4.4.1"


def unknown_links(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """A way on leads to a number that no step has."""
    for at, variant in enumerate(procedure.variants):
        for index, step in enumerate(variant.steps):
            for link in step.links:
                if link.to is not None and step_of_number(variant, link.to) is None:
                    said = message("validator.unknown_link", number=step.number or index + 1, to=link.to)
                    rest = tuple(other for other in step.links if other is not link)
                    repair = Repair(message("validator.drop_link", to=link.to), Edit("links", rest, at, index))
                    yield Remark(Severity.WRONG, "unknown_link", said, SOURCE, at, index, repairs=(repair,))


def unreachable_steps(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """No way from the start leads to a step."""
    for at, variant in enumerate(procedure.variants):
        reached = _reached(plain_ways(variant), START, forward=True)
        for index, step in enumerate(variant.steps):
            if step_key(index) not in reached:
                said = message("validator.unreachable", number=step.number or index + 1)
                yield Remark(Severity.WRONG, "unreachable", said, SOURCE, at, index)


def steps_without_end(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """A step sends the work round in circles for ever (said of the step with the ways, not of all that lead to it)."""
    for at, variant in enumerate(procedure.variants):
        ends = _reached(plain_ways(variant), END, forward=False)
        for index, step in enumerate(variant.steps):
            if step.links and step_key(index) not in ends:
                said = message("validator.no_end", number=step.number or index + 1)
                repair = Repair(message("validator.go_on"), Edit("links", (), at, index))
                yield Remark(Severity.WRONG, "no_end", said, SOURCE, at, index, repairs=(repair,))


def _reached(ways: Ways, origin: str, *, forward: bool) -> set[str]:
    reached, border = {origin}, [origin]
    while border:
        here = border.pop()
        for way in ways.ways:
            near, far = (way.source, way.target) if forward else (way.target, way.source)
            if near == here and far not in reached:
                reached.add(far)
                border.append(far)
    return reached


def broken_parallels(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """Parallel parts that are not one block, or have one branch only."""
    for at, variant in enumerate(procedure.variants):
        for group, indices in _groups(variant).items():
            branches = {variant.steps[index].parallel for index in indices}
            number = variant.steps[indices[0]].no or str(indices[0] + 1)
            if indices[-1] - indices[0] + 1 != len(indices):
                said = message("validator.parallel_apart", number=number, group=group)
                yield Remark(Severity.WRONG, "parallel_apart", said, SOURCE, at, indices[0])
            elif len(branches) < 2:
                said = message("validator.parallel_alone", number=number)
                repair = Repair(message("validator.not_parallel"), Edit("parallel", "", at, indices[0]))
                repairs = (repair,) if len(indices) == 1 else ()
                yield Remark(Severity.LOOK, "parallel_alone", said, SOURCE, at, indices[0], repairs=repairs)


def _groups(variant: Variant) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for index, step in enumerate(variant.steps):
        if step.parallel:
            groups.setdefault(step.parallel.partition("/")[0], []).append(index)
    return groups


def loops_without_condition(procedure: Procedure, around: Surroundings) -> Iterator[Remark]:
    """Work goes back or branches off and nobody can read when."""
    for at, variant in enumerate(procedure.variants):
        for way in plain_ways(variant).ways:
            if way.kind in (EdgeKind.LOOP, EdgeKind.BRANCH) and not way.label:
                index = int(way.source.rpartition("-")[2])
                said = message("validator.no_condition", number=variant.steps[index].number or index + 1)
                yield Remark(Severity.LOOK, "no_condition", said, SOURCE, at, index)
