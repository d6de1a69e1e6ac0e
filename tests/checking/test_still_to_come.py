"""Steps that an open dossier may still come to are held against nobody, wherever the log has unknown work."""

from dataclasses import replace

from chuan.analytics.findings.computing import verdict
from chuan.checking.report.figures import cells_of, followed
from chuan.checking.report.page import page
from chuan.checking.report.questions import point_of, questions
from chuan.checking.report.summary import summary
from chuan.checking.report.workbook import workbook
from chuan.checking.result import left_the_way, not_reached
from chuan.formats.xlsx import read_sheets

from .cast import APPRAISE, RECEIVE, RETURN, SIGN, at, did, dossier, procedure, run

UNKNOWN = (did("02 09:00", "Xin ý kiến"), did("02 10:00", "Tra cứu sổ gốc"), did("02 11:00", "Xin ý kiến"))


def test_an_open_dossier_of_unknown_work_alone_left_out_nothing() -> None:
    result = run(procedure(), dossier(*UNKNOWN), as_of=at("02 12:00"))
    (found,) = result.dossiers
    assert not_reached(found) == 4
    assert [cell.kind for cell in cells_of(found)] == ["inserted"] * 3
    assert {one.kind for one in left_the_way(found)} == {"inserted"}
    shown = page(result, ())
    assert "Bỏ bước" not in shown
    assert "Việc ngoài quy trình: Xin ý kiến; Việc ngoài quy trình: Tra cứu sổ gốc" in shown
    assert "trong số bước bị bỏ: 4 bước hồ sơ đang xử lý chưa tới" in summary(result)
    assert not any(row[1] == "Bỏ bước" for row in read_sheets(workbook(result))[0].rows)


def test_a_step_done_before_its_turn_is_not_still_to_come() -> None:
    steps = (RECEIVE, APPRAISE, replace(SIGN, title="Lấy ý kiến"), SIGN, RETURN)
    numbered = (replace(step, no=f"B{place}") for place, step in enumerate(steps, start=1))
    went = (did("02 08:00", "Lấy ý kiến"), did("02 09:00", "Tiếp nhận hồ sơ"), did("02 10:00", "Thẩm định hồ sơ"))
    result = run(procedure(*numbered), dossier(*went), as_of=at("02 12:00"))
    (found,) = result.dossiers
    assert [one.kind for one in left_the_way(found)] == ["out_of_order"]
    assert not_reached(found) == 2
    assert followed(result.dossiers).part == 0


def test_each_work_outside_the_procedure_is_a_question_of_its_own() -> None:
    result = run(procedure(), dossier(*UNKNOWN), as_of=at("02 12:00"))
    asked = questions(result.subjects[0])
    assert [(one.step, one.count) for one in asked] == [("Xin ý kiến", 2), ("Tra cứu sổ gốc", 1)]
    assert "“Xin ý kiến”" in asked[0].text("vi")
    assert "“Xin ý kiến”" in asked[0].text("en")
    assert verdict(result.dossiers[0], result)["marks"] == "|inserted:Tra cứu sổ gốc||inserted:Xin ý kiến|"


def test_the_words_of_long_work_stay_apart_and_never_break_a_mark() -> None:
    long = tuple(did(f"02 {hour}:00", f"{'Xin ý kiến ' * 9}| lần {hour}") for hour in ("09", "10"))
    (found,) = run(procedure(), dossier(*long), as_of=at("02 12:00")).dossiers
    points = {point_of(found, one) for one in left_the_way(found)}
    assert len(points) == 2
    assert all(len(point) <= 60 and "|" not in point for point in points)
