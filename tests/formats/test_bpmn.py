"""BPMN 2.0 files as plain elements: what is kept, what is left out, what is refused."""

import pytest

from chuan.formats.bpmn import MAX_BYTES, Flow, Node, read_bpmn
from chuan.text.messages import BadInput

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
OPEN = '<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:x="urn:other">'


def diagram(inside: str) -> bytes:
    return f"{HEAD}{OPEN}{inside}</b:definitions>".encode()


def test_elements_flows_and_lanes_are_read_in_the_order_of_the_file() -> None:
    data = diagram(
        """
        <b:collaboration><b:participant id="pool" name="UBND xã" processRef="p"/></b:collaboration>
        <b:process id="p">
          <b:laneSet>
            <b:lane name="Một cửa"><b:flowNodeRef> t1 </b:flowNodeRef><b:flowNodeRef>s</b:flowNodeRef></b:lane>
            <b:lane name="Phòng">
              <b:flowNodeRef>t2</b:flowNodeRef>
              <b:childLaneSet><b:lane name="Chuyên viên"><b:flowNodeRef>t2</b:flowNodeRef></b:lane></b:childLaneSet>
            </b:lane>
          </b:laneSet>
          <b:startEvent id="s"/>
          <b:userTask id="t1" name="Tiếp   nhận&#10;hồ sơ"><b:standardLoopCharacteristics/></b:userTask>
          <b:exclusiveGateway id="g"/>
          <b:task id="t2" name="Tha\u0302\u0309m định" isForCompensation="true"/>
          <b:dataObject id="d"/><b:textAnnotation id="note"/><x:task id="foreign"/>
          <b:sequenceFlow id="f1" sourceRef="s" targetRef="t1"/>
          <b:sequenceFlow id="f2" name="đủ" sourceRef="g" targetRef="t2">
            <b:conditionExpression>ok</b:conditionExpression>
          </b:sequenceFlow>
        </b:process>
        <b:process id="empty"/>
        """
    )
    (process,) = read_bpmn(data)
    assert (process.id, process.name) == ("p", "UBND xã")
    assert process.nodes == (
        Node("s", "startEvent", "", "Một cửa"),
        Node("t1", "userTask", "Tiếp nhận hồ sơ", "Một cửa", frozenset({"standardLoopCharacteristics"})),
        Node("g", "exclusiveGateway"),
        Node("t2", "task", "Thẩm định", "Chuyên viên", frozenset({"isForCompensation"})),
    )
    assert process.flows == (Flow("f1", "s", "t1"), Flow("f2", "g", "t2", "đủ", True))


def test_a_sub_process_keeps_its_content_and_hands_its_lane_on() -> None:
    data = diagram(
        """
        <b:process id="p" name="Cấp phép">
          <b:laneSet><b:lane name="Phòng"><b:flowNodeRef>sub</b:flowNodeRef></b:lane></b:laneSet>
          <b:subProcess id="sub" name="Thẩm định"><b:task id="inner" name="Kiểm tra"/></b:subProcess>
        </b:process>
        """
    )
    (process,) = read_bpmn(data)
    inner = process.nodes[0].inner
    assert inner is not None
    assert inner.nodes == (Node("inner", "task", "Kiểm tra", "Phòng"),)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "xml.broken"),
        (b"%PDF-1.7", "xml.broken"),
        (b"<definitions/>", "bpmn.not_bpmn"),
        (b'<definitions xmlns="http://schema.omg.org/spec/BPMN/2.0"/>', "bpmn.not_bpmn"),
        (diagram("<b:process>")[:-10], "xml.broken"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + diagram("")[len(HEAD) :], "xml.doctype"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "xml.doctype"),
        (b" " * (MAX_BYTES + 1), "bpmn.too_large"),
    ],
)
def test_what_is_no_bpmn_or_dangerous_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read_bpmn(data, "quy-trinh.bpmn")
    assert refusal.value.message.code == code
    assert "quy-trinh.bpmn" in str(refusal.value)
