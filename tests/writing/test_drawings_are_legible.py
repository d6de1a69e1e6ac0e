"""No words of a drawing lie under a box, a line or other words: all published procedures and some odd ones."""

from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise

import pytest

from chuan.reading.procedure_json import read_json
from chuan.rules.procedure.diagram import Diagram, Flow, FlowDiagram, FlowEdge, Label, Node, NodeKind, Point, StepTiming
from chuan.rules.procedure.flow import lay_out_flow
from chuan.rules.procedure.labels import shorten, text_width
from chuan.rules.procedure.layout import lay_out
from chuan.rules.procedure.structure import Link, Step, Variant
from chuan.text.messages import LANGUAGES, message
from chuan.text.numbers import number
from chuan.writing.flow_svg import ARC_LABEL, arc_words

TITLE = "Kiểm tra, thẩm định hồ sơ, dự thảo văn bản trình lãnh đạo ký"
ROLES = ("Công dân", "Một cửa", "Lãnh đạo phòng", "Chuyên viên", "Văn thư", "Lãnh đạo Sở", "Chủ tịch", "Bưu điện")
Area = tuple[float, float, float, float]


def step(n: int, role: str, *links: Link, parallel: str = "") -> Step:
    return Step(TITLE, f"B{n}", role, links=links, parallel=parallel)


def published() -> Iterator[tuple[str, Variant]]:
    data = (files("chuan.data") / "demo" / "procedures.json").read_bytes()
    for procedure in read_json(data, "procedures.json"):
        for variant in procedure.variants:
            if variant.steps:
                yield f"{procedure.id} {variant.name}", variant


def odd() -> Iterator[tuple[str, Variant]]:
    yield "one step", Variant((step(1, "Chuyên viên"),))
    yield "the citizen first and last", Variant((step(1, "Công dân"), step(2, "Một cửa"), step(3, "Công dân")))
    yield "only the citizen", Variant(tuple(step(n, "Công dân") for n in range(1, 4)))
    three = (step(n, ROLES[n], parallel=f"1/{n}") for n in range(2, 5))
    yield "three beside each other", Variant((step(1, "Một cửa"), *three, step(5, "Lãnh đạo Sở"), step(6, "Một cửa")))
    first = (step(n, ROLES[n], parallel=f"1/{n}") for n in range(1, 3))
    yield "parallel from the start", Variant((*first, step(3, "Một cửa")))
    ways = (Link("B3", "đủ điều kiện"), Link("B5", "không đủ điều kiện"), Link(None, "từ chối"))
    yield "branches", Variant(tuple(step(n, ROLES[n % 4], *(ways if n == 2 else ())) for n in range(1, 7)))
    yield "eight lanes", Variant(tuple(step(n, ROLES[n * 3 % 8]) for n in range(1, 12)))
    back = {n: (Link(f"B{n + 1}"), Link(f"B{n - 7}", "trả lại")) for n in (9, 17, 24)}
    yield "25 steps", Variant(tuple(step(n, ROLES[n % 5], *back.get(n, ())) for n in range(1, 26)))
    refusal = (Link("B4"), Link("B2", "không đạt"), Link(None, "từ chối cấp giấy phép"))
    roles = ("Một cửa", "Chuyên viên", "Lãnh đạo phòng", "Một cửa")
    yield (
        "words longer than their line",
        Variant(tuple(step(n, roles[n - 1], *(refusal if n == 3 else ())) for n in range(1, 5))),
    )
    near = (Link("B3"), Link("B1", "hồ sơ không đạt yêu cầu phải làm lại từ đầu"))
    yield (
        "a long reason on a short way back",
        Variant(tuple(step(n, "Một cửa", *(near if n == 2 else ())) for n in range(1, 4))),
    )
    yield "no positions", Variant(tuple(step(n, "") for n in range(1, 5)))


VARIANTS = dict([*published(), *odd()])


def area(label: Label, words: str, widest: int = 220) -> Area:
    width = text_width(shorten(words, widest, 12), 12)
    left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    return left, label.y - 10, left + width, label.y + 4


def inside(node: Node) -> Area:
    return node.x + 1, node.y + 1, node.x + node.width - 1, node.y + node.height - 1


def piece(start: Point, end: Point, thickness: int = 0) -> Area:
    aside, half = start[0] == end[0], thickness / 2 + 0.1
    x, y = (half, 0.1) if aside else (0.1, half)
    return min(start[0], end[0]) - x, min(start[1], end[1]) - y, max(start[0], end[0]) + x, max(start[1], end[1]) + y


def meet(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def lane_words(diagram: Diagram, language: str) -> Iterator[tuple[str, Area, str]]:
    """Yield (words, area, the key of the element or way that they belong to)."""
    for node in diagram.nodes:
        if node.kind is NodeKind.STEP:
            yield node.title, inside(node), node.key
        else:
            said = message(f"writing.{node.kind}").text(language)
            yield said, area(Label("", node.centre, node.y - 6, "middle"), said), node.key
    for edge in diagram.edges:
        if edge.label:
            yield edge.label.text, area(edge.label, edge.label.text), f"{edge.source}>{edge.target}"


def flow_words(diagram: FlowDiagram, language: str) -> Iterator[tuple[str, Area, tuple[int, int] | None]]:
    for node in diagram.nodes:
        if node.kind is NodeKind.STEP:
            yield node.title, inside(node), None
    for one in diagram.arrows:
        yield number(one.count), area(one.label, number(one.count)), (one.source, one.target)
    for arc in diagram.arcs:
        said = arc_words(arc, diagram, language)
        yield said, area(arc.label, said, ARC_LABEL), (arc.source, arc.target)
    for bar in diagram.bars:
        yield bar.text, area(Label("", bar.x, bar.y + 22), f"▲ {bar.text}"), None


def real(variant: Variant) -> Flow:
    """A year of dossiers: a step skipped, one repeated, a way back over five steps, a way straight to the end."""
    count = len(variant.steps)
    usual = {(at, at + 1): FlowEdge(18_000 - 400 * at) for at in range(-1, count)}
    jumps = {
        (0, 2): FlowEdge(1_434, allowed=False),
        (min(5, count - 1), 0): FlowEdge(2_612),
        (count - 1, count - 1): FlowEdge(87, allowed=False),
        (1, count): FlowEdge(12, allowed=False),
    }
    drawn = {(a, b): edge for (a, b), edge in jumps.items() if a < count and b <= count and b != a + 1}
    return Flow(usual | drawn, (StepTiming(12.25, 2.0, "12,25 / 2"),) * count)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", VARIANTS)
def test_nothing_lies_on_the_words_of_the_lanes(name: str, language: str) -> None:
    diagram = lay_out(VARIANTS[name])
    words = list(lane_words(diagram, language))
    for place, (said, where, _key) in enumerate(words):
        assert where[2] <= diagram.width and where[0] >= diagram.lane_titles_width - 16, said
        assert not [other for other, there, _ in words[place + 1 :] if meet(where, there)], said
        for edge in diagram.edges:
            lines = [piece(*ends) for ends in pairwise(edge.points)]
            assert not any(meet(where, line) for line in lines), (said, edge.source, edge.target)


@pytest.mark.parametrize(
    ("words", "pixels"),
    [("tra thực địa, dự thảo", 128), ("Tiếp nhận, chuyển", 109), ("Thẩm định, kiểm", 99), ("Ký, trả kết quả", 91)],
)
def test_words_are_taken_to_be_a_little_wider_than_a_browser_draws_them(words: str, pixels: int) -> None:
    """`pixels`: measured in Chromium, 12 px of weight 600."""
    assert pixels <= text_width(words, 12) <= pixels * 1.1


@pytest.mark.parametrize("width", [1040, 1128])
@pytest.mark.parametrize("name", VARIANTS)
def test_nothing_lies_on_the_words_of_the_flow(name: str, width: int) -> None:
    variant = VARIANTS[name]
    diagram = lay_out_flow(variant, real(variant), width=width)
    lines = [((one.source, one.target), one.points, one.thickness) for one in diagram.arrows]
    lines += [((arc.source, arc.target), arc.points, 2) for arc in diagram.arcs]
    for language in LANGUAGES:
        words = list(flow_words(diagram, language))
        for place, (said, where, pair) in enumerate(words):
            assert where[0] >= 0 and where[2] <= diagram.width + 1, said
            assert not [other for other, there, _ in words[place + 1 :] if meet(where, there)], said
            for other, points, thickness in lines:
                crossed = other != pair and any(meet(where, piece(*ends, thickness)) for ends in pairwise(points))
                assert not crossed, (said, other)
