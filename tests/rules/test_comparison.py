from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from chuan.rules.procedure.comparison import StepKind, adoption_difference, compare
from chuan.rules.procedure.coverage import coverage
from chuan.rules.procedure.structure import Component, Limit, Procedure, Step, TimeUnit, Variant
from chuan.rules.procedure.wording import Change, word_difference


def step(no: str, title: str, hours: int = 4, role: str = "Chuyên viên") -> Step:
    return Step(title, no, role, Limit(Fraction(hours), TimeUnit.WORKING_HOUR))


STEPS = (
    step("B1", "Kiểm tra, tiếp nhận hồ sơ", role="Một cửa"),
    step("B2", "Phân công xử lý", role="Lãnh đạo phòng"),
    step("B3", "Thẩm định hồ sơ", 24),
    step("B4", "Kiểm tra thực địa, lập biên bản", 16),
    step("B5", "Ký giấy phép", 12, "Lãnh đạo UBND xã"),
)


def procedure(*steps: Step, **more: object) -> Procedure:
    return replace(Procedure((Variant(steps),)), **more)  # type: ignore[arg-type] # tests name fields freely


def kinds(before: Procedure, after: Procedure) -> list[tuple[StepKind, int | None, int | None]]:
    (variant,) = compare(before, after).variants
    return [(change.kind, change.before, change.after) for change in variant.steps]


def test_a_procedure_does_not_differ_from_itself() -> None:
    comparison = compare(procedure(*STEPS), procedure(*STEPS))
    assert not comparison.differs and comparison.count(StepKind.SAME) == 5


def test_a_step_put_in_between_leaves_the_others_same_or_renumbered() -> None:
    added = step("B4", "Lấy ý kiến Phòng Văn hóa - Xã hội")
    after = procedure(*STEPS[:3], added, replace(STEPS[3], no="B5"), replace(STEPS[4], no="B6"))
    same, new, renumbered = StepKind.SAME, StepKind.ADDED, StepKind.RENUMBERED
    expected = [(same, 0, 0), (same, 1, 1), (same, 2, 2), (new, None, 3), (renumbered, 3, 4), (renumbered, 4, 5)]
    assert kinds(procedure(*STEPS), after) == expected


def test_a_removed_step_is_shown_where_it_stood() -> None:
    after = procedure(*STEPS[:3], STEPS[4])
    assert kinds(procedure(*STEPS), after)[3] == (StepKind.REMOVED, 3, None)


def test_a_longer_time_is_a_change_of_that_field_in_words() -> None:
    after = procedure(*STEPS[:4], step("B5", "Ký giấy phép", 16, "Lãnh đạo UBND xã"))
    (variant,) = compare(procedure(*STEPS), after).variants
    (change,) = variant.steps[4].fields
    assert (change.field, change.before, change.after) == ("time", "12 giờ làm việc", "16 giờ làm việc")
    assert [segment.text for segment in change.segments if segment.change is Change.ADDED] == ["16"]


def test_a_step_that_changed_its_place_is_moved_and_the_others_are_not() -> None:
    after = procedure(STEPS[0], STEPS[3], STEPS[1], STEPS[2], STEPS[4])
    found = {change.before: change.kind for change in compare(procedure(*STEPS), after).variants[0].steps}
    assert found == {0: StepKind.SAME, 3: StepKind.MOVED, 1: StepKind.SAME, 2: StepKind.SAME, 4: StepKind.SAME}


def test_a_reworded_title_is_the_same_step_and_another_work_under_the_same_number_is_not() -> None:
    reworded = replace(STEPS[3], title="Kiểm tra thực địa và lập biên bản kiểm tra")
    other = replace(STEPS[4], title="Gửi bưu chính", role="Văn thư", time=None)
    rows = kinds(procedure(*STEPS), procedure(*STEPS[:3], reworded, other))
    assert rows[3][0] is StepKind.CHANGED
    assert (StepKind.REMOVED, 4, None) in rows and (StepKind.ADDED, None, 4) in rows


def test_variants_are_matched_by_name_and_steps() -> None:
    one, two = Variant(STEPS, "nhóm I"), Variant(STEPS[:3], "nhóm III")
    before, after = Procedure((one, two)), Procedure((two, Variant(STEPS[2:], "nhóm IV")))
    found = {change.name: (change.before, change.after) for change in compare(before, after).variants}
    assert found["nhóm III"] == (1, 0)


def test_parts_are_compared_as_text_or_entry_by_entry() -> None:
    before = procedure(*STEPS, fee="Không", legal_basis=("NĐ 61/2018/NĐ-CP", "NĐ 175/2024/NĐ-CP"))
    after = procedure(
        *STEPS, fee="75.000 đồng", legal_basis=("NĐ 175/2024/NĐ-CP", "NĐ 118/2025"), components=(Component("Đơn"),)
    )
    parts = {part.part: part for part in compare(before, after).parts}
    assert set(parts) == {"fee", "legal_basis", "components"}
    fee = parts["fee"].field
    assert fee is not None and (fee.before, fee.after) == ("Không", "75.000 đồng")
    entries = {(entry.before, entry.after) for entry in parts["legal_basis"].entries}
    assert entries == {("NĐ 61/2018/NĐ-CP", None), (None, "NĐ 118/2025")}


def test_an_adopting_commune_sees_what_it_kept_and_its_own_controls() -> None:
    own = procedure(*STEPS[:4], step("B4b", "Đối chiếu quy hoạch do công chức địa chính"), STEPS[4])
    adoption = adoption_difference(procedure(*STEPS), own)
    assert (adoption.kept, adoption.of, adoption.added) == (5, 5, ((0, 4),))


TEXTS = st.text(alphabet="abc ờ.,", max_size=30)


@given(TEXTS, TEXTS)
def test_the_pieces_of_a_difference_make_up_both_texts(before: str, after: str) -> None:
    segments = word_difference(before, after)
    assert "".join(s.text for s in segments if s.change is not Change.ADDED) == before
    assert "".join(s.text for s in segments if s.change is not Change.REMOVED) == after


@given(st.permutations(STEPS), st.lists(st.sampled_from(STEPS), max_size=3))
def test_every_step_of_both_versions_appears_once(shuffled: list[Step], more: list[Step]) -> None:
    after = procedure(*shuffled[:4], *more)
    (variant,) = compare(procedure(*STEPS), after).variants
    assert sorted(row.before for row in variant.steps if row.before is not None) == list(range(5))
    assert [row.after for row in variant.steps if row.after is not None] == list(range(len(after.variants[0].steps)))


def test_coverage_lists_services_without_a_procedure_in_force_whatever_the_suffix() -> None:
    found = coverage(["1.013225", "1.001193", "2.000815"], ["1.013225.H61", "9.999999", ""])
    assert (found.covered, found.missing) == (("1.013225",), ("1.001193", "2.000815"))
    assert found.beyond == ("9.999999",) and not found.complete
    assert coverage(["1.013225"], ["1.013225"]).complete
