"""The cost of an alignment is exact: equal to a slow search over an independent meaning of the model."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chuan.rules.conformance import (
    Automaton,
    ModelTooLarge,
    MoveKind,
    align,
    align_costs,
    best,
    cheapest_run,
    deviations,
    fitness,
)
from chuan.rules.conformance.automaton import bundled
from chuan.rules.conformance.stepping import Stepping
from chuan.rules.procedure.compile import compile_tree
from chuan.rules.processtree import Tree, leaf, parallel, parse_ptree
from tests.rules.model_oracle import slow_cost, traces, trees


def labelled(model: Automaton, trace: Sequence[str]) -> tuple[int, ...]:
    return tuple(model.labels.index(one) if one in model.labels else -1 for one in trace)


@settings(max_examples=200, deadline=None)
@given(trees(), st.lists(traces(), min_size=1, max_size=4))
def test_the_cost_equals_that_of_a_slow_search(tree: Tree, some: list[list[str]]) -> None:
    model = compile_tree(tree)
    ways = [labelled(model, trace) for trace in some]
    assert align_costs(model, ways) == [slow_cost(tree, trace) for trace in some]


@settings(max_examples=100, deadline=None)
@given(trees(), st.lists(traces(), min_size=1, max_size=4))
def test_the_moves_are_a_run_of_the_model_that_uses_every_event_once_and_costs_what_is_said(
    tree: Tree, some: list[list[str]]
) -> None:
    model = compile_tree(tree)
    ways = [labelled(model, trace) for trace in some]
    on = Stepping(model, backwards=False)
    for way, alignment in zip(ways, align(model, ways), strict=True):
        states = on.closed(1 << model.initial)
        for move in alignment.moves:
            if move.kind is not MoveKind.EXTRA:
                assert move.label is not None
                states = on.with_step(states, (move.label,))
            if move.kind is MoveKind.SYNC:
                assert move.event_index is not None
                assert way[move.event_index] == move.label
        assert states >> model.final & 1
        assert [move.event_index for move in alignment.moves if move.event_index is not None] == list(range(len(way)))
        assert alignment.cost == sum(move.kind is not MoveKind.SYNC for move in alignment.moves)
        found = deviations(alignment.moves)
        assert alignment.cost == len(found) + sum(one.kind == "out_of_order" for one in found)


@settings(max_examples=50, deadline=None)
@given(trees(), st.lists(traces(), min_size=1, max_size=5))
def test_the_company_and_order_of_traces_changes_nothing(tree: Tree, some: list[list[str]]) -> None:
    model = compile_tree(tree)
    ways = [labelled(model, trace) for trace in some]
    together = align(model, ways)
    assert together == [align(model, [way])[0] for way in ways]
    assert together[::-1] == align(compile_tree(tree), ways[::-1])


@settings(max_examples=50, deadline=None)
@given(trees(), traces())
def test_an_event_that_can_mean_two_steps_costs_what_the_better_meaning_costs(tree: Tree, trace: list[str]) -> None:
    model = compile_tree(tree)
    first, second = labelled(model, "a")[0], labelled(model, "b")[0]
    either = tuple((first, second) if one in "ab" else labelled(model, one)[0] for one in trace)
    merged = parse_ptree(str(tree).replace("'b'", "'a'"))
    assert align_costs(model, [either]) == [slow_cost(merged, ["a" if one in "ab" else one for one in trace])]


def test_small_batches_give_the_same_as_one_large_one(monkeypatch: pytest.MonkeyPatch) -> None:
    model = compile_tree(parse_ptree("->( 'a', *( 'b', 'c' ), +( 'd', 'e' ) )"))
    ways = [(0, 1, 2, 1, 3, 4), (0, 4, 3), (1, 0), (), (0, 1, 3, 4), (-1, 0, 1, 4), (0, 1, 2, 2, 1, 3)]
    at_once = align(model, ways)
    monkeypatch.setattr("chuan.rules.conformance.alignment._BITS_IN_HAND", 1)
    assert align(model, ways) == at_once
    assert align_costs(model, ways) == [one.cost for one in at_once] == [0, 1, 4, 4, 0, 2, 2]


def test_the_cheapest_run_skips_choices_and_does_each_loop_once() -> None:
    model = compile_tree(parse_ptree("->( 'a', X( tau, 'b' ), *( 'c', 'd' ), +( 'e', X( 'f', ->( 'g', 'h' ) ) ) )"))
    assert cheapest_run(model) == 4
    assert align_costs(model, [()]) == [4]


def test_fitness_is_one_minus_the_share_of_the_worst_cost() -> None:
    assert fitness(0, 6, 6) == 1.0
    assert fitness(3, 8, 4) == 0.75
    assert fitness(12, 8, 4) == 0.0
    assert fitness(0, 0, 0) == 1.0


def test_of_several_models_the_cheapest_explains_a_dossier_and_of_equals_the_first() -> None:
    short = compile_tree(parse_ptree("->( 'a', 'b' )"))
    long = compile_tree(parse_ptree("->( 'a', 'b', 'c' )"))
    dossiers = ["ab", "abc", "abz", "z"]
    found = best([short, long], [[labelled(model, one) for one in dossiers] for model in (short, long)])
    assert [(number, alignment.cost) for number, alignment in found] == [(0, 0), (1, 0), (0, 1), (0, 3)]
    twice = best([long, long], [[(0, 1)], [(0, 1)]])
    assert [number for number, _ in twice] == [0]


def test_wide_parallel_work_is_exact_and_needs_one_bundle_a_branch() -> None:
    tree = parallel(*(leaf(f"step {number}") for number in range(12)))
    model = compile_tree(tree)
    assert model.states == 4096
    assert len(model.arcs) == 12
    backwards = tuple(reversed(range(12)))
    assert align_costs(model, [backwards, backwards[:5], (*backwards, 3, -1)]) == [0, 7, 2]


def test_a_model_above_the_cap_is_refused_with_the_reason_before_it_is_built() -> None:
    tree = parallel(*(leaf(f"step {number}") for number in range(40)))
    with pytest.raises(ModelTooLarge) as refusal:
        compile_tree(tree)
    assert (refusal.value.states, refusal.value.cap) == (2**40, 30_000)
    assert "30000" in str(refusal.value)
    assert compile_tree(parallel(*tree.children[:3]), cap=8).states == 8
    with pytest.raises(ModelTooLarge):
        compile_tree(parallel(*tree.children[:3]), cap=7)


def test_silent_arcs_are_kept_and_cost_nothing() -> None:
    model = Automaton(3, bundled([(0, -1, 1), (1, 0, 2), (0, -1, 2)]), ("a",))
    assert sorted(model.edges()) == [(0, -1, 1), (0, -1, 2), (1, 0, 2)]
    assert align_costs(model, [(), (0,), (0, 0)]) == [0, 0, 1]
