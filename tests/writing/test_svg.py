import re
import tomllib
from dataclasses import replace
from fractions import Fraction
from importlib.resources import files

import pytest
from lxml import etree

from chuan.formats.bpmn import read_bpmn
from chuan.reading.bpmn_blocks import blocks
from chuan.reading.models import read_bpmn_procedure
from chuan.rules.procedure.amounts import written
from chuan.rules.procedure.diagram import Flow, FlowEdge, StepTiming
from chuan.rules.procedure.flow import lay_out_flow
from chuan.rules.procedure.layout import lay_out
from chuan.rules.procedure.structure import Limit, Link, Procedure, Step, TimeUnit, Variant
from chuan.writing.bpmn import write_bpmn
from chuan.writing.flow_svg import write_flow_svg
from chuan.writing.svg import write_svg

VARIANT = Variant(
    (
        Step('Tiếp nhận <b>&"hồ sơ"', "B1", "Một cửa"),
        Step("Thẩm định", "B2", "Chuyên viên"),
        Step("Thẩm tra", "B3", "Lãnh đạo phòng", links=(Link("B4"), Link("B2", "không đạt"))),
        Step("Ký", "B4", ""),
    )
)
FLOW = Flow(
    {
        (-1, 0): FlowEdge(216),
        (0, 1): FlowEdge(216),
        (1, 2): FlowEdge(182),
        (2, 3): FlowEdge(210),
        (3, 4): FlowEdge(216),
        (1, 3): FlowEdge(34, allowed=False),
        (2, 1): FlowEdge(25),
        (0, 0): FlowEdge(3, allowed=False),
        (0, 4): FlowEdge(2, allowed=False),
    },
    (StepTiming(0.4, 0.5, "0,4 / 0,5"), StepTiming(0.9, 0.5, "0,9 / 0,5"), StepTiming(), StepTiming()),
)


def texts(svg: str) -> str:
    return " | ".join("".join(map(str, element.itertext())) for element in etree.fromstring(svg).iter() if element.text)


def test_a_drawing_is_well_formed_named_and_free_of_inline_style_and_script() -> None:
    for svg in (write_svg(lay_out(VARIANT), name="Cấp phép"), write_flow_svg(lay_out_flow(VARIANT, FLOW))):
        root = etree.fromstring(svg)
        assert root.get("role") == "img"
        ids = {element.get("id") for element in root.iter()}
        assert set(str(root.get("aria-labelledby")).split()) <= ids
        assert " style=" not in svg and "<script" not in svg and "<style" not in svg and "url(" not in svg


def test_the_words_of_the_procedure_are_escaped_and_whole_in_the_hints() -> None:
    svg = write_svg(lay_out(VARIANT))
    assert "<b>" not in svg
    assert 'Tiếp nhận <b>&"hồ sơ"' in texts(svg)


def test_a_stand_alone_drawing_brings_its_colours_for_light_and_dark() -> None:
    svg = write_svg(lay_out(VARIANT), stand_alone=True)
    assert "prefers-color-scheme: dark" in svg
    used = set(re.findall(r"var\((--[\w-]+)", svg))
    assert used <= set(re.findall(r"(--[\w-]+):", svg))


def test_a_screen_reader_hears_the_steps_with_their_positions_and_the_ways_back() -> None:
    heard = texts(write_svg(lay_out(VARIANT)))
    assert "B2. Thẩm định (Chuyên viên)" in heard
    assert "B3 quay lại B2: không đạt" in heard
    assert "B4. Ký (Chưa ghi vị trí)" in heard
    assert "B3 back to B2: không đạt" in texts(write_svg(lay_out(VARIANT), language="en"))


def test_steps_with_an_open_remark_are_marked() -> None:
    svg = write_svg(lay_out(VARIANT), marks={0: "wrong", 3: "look"})
    assert svg.count("is-wrong") == 1 and svg.count("is-look") == 1


def test_the_flow_says_what_was_skipped_what_went_back_and_what_was_repeated() -> None:
    seen = texts(write_flow_svg(lay_out_flow(VARIANT, FLOW)))
    for words in ("34 hồ sơ bỏ qua B3", "25 lần trả về B2 (được phép)", "3 lần làm lại B1", "2 hồ sơ bỏ qua B2–B4"):
        assert words in seen
    assert "▲ 0,9 / 0,5" in seen and "▲ 0,4" not in seen


def test_the_same_drawing_gives_the_same_text() -> None:
    assert write_flow_svg(lay_out_flow(VARIANT, FLOW)) == write_flow_svg(lay_out_flow(VARIANT, FLOW))


def test_bpmn_has_lanes_tasks_and_a_shape_for_each_and_is_read_back_as_blocks() -> None:
    xml = write_bpmn(VARIANT, Procedure((VARIANT,), name="Cấp phép & đất"))
    (process,) = read_bpmn(xml.encode())
    tasks = [node for node in process.nodes if node.kind == "userTask"]
    assert [node.name for node in tasks] == [step.title for step in VARIANT.steps]
    assert [node.lane for node in tasks] == ["Một cửa", "Chuyên viên", "Lãnh đạo phòng", "Chưa ghi vị trí"]
    assert process.name == "Cấp phép & đất"
    assert str(blocks(process)) == "->( 'step-0', *( ->( 'step-1', 'step-2' ), tau ), 'step-3' )"
    drawn = set(re.findall(r'bpmnElement="([^"]+)"', xml))
    assert {node.id for node in process.nodes} | {flow.id for flow in process.flows} <= drawn


def test_bpmn_of_parallel_parts_has_parallel_gateways() -> None:
    steps = (
        Step("A", "B1"),
        Step("B", "B2", parallel="1/a"),
        Step("C", "B3", parallel="1/b"),
        Step("D", "B4"),
    )
    (process,) = read_bpmn(write_bpmn(Variant(steps)).encode())
    assert str(blocks(process)) == "->( 'step-0', +( 'step-1', 'step-2' ), 'step-3' )"


@pytest.mark.parametrize("room", ["writing", "amounts"])
def test_the_words_of_drawings_are_there_in_both_languages(room: str) -> None:
    def codes(language: str) -> set[str]:
        text = (files("chuan.data") / "messages" / language / f"{room}.toml").read_text(encoding="utf-8")
        return set(tomllib.loads(text))

    assert codes("vi") == codes("en")


def test_amounts_are_written_as_people_write_them() -> None:
    third, half = Limit(Fraction(1, 3), TimeUnit.WORKING_DAY), Limit(Fraction(1, 2), TimeUnit.WORKING_HOUR)
    assert written(third) == "1/3 ngày làm việc" and written(half) == "0,5 giờ làm việc"
    assert written(half, "en") == "0.5 working hours"
    assert written(Limit(Fraction(4), TimeUnit.CALENDAR_DAY), padded=True) == "04 ngày lịch"
    assert written(Limit(Fraction(190), TimeUnit.CALENDAR_DAY), padded=True) == "190 ngày lịch"


def read_back(variant: Variant) -> Variant:
    return read_bpmn_procedure(write_bpmn(variant).encode()).variants[0]


def test_bpmn_keeps_what_may_be_left_out_also_beside_other_work_and_at_both_ends() -> None:
    maybe = (False, True, True, False, True, False, True)
    parallel = ("", "", "", "1/a", "1/b", "", "")
    rows = zip(maybe, parallel, strict=True)
    steps = tuple(Step(f"Việc {n}", f"B{n}", optional=o, parallel=p) for n, (o, p) in enumerate(rows, start=1))
    back = read_back(Variant(steps))
    assert [step.optional for step in back.steps] == list(maybe)
    assert [bool(step.parallel) for step in back.steps] == [bool(step.parallel) for step in steps]
    first = (replace(steps[0], optional=True), steps[3], steps[5])
    assert [step.optional for step in read_back(Variant(first)).steps] == [True, False, False]


def test_bpmn_keeps_rows_beside_each_other_that_name_no_branch() -> None:
    steps = (Step("A", "B1"), *(Step(name, f"B{name}", parallel="1") for name in "CDE"), Step("F", "B9"))
    back = read_back(Variant(steps)).steps
    assert len({step.parallel for step in back[1:4]}) == 3
    assert {step.parallel.partition("/")[0] for step in back[1:4]} != {""}
    assert not back[0].parallel and not back[4].parallel


def test_bpmn_keeps_the_name_of_the_variant() -> None:
    assert read_back(replace(VARIANT, name="Nhóm I & II")).name == "Nhóm I & II"
    assert read_back(VARIANT).name == "default"
