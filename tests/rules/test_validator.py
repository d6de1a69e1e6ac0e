import tomllib
from dataclasses import replace
from datetime import date
from fractions import Fraction
from importlib.resources import files

import pytest

from chuan.reading.law import load_forms, load_law
from chuan.rules.procedure.remarks import LegalState, LegalStatus, Remark, Severity, applied
from chuan.rules.procedure.structure import (
    Component,
    Doubt,
    Form,
    KeptRecord,
    Limit,
    Link,
    Procedure,
    Step,
    TimeUnit,
    Variant,
)
from chuan.rules.procedure.validator import RULES, legal_states, renumbered_forms, validate
from chuan.text.messages import message

DAY = date(2026, 11, 23)


def hours(amount: int | str) -> Limit:
    return Limit(Fraction(amount), TimeUnit.WORKING_HOUR)


def days(amount: int | str) -> Limit:
    return Limit(Fraction(amount), TimeUnit.WORKING_DAY)


def step(no: str, title: str, time: Limit | None, output: str = "Phiếu kiểm soát", **more: object) -> Step:
    return replace(Step(title, no, "Chuyên viên Phòng Kinh tế", time, output_or_form=output), **more)  # type: ignore[arg-type] # tests name fields freely


STEPS = (
    step("B1", "Kiểm tra, tiếp nhận hồ sơ", hours(4), "Mẫu 01"),
    step("B2", "Phân công người thẩm định", hours(4), "Mẫu 06"),
    step("B3", "Thẩm định hồ sơ, lập phiếu", hours(72), "Phiếu thẩm định"),
    step("B4", "Ký giấy phép", hours(16), "Giấy phép xây dựng"),
    step("B5", "Trả kết quả cho người dân", None, "Mẫu 07", counted=False, time_label="Không tính thời gian"),
)
GOOD = Procedure(
    variants=(Variant(STEPS),),
    name="Cấp giấy phép xây dựng nhà ở riêng lẻ",
    service_code="1.013225",
    procedure_code="QT.XD.03",
    committed=days(12),
    legal=days(15),
    subject="Cá nhân, hộ gia đình",
    place="Bộ phận một cửa của xã",
    results=("Giấy phép xây dựng",),
    components=(Component("Đơn đề nghị"),),
    forms=(Form("Đơn đề nghị", "BM.XD.03.01"),),
    records=(KeptRecord("Hồ sơ cấp phép"),),
    legal_basis=("Thông tư số 03/2025/TT-VPCP",),
)


def found(procedure: Procedure, rule: str, **around: object) -> list[Remark]:
    remarks = validate(procedure, day=DAY, **around)  # type: ignore[arg-type] # tests name what surrounds freely
    return [remark for remark in remarks if remark.rule == rule]


def with_step(index: int, **fields: object) -> Procedure:
    steps = list(STEPS)
    steps[index] = replace(steps[index], **fields)  # type: ignore[arg-type] # tests name fields freely
    return replace(GOOD, variants=(Variant(tuple(steps)),))


def test_a_procedure_in_order_has_no_remark() -> None:
    assert validate(GOOD, day=DAY) == ()


def test_a_sum_over_the_committed_time_says_by_how_much_and_offers_both_mends() -> None:
    longer = with_step(3, time=hours(20))
    (remark,) = found(longer, "sum_over", previous=GOOD)
    assert remark.severity is Severity.WRONG and (remark.variant, remark.step, remark.part) == (0, None, "total")
    assert remark.message.text() == (
        "Thừa 4 giờ làm việc: các bước cộng lại 100 giờ làm việc, trong khi thời hạn công bố là 96 giờ làm việc "
        "(12 ngày làm việc)."
    )
    take_back, commit = remark.repairs
    assert take_back.message.text() == "Trả B4 từ 20 giờ làm việc về 16 giờ làm việc như bản đang hiệu lực"
    assert applied(longer, take_back.edit) == GOOD
    assert found(applied(longer, commit.edit), "sum_over") == []


def test_the_committed_time_is_not_offered_above_the_legal_limit() -> None:
    (remark,) = found(with_step(3, time=hours(80)), "sum_over")
    assert remark.repairs == ()
    (legal,) = found(with_step(3, time=hours(80)), "sum_over_legal")
    assert "40 giờ làm việc" in legal.message.text()


def test_time_that_belongs_to_no_step_is_asked_about() -> None:
    (remark,) = found(with_step(3, time=hours(8)), "sum_below")
    assert remark.severity is Severity.LOOK and "Còn 8 giờ làm việc" in remark.message.text()


def test_a_step_without_a_title_is_wrong() -> None:
    (remark,) = found(with_step(2, title=" "), "missing_title")
    assert remark.severity is Severity.WRONG and remark.step == 2
    assert remark.message.text() == "Bước B3 chưa có tên. Hãy ghi bước này làm việc gì."


def test_mixed_units_are_compared_at_eight_hours_a_day() -> None:
    assert found(with_step(2, time=days(9)), "sum_over") == []
    assert len(found(with_step(2, time=days("9.5")), "sum_over")) == 1


def test_a_shared_budget_counts_once() -> None:
    steps = (STEPS[0], replace(STEPS[1], budget="a"), replace(STEPS[2], budget="a", time=None), *STEPS[3:])
    shared = replace(GOOD, variants=(Variant(steps, declared_total=hours(24)),))
    assert found(shared, "sum_over") == found(shared, "sum_below") == found(shared, "missing_time") == []
    written_on_both = (
        STEPS[0],
        replace(STEPS[1], budget="a"),
        replace(STEPS[2], budget="a", time=hours(4)),
        *STEPS[3:],
    )
    assert found(replace(GOOD, variants=(Variant(written_on_both, declared_total=hours(24)),)), "sum_over") == []


def test_parallel_branches_count_with_the_longest() -> None:
    beside = (replace(STEPS[1], parallel="1/a"), replace(STEPS[2], parallel="1/b"))
    procedure = replace(GOOD, variants=(Variant((STEPS[0], *beside, *STEPS[3:]), declared_total=hours(92)),))
    assert found(procedure, "sum_over") == found(procedure, "sum_below") == []


def test_a_committed_time_above_the_legal_one_is_wrong() -> None:
    (remark,) = found(replace(GOOD, committed=days(16)), "committed_over_legal")
    assert "1 ngày làm việc" in remark.message.text()
    assert applied(replace(GOOD, committed=days(16)), remark.repairs[0].edit).committed == days(15)


def test_each_variant_is_held_to_its_own_total() -> None:
    second = Variant(STEPS, "nhóm III", hours(90))
    (remark,) = found(replace(GOOD, variants=(*GOOD.variants, second)), "sum_over")
    assert remark.variant == 1
    (declared,) = found(replace(GOOD, variants=(replace(second, declared_total=days(13)),)), "declared_over")
    assert declared.repairs


def test_one_step_with_nearly_all_the_time_is_asked_about() -> None:
    steps = (replace(STEPS[0], time=hours(2)), replace(STEPS[1], time=hours(2)), STEPS[2], STEPS[4])
    (remark,) = found(replace(GOOD, variants=(Variant(steps),)), "whole_time")
    assert remark.step == 2 and "72 giờ làm việc" in remark.message.text()


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"time": hours(0)}, "zero_time"),
        ({"time": None}, "missing_time"),
        ({"counted": False}, "uncounted_time"),
        ({"role": " "}, "missing_position"),
        ({"output_or_form": ""}, "missing_output"),
        ({"title": "Xử lý theo quy định"}, "general_title"),
        ({"no": "B2"}, "duplicate_number"),
        ({"no": ""}, "missing_number"),
        ({"no": "B5"}, "number_jumps"),
        ({"links": (Link("B9"),)}, "unknown_link"),
        ({"links": (Link("B3", "lại"),)}, "no_end"),
        ({"links": (Link("B4"), Link("B1"))}, "no_condition"),
        ({"parallel": "1/a"}, "parallel_alone"),
        ({"output_or_form": "BM.XD.09.02"}, "unlisted_form"),
        ({"time": Limit(Fraction(9), TimeUnit.CALENDAR_DAY)}, "mixed_clocks"),
    ],
)
def test_a_defect_of_a_step_is_found_at_its_step_and_its_mend_works(fields: dict[str, object], rule: str) -> None:
    defective = with_step(2, **fields)
    remarks = found(defective, rule)
    assert remarks and remarks[0].source
    if remarks[0].part != "total":
        assert (remarks[0].variant, remarks[0].step) == (0, 2)
    for repair in remarks[0].repairs:
        assert found(applied(defective, repair.edit), rule) == []


def test_a_step_that_nobody_reaches_is_wrong() -> None:
    (remark,) = found(with_step(0, links=(Link("B3", "luôn"),)), "unreachable")
    assert remark.step == 1


def test_renumbering_keeps_links_on_the_steps_they_meant() -> None:
    steps = (replace(STEPS[0], no="01"), replace(STEPS[1], no="03"), replace(STEPS[2], no="03", links=(Link("01"),)))
    procedure = replace(GOOD, variants=(Variant(steps),))
    mended = applied(procedure, found(procedure, "duplicate_number")[0].repairs[0].edit)
    assert [one.no for one in mended.variants[0].steps] == ["B1", "B2", "B3"]
    assert mended.variants[0].steps[2].links == (Link("B1"),)


def test_lettered_rows_and_new_series_are_no_gaps() -> None:
    numbers = ("B1", "B2a", "B2b", "B3", "I.1", "I.2", "II.1")
    steps = tuple(replace(STEPS[2], no=number, title=f"{STEPS[2].title} {number}") for number in numbers)
    assert found(replace(GOOD, variants=(Variant(steps),)), "number_jumps") == []


def test_a_phase_numbered_three_after_one_is_asked_about() -> None:
    steps = (replace(STEPS[0], phase="I. Cấp xã"), replace(STEPS[1], phase="III. Sở"), *STEPS[2:])
    (remark,) = found(replace(GOOD, variants=(Variant(steps),)), "phase_jumps")
    assert remark.step == 1


def test_a_missing_output_is_proposed_by_what_the_step_does() -> None:
    (remark,) = found(with_step(3, title="Vào sổ, đóng dấu, phát hành", output_or_form=""), "missing_output")
    assert remark.repairs[0].message.text() == "Thêm «Sổ đăng ký văn bản đi»"


def test_a_table_without_any_output_is_remarked_once() -> None:
    steps = tuple(replace(one, output_or_form="") for one in STEPS)
    bare = replace(GOOD, variants=(Variant(steps),))
    assert len(found(bare, "no_outputs")) == 1 and found(bare, "missing_output") == []


@pytest.mark.parametrize("part", ["subject", "place", "results", "components", "forms", "records", "legal_basis"])
def test_a_part_that_the_law_wants_and_nobody_wrote_is_remarked_before_it_is_handed_over(part: str) -> None:
    empty = replace(GOOD, **{part: type(getattr(GOOD, part))()})
    (remark,) = found(empty, f"missing_{part}")
    assert remark.part == part


def test_a_code_that_the_catalogue_lacks_is_asked_about() -> None:
    (remark,) = found(GOOD, "unknown_service", known_service=lambda code: code == "1.001193")
    assert remark.severity is Severity.LOOK and "1.013225" in remark.message.text()
    assert found(GOOD, "unknown_service", known_service=lambda code: code == "1.013225") == []
    assert found(GOOD, "unknown_service") == []


def test_a_basis_of_a_year_that_has_not_come_is_wrong() -> None:
    citing = replace(GOOD, legal_basis=("Nghị định số 999/2030/NĐ-CP", "Nghị định số 118/2025/NĐ-CP"))
    (remark,) = found(citing, "basis_future")
    assert (remark.index, remark.severity) == (0, Severity.WRONG) and "2030" in remark.message.text()


def test_words_of_a_limit_that_say_no_amount_are_asked_about() -> None:
    (legal,) = found(replace(GOOD, legal=None, legal_text="linh tinh"), "unread_limit")
    (committed,) = found(replace(GOOD, committed=None, committed_text="linh tinh"), "unread_limit")
    assert [(one.part, one.severity) for one in (legal, committed)] == [
        ("legal", Severity.LOOK),
        ("committed", Severity.WRONG),
    ]
    assert found(replace(GOOD, legal=None, legal_text="Không quy định"), "unread_limit") == []


def test_a_limit_that_only_the_table_states_is_asked_to_be_promised() -> None:
    table_only = replace(GOOD, committed=None, variants=(replace(GOOD.variants[0], declared_total=hours(96)),))
    (remark,) = found(table_only, "committed_in_table")
    mended = applied(table_only, remark.repairs[0].edit)
    assert mended.committed == hours(96) and found(mended, "committed_in_table") == []
    other = replace(GOOD.variants[0], name="nhóm III", declared_total=hours(90))
    assert found(replace(table_only, variants=(*table_only.variants, other)), "committed_in_table") == []


def test_a_mended_promise_does_not_keep_the_words_of_the_former() -> None:
    longer = replace(with_step(3, time=hours(20)), committed_text="12 ngày làm việc")
    commit = found(longer, "sum_over")[0].repairs[-1]
    assert applied(longer, commit.edit).committed_text == ""


def test_an_open_doubt_is_a_remark_that_goes_when_confirmed() -> None:
    asked = Doubt(message("procedures.noted", text="khoảng 4 giờ?"))
    doubtful = replace(with_step(0, doubts=(asked, asked), time_label="khoảng 4 giờ"), doubts=(asked,))
    on_step, _also, on_whole = found(doubtful, "doubt")
    assert (on_step.step, on_whole.step) == (0, None)
    assert "khoảng 4 giờ?" in on_step.message.text()
    for remark in (on_whole, on_step):
        doubtful = applied(doubtful, remark.repairs[0].edit)
    (last,) = found(doubtful, "doubt")
    assert applied(doubtful, last.repairs[0].edit) == GOOD


@pytest.mark.parametrize("code", ["1.013225", "1.013225.H61", "2.000908.000.00.00.H61"])
def test_codes_in_use_are_accepted(code: str) -> None:
    assert found(replace(GOOD, service_code=code), "bad_code") == []


@pytest.mark.parametrize(("code", "mended"), [("1. 013225", "1.013225"), ("1,013225", "1.013225"), ("13225", None)])
def test_other_codes_are_wrong_and_mended_where_they_can_be(code: str, mended: str | None) -> None:
    (remark,) = found(replace(GOOD, service_code=code), "bad_code")
    assert [repair.edit.value for repair in remark.repairs] == ([mended] if mended else [])


def test_positions_are_compared_with_the_agency_list_by_alternatives() -> None:
    known = {"Chuyên viên phòng kinh tế"}
    assert found(GOOD, "unknown_position", known_positions=known) == []
    either = with_step(1, role="Lãnh đạo Phòng; Chuyên viên Phòng Kinh tế")
    assert found(either, "unknown_position", known_positions=known) == []
    assert len(found(with_step(1, role="Trưởng ban"), "unknown_position", known_positions=known)) == 1
    assert found(with_step(1, role="Trưởng ban"), "unknown_position") == []


def test_the_name_of_another_agency_inside_is_found_and_the_own_is_not() -> None:
    copied = with_step(3, role="Lãnh đạo UBND xã Thanh An")
    others = ["UBND xã Thanh An", "UBND xã Thanh Bình"]
    (remark,) = found(copied, "other_agency", other_agencies=others, own_agencies=["UBND xã Thanh Bình"])
    assert (remark.step, remark.part) == (3, "role") and "UBND xã Thanh An" in remark.message.text()
    assert found(with_step(3, role="Lãnh đạo UBND xã Thanh Anh"), "other_agency", other_agencies=others) == []


def test_another_commune_on_the_cover_or_in_the_scope_is_found_also_when_nobody_knows_it() -> None:
    own = ("Ủy ban nhân dân xã Cam Lộ",)
    copied = replace(GOOD, agency="ỦY BAN NHÂN DÂN XÃ ĐỒNG MÂY", scope="Áp dụng tại UBND xã Đồng Mây, tỉnh A.")
    for others in ((), ("Ủy ban nhân dân xã Đồng Mây",)):  # not in the application yet, and in it
        remarks = found(copied, "other_agency", own_agencies=own, other_agencies=others)
        assert {remark.part: remark.message.values["agency"] for remark in remarks} == {
            "agency": "ỦY BAN NHÂN DÂN XÃ ĐỒNG MÂY",
            "scope": "UBND xã Đồng Mây",
        }
        mended = copied
        for remark in remarks:
            mended = applied(mended, remark.repairs[0].edit)
        assert mended.scope == "Áp dụng tại Ủy ban nhân dân xã Cam Lộ, tỉnh A."
        assert found(mended, "other_agency", own_agencies=own, other_agencies=others) == []


@pytest.mark.parametrize("scope", ["UBND xã", "UBND xã CAM LỘ tỉnh A", "Uỷ ban nhân dân xã Cam Lộ"])
def test_communes_in_general_and_the_own_one_in_other_words_are_no_copy(scope: str) -> None:
    own = ("UBND xã Cam Lộ",)
    assert found(replace(GOOD, scope=scope), "other_agency", own_agencies=own, other_agencies=["UBND xã Cam"]) == []


def test_a_department_may_name_a_commune() -> None:
    own = ("Sở Xây dựng",)
    assert found(replace(GOOD, scope="UBND xã Đồng Mây"), "other_agency", own_agencies=own) == []


def test_an_amended_basis_was_looked_through_when_it_names_what_amended_it() -> None:
    state_of, citing = legal_states(load_law()), replace(GOOD, legal_basis=("TT 03/2025/TT-VPCP;",))
    (remark,) = found(citing, "basis_amended", legal_state=state_of)
    (repair,) = remark.repairs
    named = applied(citing, repair.edit)
    assert named.legal_basis == ("TT 03/2025/TT-VPCP, được sửa đổi, bổ sung bởi 04/2025/TT-VPCP",)
    assert found(named, "basis_amended", legal_state=state_of) == []


def test_a_dead_legal_basis_is_named_with_what_replaced_it() -> None:
    def state_of(cited: str, day: date) -> LegalState:
        assert day == DAY
        return LegalState(LegalStatus.EXPIRED, cited, date(2025, 7, 1), "TT 03/2025/TT-VPCP")

    citing = replace(GOOD, legal_basis=("TT 01/2018/TT-VPCP",))
    (remark,) = found(citing, "basis_expired", legal_state=state_of)
    assert (remark.part, remark.index, remark.severity) == ("legal_basis", 0, Severity.WRONG)
    replaced, dropped = (applied(citing, repair.edit).legal_basis for repair in remark.repairs)
    assert (replaced, dropped) == (("TT 03/2025/TT-VPCP",), ())


def test_the_law_that_ships_tells_an_expired_from_a_living_instrument() -> None:
    state_of = legal_states(load_law())
    assert state_of("Thông tư số 01/2018/TT-VPCP", DAY).status is LegalStatus.EXPIRED
    assert state_of("Thông tư số 03/2025/TT-VPCP", DAY).status in (LegalStatus.IN_FORCE, LegalStatus.AMENDED)
    assert state_of("Sổ tay nội bộ của phòng", DAY).status is LegalStatus.UNKNOWN


def test_form_05_is_an_old_number_for_the_control_sheet_and_becomes_06() -> None:
    forms = renumbered_forms(load_forms())
    old = with_step(2, output_or_form="Dự thảo; Mẫu 01, 05")
    (remark,) = found(old, "old_form", forms=forms)
    assert "Theo TT 03/2025/TT-VPCP" in remark.message.text() and "Mẫu 06" in remark.message.text()
    assert applied(old, remark.repairs[0].edit).variants[0].steps[2].output_or_form == "Dự thảo; Mẫu 01, 06"
    stop = with_step(2, title="Thông báo dừng giải quyết hồ sơ", output_or_form="Mẫu 05")
    assert found(stop, "old_form", forms=forms) == []
    without_basis = replace(old, legal_basis=("NĐ 118/2025/NĐ-CP",))
    assert found(without_basis, "old_form", forms=forms) == []


def test_remarks_come_in_the_order_of_the_document() -> None:
    broken = replace(with_step(3, role=""), service_code="x", committed=days(1))
    places = [(r.variant, r.step) for r in validate(broken, day=DAY)]
    known = [(v if v is not None else 9, s if s is not None else 99) for v, s in places]
    assert known == sorted(known)


def test_every_message_is_worded_in_both_languages_with_the_same_values() -> None:
    def catalogue(language: str) -> dict[str, str]:
        path = files("chuan.data") / "messages" / language / "validator.toml"
        return tomllib.loads(path.read_text(encoding="utf-8"))

    assert catalogue("vi").keys() == catalogue("en").keys()
    broken = replace(
        with_step(3, role="", time=hours(900), links=(Link("B9"), Link("B1"))), service_code="x", legal_basis=()
    )
    remarks = validate(broken, day=DAY, previous=GOOD)
    assert len({remark.rule for remark in remarks}) >= 5
    for remark in remarks:
        for language in ("vi", "en"):
            words = [remark.message.text(language), *(repair.message.text(language) for repair in remark.repairs)]
            assert all("{" not in text and "Limit(" not in text for text in words)


def test_every_rule_is_explained() -> None:
    assert all(rule.__doc__ for rule in RULES) and len(set(RULES)) == len(RULES)
