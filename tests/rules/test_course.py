"""Where a living dossier stands in its written procedure."""

from hypothesis import given
from hypothesis import strategies as st

from chuan.rules.conformance import ModelError, align_costs
from chuan.rules.handling.course import Course, OpenStep
from chuan.rules.procedure.compile import compile_variant
from chuan.rules.procedure.structure import Link, Step, Variant

from .test_layout import variants


def row(no: str, *to: str | None, parallel: str = "", optional: bool = False) -> Step:
    return Step(f"step {no}", no, links=tuple(Link(each) for each in to), parallel=parallel, optional=optional)


def course(*rows: Step) -> Course:
    return Course(Variant(rows))


def open_after(way: Course, done: str) -> str:
    """Return the open steps after `done`, each a digit counted from 1."""
    return "".join(str(one.step + 1) for one in way.standing([int(each) - 1 for each in done]).open)


def test_without_structure_one_step_is_open_after_the_other() -> None:
    way = course(row("1"), row("2"), row("3"))
    assert [open_after(way, done) for done in ("", "1", "12", "123")] == ["1", "2", "3", ""]
    assert [way.standing(done).may_end for done in ([], [0], [0, 1], [0, 1, 2])] == [False, False, False, True]


def test_of_several_ways_the_one_taken_closes_the_others() -> None:
    way = course(row("1", "2", "3"), row("2", "4"), row("3", "4"), row("4"))
    assert open_after(way, "1") == "23"
    assert way.closed_by([0], 1) == (2,)
    assert [open_after(way, "12"), open_after(way, "13")] == ["4", "4"]


def test_steps_beside_each_other_stay_open_since_they_opened() -> None:
    way = course(row("1"), row("2", parallel="g"), row("3", parallel="g"), row("4"))
    assert way.standing([0]).open == (OpenStep(1, 1), OpenStep(2, 1))
    assert way.standing([0, 2]).open == (OpenStep(1, 1),)
    assert way.closed_by([0], 1) == ()
    assert way.standing([0, 2, 1]).open == (OpenStep(3, 3),)


def test_a_way_back_opens_the_earlier_step_again_and_since_then() -> None:
    way = course(row("1"), row("2"), row("3", "4", "2"), row("4"))
    assert open_after(way, "123") == "24"
    assert way.standing([0, 1, 2]).open[0] == OpenStep(1, 3)
    assert way.standing([0, 1, 2, 1]).open == (OpenStep(2, 4),)
    itself = course(row("1"), row("2", "3", "2"), row("3"))
    assert itself.standing([0, 1, 1]).open == (OpenStep(1, 3), OpenStep(2, 2))


def test_a_step_only_when_needed_may_be_passed_over() -> None:
    way = course(row("1"), row("2", optional=True), row("3", optional=True))
    assert open_after(way, "1") == "23"
    assert way.standing([0]).may_end


def test_a_dossier_that_left_the_way_goes_on_from_its_last_step() -> None:
    way = course(row("1"), row("2"), row("3"), row("4"))
    skipped = way.standing([0, 2])
    assert (skipped.astray, [one.step for one in skipped.open]) == ((1,), [3])
    gone_back = way.standing([0, 1, 0])
    assert (gone_back.astray, [one.step for one in gone_back.open]) == ((2,), [2])


@given(variants(), st.data())
def test_who_does_only_what_is_open_has_followed_the_procedure(variant: Variant, data: st.DataObject) -> None:
    try:
        way, model = Course(variant), compile_variant(variant)
    except ModelError:
        return
    done: list[int] = []
    for _ in range(data.draw(st.integers(0, 15))):
        choice = [one.step for one in way.standing(done).open]
        if not choice:
            break
        done.append(data.draw(st.sampled_from(choice)))
    standing = way.standing(done)
    assert standing.astray == ()
    assert standing.may_end == (align_costs(model, [done]) == [0])
    assert standing.open or standing.may_end


def test_the_usual_next_step_follows_the_first_link_and_passes_a_side_step() -> None:
    steps = (
        Step("nhận", "B1"),
        Step("xét", "B2", links=(Link("B4"), Link("B3", "cần hỏi"))),
        Step("hỏi", "B3"),
        Step("ký", "B4", links=(Link(None), Link("B2", "trả lại"))),
    )
    course = Course(Variant(steps))
    assert course.usual_next(()) == 0
    assert course.usual_next((0,)) == 1
    assert course.usual_next((0, 1)) == 3
    assert course.usual_next((0, 1, 2)) == 3
    assert course.usual_next((0, 1, 3)) is None
