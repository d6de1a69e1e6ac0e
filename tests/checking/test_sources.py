"""The PROCEDURE of a check: diagrams, trees and folders."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from chuan.checking.check import Options, check
from chuan.checking.sources import load, refuse_unknown_steps
from chuan.reading.calendars import load_calendar
from chuan.reading.models import read_bpmn_procedure
from chuan.rules.conformance import align_costs
from chuan.rules.procedure.structure import Procedure, Variant
from chuan.text.messages import BadInput
from chuan.writing.bpmn import write_bpmn

from .cast import STEPS, as_written, dossier, log

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


XD03 = Procedure((), name="Cấp phép", service_code="1.013225.H61", procedure_code="QT.XD.03")


def draw(path: Path, variant: str, drawn: Procedure) -> None:
    path.write_text(write_bpmn(Variant(STEPS, variant), drawn), encoding="utf-8")


def test_diagrams_of_ours_keep_their_codes_and_the_variants_of_one_procedure_are_one_subject(tmp_path: Path) -> None:
    draw(tmp_path / "a.bpmn", "Cấp mới", XD03)
    draw(tmp_path / "b.bpmn", "Cấp lại", XD03)
    draw(tmp_path / "c.bpmn", "Cấp lại", XD03)
    draw(tmp_path / "d.bpmn", "Cấp lại", replace(XD03, service_code="1.000656"))
    subjects = load(str(tmp_path)).subjects
    assert [(one.service_code, [model.name for model in one.models]) for one in subjects] == [
        ("1.013225.H61", ["Cấp mới", "Cấp lại"]),
        ("1.013225.H61", ["Cấp lại"]),
        ("1.000656", ["Cấp lại"]),
    ]
    read = read_bpmn_procedure((tmp_path / "a.bpmn").read_bytes())
    assert (read.name, read.procedure_code) == ("Cấp phép", "QT.XD.03")


def test_dossiers_go_to_diagrams_of_ours_by_service_code(tmp_path: Path) -> None:
    for code in ("1.013225.H61", "1.000656"):
        draw(tmp_path / f"{code}.bpmn", "Cấp mới", replace(XD03, service_code=code))
    loaded = load(str(tmp_path))
    codes = {"H1": "1.000656", "H2": "1.013225", "H3": "2.000815"}
    events = log(*(dossier(*as_written(), id=id, service_code=code) for id, code in codes.items()))
    result = check(loaded.subjects, events, Options(load_calendar("vn"), by_service=loaded.by_service))
    divided = {one.subject.service_code: [each.dossier.id for each in one.dossiers] for one in result.subjects}
    assert divided == {"1.000656": ["H1"], "1.013225.H61": ["H2"]}
    assert [each.id for each in result.homeless] == ["H3"]


def test_a_diagram_of_ours_that_is_checked_as_blocks_keeps_its_codes(tmp_path: Path) -> None:
    tasks = "".join(f'<task id="{one}" name="{one}"/>' for one in "abcd")
    gates = '<parallelGateway id="P"/><parallelGateway id="Q"/><parallelGateway id="R"/><parallelGateway id="S"/>'
    nested = flows("P>a", "P>R", "R>b", "R>c", "b>S", "c>S", "S>d", "d>Q", "a>Q")
    codes = '<x:procedure xmlns:x="urn:chuan:procedure" serviceCode="1.000656"/>'
    inside = f"<extensionElements>{codes}</extensionElements>{tasks}{gates}{nested}"
    (tmp_path / "a.bpmn").write_text(diagram(inside), encoding="utf-8")
    (subject,) = load(str(tmp_path / "a.bpmn")).subjects
    assert subject.service_code == "1.000656"


def test_a_mapping_may_name_steps_of_any_of_the_procedures_but_no_other(tmp_path: Path) -> None:
    for name in ("Nhận", "Ký"):
        procedure = {"tthc_code": "1.000656", "variants": [{"steps": [{"title": name}]}]}
        (tmp_path / f"{name}.json").write_text(json.dumps(procedure), encoding="utf-8")
    subjects = load(str(tmp_path)).subjects
    refuse_unknown_steps(subjects, {"Trình": "Ký", "Nháp": None, "Xong": "B1"})
    with pytest.raises(BadInput, match="“Trình” được gán cho “B7”"):
        refuse_unknown_steps(subjects, {"Trình": "B7"})
