"""Steps that an open dossier may still come to are held against nobody, wherever the log has unknown work."""

from dataclasses import replace

from chuan.analytics.findings.computing import verdict
from chuan.checking.report.figures import cells_of, flow, followed
from chuan.checking.report.page import page
from chuan.checking.report.questions import point_of, questions
from chuan.checking.report.summary import summary
from chuan.checking.report.workbook import workbook
from chuan.checking.result import excused, left_the_way
from chuan.formats.xlsx import read_sheets
from chuan.rules.eventlog import EventKind

from .cast import APPRAISE, RECEIVE, RETURN, SIGN, as_json, as_written, at, did, dossier, procedure, run

UNKNOWN = (did("02 09:00", "Xin ý kiến"), did("02 10:00", "Tra cứu sổ gốc"), did("02 11:00", "Xin ý kiến"))


def test_an_open_dossier_of_unknown_work_alone_left_out_nothing() -> None:
    result = run(procedure(), dossier(*UNKNOWN), as_of=at("02 12:00"))
    (found,) = result.dossiers
    assert len(excused(found)) == 4
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
    assert len(excused(found)) == 2
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


def test_a_result_that_waits_for_the_citizen_leaves_no_step_out() -> None:
    waiting, taken = as_written()[:3], did("05 09:00", "Đã trả kết quả", EventKind.RETURNED)
    result = run(procedure(), dossier(*waiting), dossier(*waiting, taken, id="H2"))
    first, second = result.dossiers
    assert (excused(first), left_the_way(first)) == ({3: "after_result"}, [])
    assert [(one.kind, one.step) for one in left_the_way(second)] == [("skipped", "B4")]
    assert (followed(result.dossiers).part, result.dossiers[0].cost) == (1, 1)
    shown = as_json(result)
    assert (shown["deviations"]["skipped"], shown["skipped_not_reached"], shown["skipped_after_result"]) == (2, 0, 1)
    assert "1 bước không tính giờ sau khi đã có kết quả" in summary(result)


def test_a_timed_step_left_out_before_the_citizen_came_is_still_left_out() -> None:
    (found,) = run(procedure(), dossier(*as_written()[:2], finished_at=at("03 10:00"))).dossiers
    assert [(one.kind, one.step) for one in left_the_way(found)] == [("skipped", "B3")]


def test_steps_after_a_dossier_was_broken_off_are_left_out_by_nobody() -> None:
    received, handed_back = did("02 08:00", "Tiếp nhận hồ sơ"), did("03 09:00", "Trả kết quả")
    for ended in (EventKind.WITHDRAWN, EventKind.STOPPED, EventKind.REFUSED):
        for more in ((), (handed_back,)):
            result = run(procedure(), dossier(received, did("02 09:00", "Hết", ended), *more))
            assert left_the_way(result.dossiers[0]) == [], ended
            assert as_json(result)["skipped_cut_short"] == as_json(result)["deviations"]["skipped"] == 3 - len(more)
    by_status = run(procedure(), dossier(received, status="Công dân yêu cầu rút hồ sơ")).dossiers[0]
    assert set(excused(by_status).values()) == {"cut_short"}


def test_a_step_left_out_before_the_refusal_is_asked_about() -> None:
    went = (
        did("02 08:00", "Tiếp nhận hồ sơ"),
        did("03 09:00", "Ký duyệt"),
        did("03 10:00", "Từ chối", EventKind.REFUSED),
    )
    (found,) = run(procedure(), dossier(*went)).dossiers
    assert [(one.kind, one.step) for one in left_the_way(found)] == [("skipped", "B2"), ("over_limit", "B3")]


def test_the_flow_draws_no_arrow_where_a_dossier_broke_off_and_none_around_a_step_out_of_order() -> None:
    received, handed_back = did("02 08:00", "Tiếp nhận hồ sơ"), did("03 09:00", "Trả kết quả")
    broken = dossier(received, did("02 09:00", "Rút", EventKind.WITHDRAWN), handed_back)
    signed_first = (did("02 08:00", "Tiếp nhận hồ sơ"), did("02 09:00", "Ký duyệt"), did("02 10:00", "Thẩm định hồ sơ"))
    swapped = dossier(*signed_first, did("05 09:00", "Trả kết quả"), id="H2")
    (subject,) = run(procedure(), broken, swapped).subjects
    drawn = flow(subject, subject.subject.models[0]).edges
    assert sorted(drawn) == [(-1, 0), (0, 1), (1, 2), (2, 3), (3, 4)]
