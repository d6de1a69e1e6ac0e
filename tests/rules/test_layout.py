from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from chuan.rules.procedure.diagram import Diagram, EdgeKind, Flow, FlowEdge, Node, NodeKind, StepTiming
from chuan.rules.procedure.flow import lay_out_flow
from chuan.rules.procedure.labels import shorten, text_width, wrap
from chuan.rules.procedure.layout import lay_out
from chuan.rules.procedure.structure import Link, Step, Variant

ROLES = ["Một cửa", "Chuyên viên", "Lãnh đạo Phòng Kinh tế, Hạ tầng và Đô thị", "Văn thư", "Công dân", ""]
TITLES = [
    "Ký",
    "Kiểm tra, hướng dẫn, tiếp nhận, số hóa hồ sơ; hẹn trả kết quả cho tổ chức, cá nhân",
    "Thẩm định",
    "w" * 90,
]


@st.composite
def variants(draw: st.DrawFn) -> Variant:
    count = draw(st.integers(0, 12))
    numbers = [f"B{index + 1}" for index in range(count)]
    links = st.lists(
        st.builds(Link, st.sampled_from([*numbers, "B99", None]), st.sampled_from(["", "không đồng ý"])), max_size=3
    )
    steps = [
        Step(
            draw(st.sampled_from(TITLES)),
            number,
            draw(st.sampled_from(ROLES)),
            links=tuple(draw(links)),
            parallel=draw(st.sampled_from(["", "", "1/a", "1/b"])),
        )
        for number in numbers
    ]
    return Variant(tuple(steps))


def overlap(one: Node, other: Node) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def crosses(node: Node, start: tuple[int, int], end: tuple[int, int]) -> bool:
    left, right = sorted((start[0], end[0]))
    top, bottom = sorted((start[1], end[1]))
    inside_x = left < node.x + node.width and right > node.x
    inside_y = top < node.y + node.height and bottom > node.y
    return inside_x and inside_y


def assert_readable(diagram: Diagram) -> None:
    for index, node in enumerate(diagram.nodes):
        assert node.x >= 0 and node.x + node.width <= diagram.width
        lane = diagram.lanes[node.lane]
        assert lane.y <= node.y and node.y + node.height <= lane.y + lane.height
        assert not any(overlap(node, other) for other in diagram.nodes[index + 1 :])
    for edge in diagram.edges:
        for start, end in pairwise(edge.points):
            assert start[0] == end[0] or start[1] == end[1]
            assert all(0 <= x <= diagram.width and 0 <= y <= diagram.height for x, y in (start, end))
            assert not any(crosses(node, start, end) for node in diagram.nodes)


@settings(max_examples=50, deadline=None)
@given(variants())
def test_boxes_never_overlap_and_lines_never_run_through_a_box(variant: Variant) -> None:
    diagram = lay_out(variant)
    assert_readable(diagram)
    assert [node.step for node in diagram.nodes if node.kind is NodeKind.STEP] == list(range(len(variant.steps)))


@settings(max_examples=30, deadline=None)
@given(variants())
def test_the_drawing_with_gateways_is_readable_too(variant: Variant) -> None:
    diagram = lay_out(variant, gateways=True)
    assert_readable(diagram)
    for node in diagram.nodes:
        if node.kind is NodeKind.STEP:
            assert sum(edge.source == node.key for edge in diagram.edges) <= 1
            assert sum(edge.target == node.key for edge in diagram.edges) <= 1


def test_the_citizen_has_the_first_lane_and_positions_follow_in_order_of_appearance() -> None:
    steps = (Step("Nộp", "B1", "Công dân"), Step("Nhận", "B2", "Một cửa"), Step("Ký", "B3", "Lãnh đạo"))
    diagram = lay_out(Variant((*steps, Step("Trả", "B4", "một  cửa"))))
    assert [lane.title for lane in diagram.lanes] == ["", "Một cửa", "Lãnh đạo"]
    assert [node.lane for node in diagram.nodes if node.kind is NodeKind.STEP] == [0, 1, 2, 1]


def test_ways_back_are_loops_and_ways_ahead_are_branches() -> None:
    links = (Link("B3"), Link("B1", "không đạt"), Link("B4", "đơn giản"), Link(None, "từ chối"))
    steps = (Step("A", "B1"), Step("B", "B2", links=links), Step("C", "B3"), Step("D", "B4"))
    edges = {(edge.source, edge.target): edge for edge in lay_out(Variant(steps)).edges}
    assert edges["step-1", "step-0"].kind is EdgeKind.LOOP
    assert edges["step-1", "step-2"].kind is EdgeKind.NEXT
    assert edges["step-1", "step-3"].kind is EdgeKind.BRANCH
    assert edges["step-1", "end"].kind is EdgeKind.BRANCH
    label = edges["step-1", "step-0"].label
    assert label is not None and label.title == "không đạt"


def test_ways_that_would_lie_on_each_other_run_on_tracks_of_their_own() -> None:
    numbers = [f"B{n}" for n in range(1, 6)]
    backs = {"B3": "B1", "B4": "B2", "B5": "B1"}
    steps = [
        Step("A", no, "Chuyên viên", links=(Link(None), Link(backs[no], "lại")) if no in backs else ())
        for no in numbers
    ]
    loops = [edge for edge in lay_out(Variant(tuple(steps))).edges if edge.kind is EdgeKind.LOOP]
    assert len({edge.points[1][1] for edge in loops}) == 3


def test_parallel_branches_are_entered_together_and_left_together() -> None:
    steps = (
        Step("A", "B1"),
        Step("B", "B2", parallel="1/a"),
        Step("C", "B3", parallel="1/a"),
        Step("D", "B4", parallel="1/b"),
        Step("E", "B5"),
    )
    edges = {(e.source, e.target) for e in lay_out(Variant(steps)).edges if e.kind is EdgeKind.PARALLEL}
    assert edges == {("step-0", "step-1"), ("step-0", "step-3"), ("step-2", "step-4"), ("step-3", "step-4")}


def flow_of(count: int, jumps: dict[tuple[int, int], FlowEdge]) -> Flow:
    usual = {(index, index + 1): FlowEdge(200) for index in range(-1, count)}
    timings = tuple(StepTiming(1.5, 2.0, "1,5 / 2,0") for _ in range(count))
    return Flow({**usual, **jumps}, timings)


@settings(max_examples=40, deadline=None)
@given(variants(), st.data())
def test_the_flow_keeps_boxes_apart_and_everything_inside(variant: Variant, data: st.DataObject) -> None:
    count = len(variant.steps)
    ends = st.tuples(st.integers(-1, max(count - 1, -1)), st.integers(0, count))
    counts = st.builds(FlowEdge, st.integers(0, 30_000), st.booleans())
    diagram = lay_out_flow(variant, flow_of(count, data.draw(st.dictionaries(ends, counts, max_size=14))))
    for index, node in enumerate(diagram.nodes):
        assert node.x >= 0 and node.x + node.width <= diagram.width and node.y + node.height <= diagram.height
        assert not any(overlap(node, other) for other in diagram.nodes[index + 1 :])
    lines = [arrow.points for arrow in diagram.arrows] + [arc.points for arc in diagram.arcs]
    points = [point for line in lines for point in line]
    assert all(0 <= x <= diagram.width and 0 <= y <= diagram.height for x, y in points)
    assert all(bar.y + 30 <= diagram.height for bar in diagram.bars)
    assert len(diagram.arcs) <= 10


def test_seventeen_steps_stand_in_three_rows_of_boxes_wide_enough_to_read() -> None:
    steps = tuple(Step("Kiểm tra, thẩm định, dự thảo văn bản", f"B{n}") for n in range(1, 18))
    diagram = lay_out_flow(Variant(steps), flow_of(17, {}))
    boxes = [node for node in diagram.nodes if node.kind is NodeKind.STEP]
    assert len({node.y for node in boxes}) == 3
    assert min(node.width for node in boxes) >= 100


def test_arrows_are_as_thick_as_dossiers_went_and_the_rarest_jumps_are_counted_not_drawn() -> None:
    steps = tuple(Step("A", f"B{n}") for n in range(1, 9))
    jumps = {(n, n + 2): FlowEdge(10 - n, False) for n in range(6)}
    flow = flow_of(8, {**jumps, (0, 1): FlowEdge(100), (1, 2): FlowEdge(0)})
    diagram = lay_out_flow(Variant(steps), flow, most_jumps=4)
    thickness = {arrow.target: arrow.thickness for arrow in diagram.arrows}
    assert thickness[2] < thickness[1] < thickness[3]
    assert (len(diagram.arcs), diagram.left_out, diagram.left_out_dossiers) == (4, 2, 11)


def test_bars_share_one_scale_and_tell_when_the_median_is_over() -> None:
    timings = (StepTiming(1.0, 2.0, "a"), StepTiming(4.0, 2.0, "b"), StepTiming(None, None, "Không tính"))
    bars = lay_out_flow(Variant((Step("A"), Step("B"), Step("C"))), Flow({}, timings)).bars
    first, second, third = bars
    assert first.filled is not None and second.filled is not None and first.tick == second.tick
    assert abs(second.filled - 4 * first.filled) <= 2
    assert (first.over, second.over, third.filled, third.tick) == (False, True, None, None)


@given(st.text(max_size=80), st.integers(30, 200))
def test_wrapped_lines_fit_and_lose_nothing_unless_cut(text: str, width: int) -> None:
    lines = wrap(text, width, 12, 100)
    assert all(text_width(line, 12) <= width or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert text_width(shorten(text, width, 12), 12) <= max(width, text_width("…", 12))
