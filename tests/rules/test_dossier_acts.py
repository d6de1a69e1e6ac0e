"""A living dossier is its acts: nothing is doubled, nothing is lost, and what was done meanwhile is told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuan.rules.eventlog import EventKind
from chuan.rules.handling.acts import (
    TURNS,
    Act,
    DossierState,
    Meanwhile,
    NotAdmitted,
    admit,
    in_effect,
    state_of,
    steps_done,
)
from chuan.rules.handling.course import Course
from chuan.rules.procedure.structure import Step, Variant

from .moments import at

COURSE = Course(
    Variant(tuple(Step(title, f"B{number}") for number, title in enumerate(("nhận", "xét", "ký"), start=1)))
)
NOW = at("2026-11-16 09:00")


def act(kind: EventKind, step: int | None = None, *, key: str = "", takes_back: int = 0, reason: str = "vì") -> Act:
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


RECEIVED = act(EventKind.RECEIVED)


def test_from_reception_to_result_and_its_collection() -> None:
    story = written(
        RECEIVED,
        act(EventKind.STEP, 0),
        act(EventKind.SUPPLEMENT),
        act(EventKind.RESUBMITTED),
        act(EventKind.STEP, 1),
        act(EventKind.PAYMENT),
        act(EventKind.PAID),
        act(EventKind.STEP, 2),
        act(EventKind.RESULT_READY),
        act(EventKind.RETURNED),
    )
    assert state_of(story) is DossierState.RETURNED
    assert steps_done(story) == (0, 1, 2)
    assert refusal(story, act(EventKind.STEP, 0)) == "not_in_this_state"


def test_the_same_key_again_is_the_same_act_also_when_others_acted_since() -> None:
    story = written(RECEIVED, act(EventKind.STEP, 0, key="pressed"), act(EventKind.STEP, 1))
    assert not admit(story, act(EventKind.STEP, 0, key="pressed"), seen=1, course=COURSE)


def test_who_did_not_see_the_last_act_is_told_who_did_what_and_writes_nothing() -> None:
    story = written(RECEIVED, act(EventKind.STEP, 0))
    with pytest.raises(Meanwhile) as told:
        admit(story, act(EventKind.STEP, 0, key="other"), seen=1, course=COURSE)
    assert told.value.acts == story[1:]
    assert "Nguyễn Thị An lúc 09:00 16/11/2026" in told.value.message.text()


def test_who_saw_more_than_there_is_learns_that_the_server_was_set_back() -> None:
    assert refusal(written(RECEIVED), act(EventKind.STEP, 0), seen=3) == "seen_more"


def test_the_last_act_is_taken_back_and_then_the_one_before_it() -> None:
    story = written(RECEIVED, act(EventKind.STEP, 0), act(EventKind.RESULT_READY))
    assert refusal(story, act(EventKind.STATUS, takes_back=2)) == "built_upon"
    once = written(*story, act(EventKind.STATUS, takes_back=3))
    assert state_of(once) is DossierState.HANDLING
    twice = written(*once, act(EventKind.STATUS, takes_back=2))
    assert steps_done(twice) == ()
    assert [one.number for one in in_effect(twice)] == [1]
    assert refusal(twice, act(EventKind.STATUS, takes_back=1)) == "reception_stays"
    assert refusal(twice, act(EventKind.STATUS, takes_back=2)) == "built_upon"


def test_a_step_out_of_turn_needs_a_reason_and_a_step_of_another_procedure_is_refused() -> None:
    story = written(RECEIVED)
    assert refusal(story, act(EventKind.STEP, 2, reason=" ")) == "step_not_open"
    assert admit(story, act(EventKind.STEP, 2, reason="Lãnh đạo ký trước", key="k"), seen=1, course=COURSE)
    assert admit(story, act(EventKind.STEP, 0, reason="", key="k"), seen=1, course=COURSE)
    assert refusal(story, act(EventKind.STEP, 3)) == "no_such_step"
    assert refusal(story, act(EventKind.STEP)) == "no_such_step"


@pytest.mark.parametrize("kind", [EventKind.SUPPLEMENT, EventKind.PAUSED, EventKind.REFUSED, EventKind.STOPPED])
def test_what_the_citizen_must_understand_needs_a_reason(kind: EventKind) -> None:
    assert refusal(written(RECEIVED), act(kind, reason="")) == "reason_missing"


def test_what_happens_later_cannot_be_written_and_what_happened_in_an_outage_can() -> None:
    story = written(RECEIVED)
    tomorrow = replace(act(EventKind.STEP, 0), at=NOW + timedelta(days=1))
    assert refusal(story, tomorrow) == "in_the_future"
    assert admit(story, replace(act(EventKind.STEP, 0), entered_at=NOW + timedelta(days=2)), seen=1, course=COURSE)


def test_every_state_that_is_not_an_end_can_be_left_and_all_are_reached() -> None:
    reached = {target for turns in TURNS.values() for target in turns.values()}
    assert reached == set(DossierState) - {DossierState.NEW}
    ends = {DossierState.RETURNED, DossierState.REFUSED, DossierState.STOPPED, DossierState.WITHDRAWN}
    assert set(DossierState) - set(TURNS) == ends


kinds = st.sampled_from([kind for turns in TURNS.values() for kind in turns])
tries = st.lists(st.tuples(kinds, st.none() | st.integers(0, 3), st.integers(0, 6), st.integers(0, 3)), max_size=25)


@given(tries)
def test_whatever_is_tried_the_acts_that_were_admitted_tell_a_story(
    tried: list[tuple[EventKind, int | None, int, int]],
) -> None:
    story: tuple[Act, ...] = ()
    for number, (kind, step, back, behind) in enumerate(tried, start=1):
        one = replace(act(kind, step if kind is EventKind.STEP else None, key=f"k{number % 7}"), takes_back=back)
        try:
            new = admit(story, one, seen=max(len(story) - behind, 0), course=COURSE)
        except (NotAdmitted, Meanwhile):
            continue
        if new:
            story = (*story, replace(one, number=len(story) + 1))
    assert state_of(story) in DossierState
    assert len({one.key for one in story}) == len(story)
    assert all(0 <= step < 3 for step in steps_done(story))
