"""Which of several optimal alignments is chosen, and what its moves are called."""

import pytest

from chuan.rules.conformance import Automaton, align, deviations
from chuan.rules.procedure.compile import compile_tree
from chuan.rules.processtree import parse_ptree

SIX = "->( 'a', 'b', 'c', 'd', 'e', 'f' )"


def aligned(model: Automaton, trace: str) -> str:
    """Return the moves as text: `a` matched, `-a` skipped, `+a` extra, with the index of the event."""
    way = tuple(model.labels.index(one) if one in model.labels else -1 for one in trace)
    signs = {"sync": "", "skip": "-", "extra": "+"}
    moves = align(model, [way])[0].moves
    return " ".join(
        signs[move.kind]
        + (model.labels[move.label] if move.label is not None else "?")
        + (str(move.event_index) if move.event_index is not None else "")
        for move in moves
    )


def deviated(model: Automaton, trace: str) -> list[tuple[str, str | None, int | None]]:
    way = tuple(model.labels.index(one) if one in model.labels else -1 for one in trace)
    return [
        (str(one.kind), None if one.label is None else model.labels[one.label], one.event_index)
        for one in deviations(align(model, [way])[0].moves)
    ]


@pytest.mark.parametrize(
    ("tree", "trace", "moves"),
    [
        ("->( 'a', 'b' )", "ab", "a0 b1"),
        ("->( 'a', 'b' )", "aab", "a0 +a1 b2"),  # the earliest occurrence is kept
        ("->( 'a', 'b' )", "abab", "a0 b1 +a2 +b3"),
        ("->( 'a', 'b' )", "ba", "-a b0 +a1"),  # the earliest event that can be matched
        ("->( 'a', 'b', 'c' )", "acb", "a0 -b c1 +b2"),
        ("->( 'a', 'b', 'c' )", "z", "-a -b -c +?0"),  # skips before extras
        ("->( 'a', 'b', 'c' )", "az", "a0 -b -c +?1"),
        ("->( 'a', 'b', 'c' )", "azc", "a0 -b +?1 c2"),
        ("->( 'a', *( 'b', 'c' ) )", "abb", "a0 b1 -c b2"),  # rather a skip than an extra
        ("X( 'a', 'b' )", "", "-a"),  # of equal ways the first of the model
        ("+( 'a', 'b' )", "", "-a -b"),
        ("+( 'b', 'a' )", "", "-b -a"),
        ("->( X( tau, 'a' ), 'b' )", "", "-b"),
        ("X( ->( 'a', 'b' ), ->( 'c', 'd' ) )", "d", "-c d0"),
        ("X( ->( 'a', 'b', 'd' ), ->( 'a', 'c', 'e' ) )", "a", "a0 -b -d"),
    ],
)
def test_ties_are_broken_as_documented(tree: str, trace: str, moves: str) -> None:
    assert aligned(compile_tree(parse_ptree(tree)), trace) == moves


@pytest.mark.parametrize(
    ("trace", "found"),
    [
        ("abcdef", []),
        ("abdef", [("skipped", "c", None)]),
        ("abzcdef", [("inserted", None, 2)]),
        ("abccdef", [("repeated", "c", 3)]),
        ("abcdefb", [("repeated", "b", 6)]),
        ("abdcef", [("out_of_order", "c", 3)]),
        ("acdefb", [("out_of_order", "b", 5)]),
        ("acdefbb", [("out_of_order", "b", 5), ("inserted", "b", 6)]),  # no b is matched, so none is repeated
        ("zz", [("skipped", each, None) for each in "abcdef"] + [("inserted", None, 0), ("inserted", None, 1)]),
    ],
)
def test_deviations_from_a_sequence(trace: str, found: list[tuple[str, str | None, int | None]]) -> None:
    model = compile_tree(parse_ptree(SIX))
    assert deviated(model, trace) == found


def test_one_skip_pairs_with_one_extra_event_only() -> None:
    model = compile_tree(parse_ptree("->( 'a', 'b', 'a' )"))
    assert deviated(model, "baa") == [("out_of_order", "a", 2)]
    assert deviated(model, "bbaaa") == [("repeated", "b", 1), ("out_of_order", "a", 3), ("repeated", "a", 4)]


def test_an_extra_event_that_can_mean_several_steps_names_the_skipped_one() -> None:
    model = compile_tree(parse_ptree(SIX))
    trace = (0, 1, 3, 4, 5, (1, 2))
    assert [(str(one.kind), one.label, one.event_index) for one in deviations(align(model, [trace])[0].moves)] == [
        ("out_of_order", 2, 5)
    ]
    again = (0, 1, 2, 3, 4, 5, (2, 3))
    assert [(str(one.kind), one.label) for one in deviations(align(model, [again])[0].moves)] == [("repeated", 2)]
