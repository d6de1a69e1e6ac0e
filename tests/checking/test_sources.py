"""The PROCEDURE of a check: diagrams, trees and folders."""

import json
from pathlib import Path

import pytest

from chuan.checking.sources import load, refuse_unknown_steps
from chuan.rules.conformance import align_costs
from chuan.rules.procedure.structure import Variant
from chuan.text.messages import BadInput
from chuan.writing.bpmn import write_bpmn

from .cast import STEPS

NAMESPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def diagram(inside: str) -> str:
    return f'<definitions xmlns="{NAMESPACE}"><process id="p">{inside}</process></definitions>'


def flows(*pairs: str) -> str:
    ends = (pair.split(">") for pair in pairs)
    return "".join(f'<sequenceFlow id="f{a}{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in ends)


def test_a_diagram_is_checked_as_the_steps_it_shows_and_every_event_is_an_activity(tmp_path: Path) -> None:
    (tmp_path / "a.bpmn").write_text(write_bpmn(Variant(STEPS)), encoding="utf-8")
    (subject,) = load(str(tmp_path / "a.bpmn")).subjects
    assert subject.models[0].keys == ("B1", "B2", "B3", "B4")
    assert [step.role for step in subject.models[0].steps] == [step.role for step in STEPS]
    assert not subject.clock_words
    assert align_costs(subject.models[0].automaton, [(0, 1, 2, 3), (0, 2)]) == [0, 2]


def test_a_diagram_that_no_table_of_steps_can_say_is_checked_as_blocks(tmp_path: Path) -> None:
    tasks = "".join(f'<task id="{one}" name="{one}"/>' for one in "abcd")
    gates = '<parallelGateway id="P"/><parallelGateway id="Q"/><parallelGateway id="R"/><parallelGateway id="S"/>'
    nested = flows("P>a", "P>R", "R>b", "R>c", "b>S", "c>S", "S>d", "d>Q", "a>Q")
    (tmp_path / "a.bpmn").write_text(diagram(tasks + gates + nested), encoding="utf-8")
    (subject,) = load(str(tmp_path / "a.bpmn")).subjects
    labels = {key: place for place, key in enumerate(subject.models[0].automaton.labels)}
    assert set(labels) == set("abcd")
    order = [[labels[one] for one in way] for way in ("bacd", "abcd", "dbca")]
    assert align_costs(subject.models[0].automaton, order) == [0, 0, 2]


def test_a_diagram_that_is_refused_names_its_element(tmp_path: Path) -> None:
    inside = '<task id="a" name="Nhận"/><complexGateway id="g" name="Chọn"/>' + flows("a>g")
    (tmp_path / "a.bpmn").write_text(diagram(inside), encoding="utf-8")
    with pytest.raises(BadInput, match="Chọn"):
        load(str(tmp_path / "a.bpmn"))


def test_a_folder_reads_diagrams_and_trees_too_and_divides_by_service(tmp_path: Path) -> None:
    (tmp_path / "a.bpmn").write_text(write_bpmn(Variant(STEPS)), encoding="utf-8")
    procedure = {"tthc_code": "1.000656", "variants": [{"steps": [{"title": "Ký"}]}]}
    (tmp_path / "b.json").write_text(json.dumps(procedure), encoding="utf-8")
    (tmp_path / "c.ptree").write_text("->( 'Nhận', 'Ký' )", encoding="utf-8")
    loaded = load(str(tmp_path))
    assert [subject.service_code for subject in loaded.subjects] == ["", "1.000656", ""]
    assert loaded.by_service


def test_a_mapping_may_name_steps_of_any_of_the_procedures_but_no_other(tmp_path: Path) -> None:
    for name in ("Nhận", "Ký"):
        procedure = {"tthc_code": "1.000656", "variants": [{"steps": [{"title": name}]}]}
        (tmp_path / f"{name}.json").write_text(json.dumps(procedure), encoding="utf-8")
    subjects = load(str(tmp_path)).subjects
    refuse_unknown_steps(subjects, {"Trình": "Ký", "Nháp": None, "Xong": "B1"})
    with pytest.raises(BadInput, match="“Trình” được gán cho “B7”"):
        refuse_unknown_steps(subjects, {"Trình": "B7"})
