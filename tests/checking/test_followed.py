"""Whether the procedure was followed: costs, deviations, positions, and what the words of the log mean."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chuan.checking.positions import is_wrong_position
from chuan.rules.eventlog import EventKind
from chuan.rules.procedure.structure import Link, Procedure, Variant

from .cast import (
    APPRAISE,
    RECEIVE,
    RETURN,
    SIGN,
    STEPS,
    as_json,
    as_written,
    at,
    deviations,
    did,
    dossier,
    judged,
    procedure,
    run,
)


def test_a_dossier_that_went_as_written_has_no_deviation() -> None:
    found = judged(procedure(), *as_written())
    assert (found.cost, found.fitness, deviations(found)) == (0, 1.0, [])


def test_a_step_left_out_costs_one_and_is_named() -> None:
    received, _, signed, returned = as_written()
    found = judged(procedure(), received, signed, returned)
    assert (found.cost, deviations(found)[0]) == (1, ("skipped", "B2", None))
    assert found.fitness == 1 - 1 / (3 + 4)


def test_an_event_that_is_no_step_is_inserted_and_a_second_time_repeated() -> None:
    received, appraised, signed, returned = as_written()
    events = (
        received,
        appraised,
        did("02 16:10", "Họp hội đồng"),
        did("02 16:20", "Thẩm định hồ sơ"),
        signed,
        returned,
    )
    found = judged(procedure(), *events)
    assert (found.cost, sorted(deviations(found))) == (2, [("inserted", None, 2), ("repeated", "B2", 3)])


def test_skipped_and_done_elsewhere_is_one_step_out_of_order() -> None:
    received, appraised, signed, returned = as_written()
    found = judged(procedure(), received, replace(signed, at=at("02 09:00")), appraised, returned)
    assert found.cost == 2
    assert [kind for kind, _, _ in deviations(found) if kind != "over_limit"] == ["out_of_order"]


@given(
    st.lists(st.sampled_from(["Tiếp nhận hồ sơ", "Thẩm định hồ sơ", "Ký duyệt", "Trả kết quả", "Việc lạ"]), max_size=9)
)
def test_the_cost_is_always_accounted_for_by_the_deviations(words: list[str]) -> None:
    events = [did(f"02 {8 + place // 60:02d}:{place % 60:02d}", word) for place, word in enumerate(words)]
    result = as_json(run(procedure(), dossier(*events)))
    kinds = result["deviations"]
    assert isinstance(kinds, dict)
    assert result["cost_total"] == kinds["skipped"] + kinds["inserted"] + kinds["repeated"] + 2 * kinds["out_of_order"]


def test_a_way_back_that_is_written_is_no_deviation() -> None:
    back = replace(SIGN, links=(Link("B4"), Link("B2", "không đồng ý")))
    received, appraised, signed, returned = as_written()
    events = (received, appraised, did("02 16:30", "Ký duyệt"), did("03 09:00", "Thẩm định hồ sơ"), signed, returned)
    assert judged(procedure(RECEIVE, APPRAISE, back, RETURN), *events).cost == 0
    assert judged(procedure(), *events).cost == 2


def test_of_several_variants_the_cheapest_explains_the_dossier() -> None:
    short = Variant((RECEIVE, RETURN), "Trả ngay")
    written = replace(procedure(), variants=(Variant(STEPS, "Thường"), short))
    received, _, _, returned = as_written()
    assert judged(written, received, returned).model.name == "Trả ngay"
    assert judged(written, *as_written()).model.name == "Thường"


def test_rows_are_matched_by_number_with_every_way_of_writing_it() -> None:
    events = (
        did("02 08:00", "Bước 1"),
        did("02 09:00", "x", number="02"),
        did("02 10:00", "B3"),
        did("02 11:00", "b4."),
    )
    assert judged(procedure(), *events).cost == 0


def test_a_column_of_bare_numbers_names_the_steps() -> None:
    events = [did(f"02 {8 + place:02d}:00", word) for place, word in enumerate(("1", "02", "3", "B.4"))]
    assert judged(procedure(), *events).cost == 0


def test_a_title_beats_a_number_and_the_disagreement_is_listed() -> None:
    received, _, signed, returned = as_written()
    result = run(procedure(), dossier(received, did("02 09:00", "B3. Thẩm định hồ sơ"), signed, returned))
    assert result.dossiers[0].cost == 0
    assert [(row.steps, row.disagrees) for row in result.subjects[0].understood if row.disagrees] == [(("B2",), "B3")]


def test_a_nearly_equal_title_is_matched_and_reported_as_doubtful() -> None:
    received, _, signed, returned = as_written()
    near = run(procedure(), dossier(received, did("02 09:00", "Thẩm địnhh hồ sơ"), signed, returned))
    far = run(procedure(), dossier(received, did("02 09:00", "Thẩm định lại toàn bộ hồ sơ"), signed, returned))
    assert [one.dossiers[0].cost for one in (near, far)] == [0, 2]
    mapping = as_json(near)["mapping"]
    assert isinstance(mapping, dict)
    assert mapping["doubtful"] == ["Thẩm địnhh hồ sơ"]


def test_the_users_mapping_comes_before_everything_else() -> None:
    received, _, signed, returned = as_written()
    events = (received, did("02 09:00", "Ký duyệt lần 1"), signed, returned)
    assert judged(procedure(), *events, steps={"Ký duyệt lần 1": "B2"}).cost == 0


def test_work_that_the_user_leaves_out_is_not_counted_and_a_note_says_so() -> None:
    received, appraised, signed, returned = as_written()
    events = (received, did("02 09:00", "Đóng dấu"), appraised, did("03 09:00", "Chuyển máy"), signed, returned)
    result = run(procedure(), dossier(*events), steps={"Đóng dấu": None})
    told = as_json(result)
    assert (result.dossiers[0].cost, told["deviations"]["inserted"], told["clock_events"]) == (1, 1, 0)
    assert told["mapping"]["unmatched"] == ["Chuyển máy"]
    assert {one["activity"]: one["how"] for one in told["mapping"]["activities"]}["Đóng dấu"] == "left_out"
    left_out = [note.values for note in result.notes if note.code == "checking.left_out"]
    assert left_out == [{"words": "“Đóng dấu”", "count": 1}]


def test_steps_that_share_a_title_are_told_apart_by_their_place() -> None:
    twice = (RECEIVE, replace(SIGN, no="B2", title="Trình"), APPRAISE, replace(SIGN, no="B4", title="Trình"))
    steps = tuple(replace(step, no=f"B{place}") for place, step in enumerate(twice, start=1))
    events = (
        did("02 08:00", "Tiếp nhận hồ sơ"),
        did("02 09:00", "Trình"),
        did("02 10:00", "Thẩm định hồ sơ"),
        did("02 11:00", "Trình"),
    )
    assert judged(procedure(*steps), *events).cost == 0


def test_clock_events_leave_before_alignment_but_a_step_of_that_name_stays() -> None:
    asks = replace(APPRAISE, title="Yêu cầu bổ sung")
    event = did("02 16:00", "Yêu cầu bổ sung", EventKind.SUPPLEMENT)
    received, _, signed, returned = as_written()
    as_clock = run(procedure(), dossier(received, event, *as_written()[1:]))
    as_step = run(procedure(RECEIVE, asks, SIGN, RETURN), dossier(received, event, signed, returned))
    assert (as_clock.dossiers[0].cost, as_clock.subjects[0].clock_events) == (0, 1)
    assert (as_step.dossiers[0].cost, as_step.subjects[0].clock_events) == (0, 0)


def test_a_step_that_the_whole_log_never_shows_counts_but_is_said_once() -> None:
    received, _, signed, returned = as_written()
    result = run(procedure(), *(dossier(received, signed, returned, id=f"H{number}") for number in range(3)))
    assert result.subjects[0].not_recorded == ("B2",)
    assert sum("B2" in note.text("vi") for note in result.notes) == 1
    assert as_json(result)["cost_total"] == 3


def test_a_position_is_judged_after_short_forms_and_alternatives() -> None:
    role = "Lãnh đạo Phòng VH-XH; Công chức TN&TKQ hoặc Văn thư"
    right = ["LĐ Phòng Văn hóa - Xã hội", "CC tiếp nhận và trả kết quả", "văn thư", role.upper()]
    wrong = ["Chuyên viên", "Lãnh đạo Phòng Kinh tế"]
    assert [is_wrong_position(said, role) for said in right + wrong] == [False] * 4 + [True] * 2
    assert not is_wrong_position("CC TP-HT", "Công chức Tư pháp - Hộ tịch")


def test_nothing_is_said_of_a_person_an_empty_cell_or_a_step_without_a_role() -> None:
    cases = [
        ("Nguyễn Văn An", "Văn thư"),
        ("", "Văn thư"),
        (None, "Văn thư"),
        ("Văn thư", ""),
        ("an@xa.gov.vn", "Văn thư"),
    ]
    assert [is_wrong_position(said, role) for said, role in cases] == [False] * 5


def test_a_wrong_position_costs_nothing() -> None:
    received, appraised, signed, returned = as_written()
    found = judged(procedure(), replace(received, position="Văn thư"), appraised, signed, returned)
    assert (found.cost, deviations(found)) == (0, [("wrong_position", "B1", 0)])


def test_the_states_sum_to_the_dossiers_and_counts_are_integers() -> None:
    result = as_json(run(procedure(), dossier(*as_written()), dossier(id="H2"), dossier(as_written()[0], id="H3")))
    states = result["on_time"]
    assert isinstance(states, dict)
    assert sum(states.values()) == result["dossiers"] == 3
    assert all(isinstance(result[key], int) for key in ("dossiers", "events", "clock_events", "variants", "cost_total"))


def test_an_open_dossiers_coming_steps_cost_in_the_result_but_are_told_apart() -> None:
    result = as_json(run(procedure(), dossier(*as_written()[:2])))
    assert (result["cost_total"], result["skipped_not_reached"]) == (2, 2)


def test_rows_go_to_procedures_by_service_code_with_or_without_the_local_suffix() -> None:
    from chuan.checking.check import Options, check
    from chuan.checking.subjects import from_procedure
    from chuan.reading.calendars import load_calendar

    from .cast import log

    first: Procedure = procedure(service_code="1.013225")
    second: Procedure = procedure(RECEIVE, RETURN, service_code="2.000815.H61")
    dossiers = [
        dossier(*as_written(), id="A", service_code="1.013225.H61"),
        dossier(as_written()[0], as_written()[3], id="B", service_code="2.000815"),
        dossier(as_written()[0], id="C", service_code="9.999999"),
    ]
    result = check([from_procedure(one) for one in (first, second)], log(*dossiers), Options(load_calendar("vn")))
    assert [[found.dossier.id for found in one.dossiers] for one in result.subjects] == [["A"], ["B"]]
    assert result.without_procedure == {"9.999999": 1}
    answer = as_json(result)
    assert (answer["dossiers"], answer["events"], sum(answer["on_time"].values())) == (3, 7, 3)
    assert [(one["id"], one["state"]) for one in answer["per_dossier"]][2:] == [("C", "not_judged")]
    assert len({tuple(one) for one in answer["per_dossier"]}) == 1, "every dossier has the same keys"


def test_positions_of_the_mapping_are_compared_without_case_and_diacritics() -> None:
    event = did("02 08:00", "Tiếp nhận hồ sơ", position="CV tn&tkq")
    found = judged(procedure(), event, positions={"cv TN&TKQ": "Công chức một cửa"})
    assert "wrong_position" not in [kind for kind, _, _ in deviations(found)]


def test_two_steps_of_the_same_number_each_have_their_own_count() -> None:
    steps = (RECEIVE, replace(APPRAISE, no="B1"), SIGN, RETURN)
    slow = (did("02 08:00", "Tiếp nhận hồ sơ"), did("06 16:00", "Thẩm định hồ sơ"))
    found = run(procedure(*steps), dossier(*slow))
    assert [(one.model.keys[one.step], one.over_limit) for one in found.subjects[0].steps][:2] == [("B1", 0), ("B1", 1)]


def test_a_log_that_shares_no_activity_with_the_procedure_says_so_once() -> None:
    found = run(procedure(), dossier(did("02 08:00", "Việc khác hẳn")))
    assert "checking.nothing_matches" in [note.code for note in found.notes]
    assert "checking.steps_not_recorded" not in [note.code for note in found.notes]


def test_short_names_of_divisions_are_those_divisions_and_a_further_word_is_another_position() -> None:
    same = (
        ("Lãnh đạo phòng KT", "Lãnh đạo Phòng Kinh tế"),
        ("LĐ P.KT", "Lãnh đạo Phòng Kinh tế"),
        ("CV Phòng KT-HT&ĐT", "Chuyên viên Phòng Kinh tế, Hạ tầng và Đô thị"),
        ("Phòng NN&MT", "Phòng Nông nghiệp và Môi trường"),
    )
    other = (("Phòng kế toán", "Phòng KT"), ("Văn thư UBND", "Văn thư"))
    assert [is_wrong_position(said, role) for said, role in same + other] == [False] * 4 + [True] * 2
