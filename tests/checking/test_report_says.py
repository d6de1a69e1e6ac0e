"""The report hides nothing: every kind of deviation, every dossier that is not judged, every due date that moved."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from chuan.checking.check import Options, check
from chuan.checking.report.figures import flow
from chuan.checking.report.page import page
from chuan.checking.report.questions import MOST, all_questions, questions
from chuan.checking.report.steps import step_tables
from chuan.checking.report.summary import summary
from chuan.checking.report.workbook import workbook
from chuan.checking.result import KINDS, REASONS, CheckResult
from chuan.checking.subjects import from_tree
from chuan.formats.xlsx import read_sheets
from chuan.reading.calendars import load_calendar
from chuan.rules.eventlog import EventKind
from chuan.rules.procedure.structure import Step
from chuan.rules.processtree import Kind, Tree, leaf
from chuan.text.messages import message

from .cast import APPRAISE, RECEIVE, SIGN, as_json, as_written, at, days, did, dossier, hours, log, procedure, run

EXPORT = ("received_at", "finished_at", "status")


def slow_steps(count: int) -> tuple[Step, ...]:
    return tuple(Step(f"Bước thứ {place}", f"B{place}", "Chuyên viên", hours(1)) for place in range(1, count + 1))


def rows(result: CheckResult, sheet: int, language: str = "vi") -> list[list[Any]]:
    return [list(row) for row in read_sheets(workbook(result, language))[sheet].rows]


def test_a_wrong_position_stands_in_the_report_though_many_limits_were_passed() -> None:
    steps = slow_steps(9)
    went = [did(f"{2 + place:02} 08:00", step.title, position="Chuyên viên") for place, step in enumerate(steps)]
    by_another = (*went[:-1], replace(went[-1], position="Văn thư"))
    result = run(procedure(*steps), dossier(*went), dossier(*by_another, id="H2"))
    chosen, every = questions(result.subjects[0]), all_questions(result.subjects[0])
    assert len(chosen) == MOST < len(every)
    assert ("wrong_position", "B9") in {(one.kind, one.step) for one in chosen}
    shown = page(result, ())
    assert "Khác vị trí B9" in shown
    assert f"Và {len(every) - MOST} điểm khác nữa:" in shown
    for one in every[MOST:]:
        assert f"{one.step} {one.title}" in shown


def test_a_dossier_with_nothing_but_a_wrong_position_is_to_be_looked_at_and_counts_the_same_everywhere() -> None:
    went = (*as_written()[:2], did("03 10:00", "Ký duyệt", position="Văn thư"), as_written()[3])
    result = run(procedure(), dossier(*went, id="H-khac"), dossier(*as_written(), id="H-dung"))
    page_part = page(result, ()).split("Hồ sơ cần xem")[1]
    assert "H-khac" in page_part
    assert "H-dung" not in page_part
    listed = [row[0] for row in rows(result, 0)[1:]]
    counted = {row[0]: int(row[-1]) for row in rows(result, 1)[1:]}
    assert counted == {"H-khac": listed.count("H-khac"), "H-dung": 0} == {"H-khac": 1, "H-dung": 0}


def test_of_equally_many_a_limit_passed_is_asked_about_last() -> None:
    went = (as_written()[0], did("05 09:00", "Ký duyệt", position="Văn thư"), did("05 10:00", "Trả kết quả"))
    other = (*as_written()[:3], did("05 09:00", "Trả kết quả"))
    asked = questions(run(procedure(), dossier(*went), dossier(*other, id="H2")).subjects[0])
    assert [one.kind for one in asked] == sorted((one.kind for one in asked), key=KINDS.index)


def not_judged() -> Iterator[tuple[str, CheckResult]]:
    def of(reason: str, written: Any = None, **facts: Any) -> tuple[str, CheckResult]:
        one = dossier(id="H-chua", **facts)
        return reason, run(written or procedure(), one, recorded=EXPORT, as_of=at("20 08:00"))

    received = {"received_at": at("02 08:00")}
    yield of("no_reception", finished_at=at("03 08:00"))
    yield of("finished_first", received_at=at("04 08:00"), finished_at=at("03 08:00"))
    yield of("broken_off", **received, status="Công dân yêu cầu rút hồ sơ")
    yield of("collected_late", **received, returned_at=at("20 08:00"))
    yield of("over_undated", **received, status="Đã trả kết quả")
    yield of("waiting", **received, status="Yêu cầu bổ sung giấy tờ")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_whatever_is_not_judged_is_listed_with_its_reason(language: str) -> None:
    for reason, result in not_judged():
        (told,) = as_json(result)["per_dossier"]
        assert (told["state"], told["not_judged_because"]) == ("not_judged", reason)
        assert as_json(result)["not_judged_because"] == {reason: 1}
        words = message(f"report.reason_{reason}").text(language)
        assert f"<td>{words}</td>" in page(result, (), language), reason
        assert any("H-chua" in row and words in row for row in rows(result, 1, language)), reason
        assert words in summary(result, language), reason


def test_every_reason_and_every_meaning_of_a_state_has_words() -> None:
    names = [f"reason_{one}" for one in REASONS] + [f"meaning_{one}" for one in (*EventKind, "none")]
    for name, language in product(names, ("vi", "en")):
        assert message(f"report.{name}").text(language) != f"report.{name}"


def test_a_model_without_limits_says_so_instead_of_none_of_none() -> None:
    steps = tuple(replace(step, time=None) for step in (RECEIVE, APPRAISE, SIGN))
    result = run(replace(procedure(*steps), committed=None), dossier(*as_written()[:3]))
    shown = page(result, ())
    assert "không có thời hạn" in shown
    assert "0/0" not in shown


def test_a_due_date_that_moved_is_explained_and_one_that_still_moves_says_so() -> None:
    asked, given = EventKind.SUPPLEMENT, EventKind.RESUBMITTED
    closed = (did("02 08:00", "Tiếp nhận hồ sơ"), did("03 08:00", "Chờ", asked), did("05 09:00", "Đủ", given))
    late = (did("02 08:00", "Tiếp nhận hồ sơ"), did("06 08:00", "Chờ", asked))
    waits = closed[:2]
    result = run(procedure(), dossier(*closed), dossier(*waits, id="H2"), dossier(*late, id="H3"), as_of=at("09 08:00"))
    shown = page(result, ())
    assert "chờ bổ sung 08:00 03/11/2026 – 09:00 05/11/2026: tính lại từ đầu" in shown
    assert "đang chờ từ 08:00 03/11/2026, chưa kết thúc" in shown
    assert "bắt đầu sau khi đã hết hạn nên không dời hạn" in shown
    assert [one["due_moves_on"] for one in as_json(result)["per_dossier"]] == [False, True, False]
    paused = page(run(procedure(), dossier(*closed), as_of=at("09 08:00"), supplement="pause"), ())
    assert "không tính thời gian này" in paused


def test_the_sources_own_due_dates_are_listed_dossier_by_dossier() -> None:
    facts: dict[str, Any] = {"source_due_at": at("06 17:00"), "earlier_due_at": (at("05 17:00"),), "id": "H-doi"}
    result = run(procedure(), dossier(*as_written(), **facts))
    assert "dữ liệu ghi hạn 17:00 06/11/2026; dữ liệu đã đổi hạn: 17:00 05/11/2026 → 17:00 06/11/2026" in page(
        result, ()
    )
    assert any("H-doi" in row and "đã đổi hạn" in " ".join(map(str, row)) for row in rows(result, 1))


def test_the_words_for_states_are_shown_with_what_they_mean() -> None:
    one = dossier(received_at=at("02 08:00"), status="Tạm dừng")
    odd = dossier(received_at=at("02 08:00"), status="Treo máy", id="H2")
    result = run(procedure(), one, odd, recorded=EXPORT)
    said = {(each["words"], each["kind"], each["count"]) for each in as_json(result)["states"]}
    assert said == {("Tạm dừng", "paused", 1), ("Treo máy", None, 1)}
    assert "Không hiểu, không dùng" in page(result, ())


SHARED = (
    replace(RECEIVE, time=hours(4)),
    replace(APPRAISE, budget="g", time=days(2)),
    replace(SIGN, budget="g", time=None, counted=False),
)


def test_a_shared_budget_is_one_norm_over_its_steps() -> None:
    went = (did("02 08:00", "Tiếp nhận hồ sơ"), did("02 09:00", "Thẩm định hồ sơ"), did("06 08:00", "Ký duyệt"))
    (subject,) = run(procedure(*SHARED, committed=days(9)), dossier(*went)).subjects
    _first, second, last = flow(subject, subject.subject.models[0]).timings
    assert (second.text, last.text, last.over) == ("", "B2–B3: 4 / 2", True)
    (table,) = step_tables(subject, "vi")
    shared = "2 ngày làm việc, chung cho B2–B3"
    assert [(row.limit, row.over) for row in table.rows[1:]] == [(shared, None), (shared, 1)]


def test_the_steps_are_shown_in_the_unit_of_their_norms() -> None:
    went = (did("02 08:00", "Tiếp nhận hồ sơ"), did("04 08:00", "Thẩm định hồ sơ"), did("04 10:00", "Ký duyệt"))
    (subject,) = run(procedure(), dossier(*went)).subjects
    (table,) = step_tables(subject, "vi")
    assert table.unit == "working_day"
    assert [(row.limit, row.median) for row in table.rows[:3]] == [
        ("0,5 ngày làm việc (4 giờ làm việc)", "0"),
        ("1 ngày làm việc", "2"),
        ("0,5 ngày làm việc", "0,25"),
    ]


def test_a_step_of_a_branch_not_taken_is_asked_about_by_its_name() -> None:
    tree = Tree(Kind.CHOICE, (leaf("Thẩm định hồ sơ"), leaf("Ký duyệt")))
    both = dossier(did("02 08:00", "Thẩm định hồ sơ"), did("02 09:00", "Ký duyệt"))
    result = check([from_tree(tree, "m")], log(both), Options(load_calendar("vn")))
    (asked,) = questions(result.subjects[0])
    assert asked.kind == "inserted"
    assert f"“{asked.step}”" in asked.text("vi")


def test_a_step_numbered_in_words_is_not_called_step_twice() -> None:
    steps = tuple(replace(step, no=f"Bước {place}") for place, step in enumerate((RECEIVE, APPRAISE, SIGN), start=1))
    (asked,) = questions(run(procedure(*steps), dossier(as_written()[0], as_written()[2])).subjects[0])[:1]
    assert "bước 2 Thẩm định" in asked.text("vi")
    assert "step 2 Thẩm định" in asked.text("en")
