"""A living dossier is its acts: nothing is doubled, nothing is lost, and what was done meanwhile is told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuan.rules.handling.acts import (
    BESIDE,
    TURNS,
    Act,
    ActKind,
    DossierState,
    Meanwhile,
    NotAdmitted,
    admit,
    in_effect,
    state_of,
    steps_done,
    unanswered,
)
from chuan.rules.handling.course import Course
from chuan.rules.procedure.structure import Step, Variant

from .moments import at

COURSE = Course(
    Variant(tuple(Step(title, f"B{number}") for number, title in enumerate(("nhận", "xét", "ký"), start=1)))
)
NOW = at("2026-11-16 09:00")


def act(kind: ActKind, step: int | None = None, *, key: str = "", takes_back: int = 0, reason: str = "vì") -> Act:
    return Act(0, key, kind, NOW, NOW, "Nguyễn Thị An", step, takes_back, reason)


def written(*acts: Act) -> tuple[Act, ...]:
    """Return the acts as they stand once all were admitted, numbered and keyed."""
    story: tuple[Act, ...] = ()
    for number, one in enumerate(acts, start=1):
        one = replace(one, number=number, key=one.key or f"k{number}")
        assert admit(story, one, seen=len(story), course=COURSE)
        story = (*story, one)
    return story


def refusal(story: Sequence[Act], one: Act, seen: int | None = None) -> str:
    with pytest.raises(NotAdmitted) as refused:
        admit(story, one, seen=len(story) if seen is None else seen, course=COURSE)
    return refused.value.message.code.removeprefix("dossier_acts.")


RECEIVED = act(ActKind.RECEIVED)


def test_from_reception_to_result_and_its_collection() -> None:
    story = written(
        RECEIVED,
        act(ActKind.STEP, 0),
        act(ActKind.SUPPLEMENT),
        act(ActKind.RESUBMITTED),
        act(ActKind.STEP, 1),
        act(ActKind.PAYMENT),
        act(ActKind.PAID),
        act(ActKind.STEP, 2),
        act(ActKind.RESULT_READY),
        act(ActKind.RETURNED),
    )
    assert state_of(story) is DossierState.RETURNED
    assert steps_done(story) == (0, 1, 2)
    assert refusal(story, act(ActKind.STEP, 0)) == "not_in_this_state"


def test_the_same_key_again_is_the_same_act_also_when_others_acted_since() -> None:
    story = written(RECEIVED, act(ActKind.STEP, 0, key="pressed"), act(ActKind.STEP, 1))
    assert not admit(story, act(ActKind.STEP, 0, key="pressed"), seen=1, course=COURSE)


def test_who_did_not_see_the_last_act_is_told_who_did_what_and_writes_nothing() -> None:
    story = written(RECEIVED, act(ActKind.STEP, 0))
    with pytest.raises(Meanwhile) as told:
        admit(story, act(ActKind.STEP, 0, key="other"), seen=1, course=COURSE)
    assert told.value.acts == story[1:]
    assert "Nguyễn Thị An lúc 09:00 16/11/2026" in told.value.message.text()


def test_who_saw_more_than_there_is_learns_that_the_server_was_set_back() -> None:
    assert refusal(written(RECEIVED), act(ActKind.STEP, 0), seen=3) == "seen_more"


def test_the_last_act_is_taken_back_and_then_the_one_before_it() -> None:
    story = written(RECEIVED, act(ActKind.STEP, 0), act(ActKind.RESULT_READY))
    assert refusal(story, act(ActKind.NOTED, takes_back=2)) == "built_upon"
    once = written(*story, act(ActKind.NOTED, takes_back=3))
    assert state_of(once) is DossierState.HANDLING
    twice = written(*once, act(ActKind.NOTED, takes_back=2))
    assert steps_done(twice) == ()
    assert [one.number for one in in_effect(twice)] == [1]
    assert refusal(twice, act(ActKind.NOTED, takes_back=1)) == "reception_stays"
    assert refusal(twice, act(ActKind.NOTED, takes_back=2)) == "built_upon"


def test_a_step_out_of_turn_needs_a_reason_and_a_step_of_another_procedure_is_refused() -> None:
    story = written(RECEIVED)
    assert refusal(story, act(ActKind.STEP, 2, reason=" ")) == "step_not_open"
    assert admit(story, act(ActKind.STEP, 2, reason="Lãnh đạo ký trước", key="k"), seen=1, course=COURSE)
    assert admit(story, act(ActKind.STEP, 0, reason="", key="k"), seen=1, course=COURSE)
    assert refusal(story, act(ActKind.STEP, 3)) == "no_such_step"
    assert refusal(story, act(ActKind.STEP)) == "no_such_step"


@pytest.mark.parametrize("kind", [ActKind.SUPPLEMENT, ActKind.PAUSED, ActKind.REFUSED, ActKind.STOPPED])
def test_what_the_citizen_must_understand_needs_a_reason(kind: ActKind) -> None:
    assert refusal(written(RECEIVED), act(kind, reason="")) == "reason_missing"


def test_what_happens_later_cannot_be_written_and_what_happened_in_an_outage_can() -> None:
    story = written(RECEIVED)
    tomorrow = replace(act(ActKind.STEP, 0), at=NOW + timedelta(days=1))
    assert refusal(story, tomorrow) == "in_the_future"
    assert admit(story, replace(act(ActKind.STEP, 0), entered_at=NOW + timedelta(days=2)), seen=1, course=COURSE)


def test_every_state_that_is_not_an_end_can_be_left_and_all_are_reached() -> None:
    reached = {target for turns in TURNS.values() for target in turns.values()}
    assert reached == set(DossierState) - {DossierState.NEW}
    ends = {DossierState.RETURNED, DossierState.REFUSED, DossierState.STOPPED, DossierState.WITHDRAWN}
    assert set(DossierState) - set(TURNS) == ends


kinds = st.sampled_from([kind for turns in TURNS.values() for kind in turns])
tries = st.lists(st.tuples(kinds, st.none() | st.integers(0, 3), st.integers(0, 6), st.integers(0, 3)), max_size=25)


@given(tries)
def test_whatever_is_tried_the_acts_that_were_admitted_tell_a_story(
    tried: list[tuple[ActKind, int | None, int, int]],
) -> None:
    story: tuple[Act, ...] = ()
    for number, (kind, step, back, behind) in enumerate(tried, start=1):
        one = replace(act(kind, step if kind is ActKind.STEP else None, key=f"k{number % 7}"), takes_back=back)
        try:
            new = admit(story, one, seen=max(len(story) - behind, 0), course=COURSE)
        except (NotAdmitted, Meanwhile):
            continue
        if new:
            story = (*story, replace(one, number=len(story) + 1))
    assert state_of(story) in DossierState
    assert len({one.key for one in story}) == len(story)
    assert all(0 <= step < 3 for step in steps_done(story))


def test_an_answer_needs_its_question_and_only_once() -> None:
    asked = written(RECEIVED, act(ActKind.CONSULTED))
    answer = replace(act(ActKind.ANSWERED), details={"to": 2})
    assert [one.number for one in unanswered(asked)] == [2]
    assert refusal(asked, replace(answer, details={"to": 1})) == "nothing_asked"
    answered = written(*asked, answer)
    assert unanswered(answered) == ()
    assert refusal(answered, replace(answer, key="again")) == "nothing_asked"
    assert refusal(asked, replace(act(ActKind.PART_DONE), details={"to": 2})) == "nothing_asked"


def test_a_result_before_the_steps_that_had_to_come_needs_a_reason() -> None:
    story = written(RECEIVED, act(ActKind.STEP, 0))
    assert refusal(story, act(ActKind.RESULT_READY, reason="")) == "steps_left"
    assert admit(story, act(ActKind.RESULT_READY, key="k"), seen=2, course=COURSE)
    done = written(*story, act(ActKind.STEP, 1), act(ActKind.STEP, 2))
    assert admit(done, act(ActKind.RESULT_READY, reason="", key="k"), seen=4, course=COURSE)


def test_without_a_written_procedure_there_are_no_steps_but_a_result() -> None:
    story = written(RECEIVED)
    with pytest.raises(NotAdmitted):
        admit(story, act(ActKind.STEP, 0), seen=1, course=None)
    assert admit(story, act(ActKind.RESULT_READY, reason="", key="k"), seen=1, course=None)


@pytest.mark.parametrize("kind", BESIDE)
def test_what_goes_on_beside_leaves_the_state_and_is_over_with_the_dossier(kind: ActKind) -> None:
    for state, turns in TURNS.items():
        assert turns.get(kind) == (None if state is DossierState.NEW else state)
    assert kind not in TURNS.get(DossierState.RETURNED, {})
