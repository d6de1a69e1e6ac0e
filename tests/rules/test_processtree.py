"""The notation of process trees: read as written, written as read, refused with the place."""

import pytest
from hypothesis import given

from chuan.rules.processtree import DEPTH_LIMIT, TAU, Tree, choice, leaf, loop, parallel, parse_ptree, sequence
from chuan.text.messages import BadInput
from tests.rules.model_oracle import trees


def test_each_sign_of_the_notation_is_read() -> None:
    tree = parse_ptree("->( 'a', X( tau, 'b' ), +( 'c', 'd' ), *( 'e', tau ) )")
    assert tree == sequence(leaf("a"), choice(TAU, leaf("b")), parallel(leaf("c"), leaf("d")), loop(leaf("e")))
    assert parse_ptree("→(×('a',τ),∧('b','c'),↺('d','e'))") == parse_ptree("->(X('a',tau),+('b','c'),*('d','e'))")


def test_a_loop_with_an_exit_is_a_loop_and_then_the_exit() -> None:
    assert parse_ptree("*( 'a', 'b', 'c' )") == sequence(loop(leaf("a"), leaf("b")), leaf("c"))


def test_a_bare_activity_and_nothing_are_trees_and_white_space_and_a_bom_do_not_matter() -> None:
    assert parse_ptree("'một'") == leaf("một")
    assert parse_ptree(" tau\n") == TAU
    assert parse_ptree("\ufeff\n->\n(\n\t'a' ,'b')\r\n") == sequence(leaf("a"), leaf("b"))


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("'it's done'", "it's done"),
        ("'it\\'s, done'", "it's, done"),
        ("'the officer's, then'", "the officer's, then"),
        ("\"Ủy ban 'xã', huyện\"", "Ủy ban 'xã', huyện"),
        ("'C:\\dir'", "C:\\dir"),
        ("'a (b), c'", "a (b), c"),
        ("'->( x'", "->( x"),
        ("' two   words '", "two words"),
        ("'Tie\u0302\u0301p nha\u0323\u0302n'", "Tiếp nhận"),
    ],
)
def test_quotes_brackets_and_unicode_inside_labels(written: str, label: str) -> None:
    assert parse_ptree(f"->( {written}, 'x' )") == sequence(leaf(label), leaf("x"))


@given(trees(letters=["a", "b'c", "d\\", "e', 'f", 'g"', "đ (1), 2"]))
def test_what_is_written_reads_as_the_same_tree(tree: Tree) -> None:
    assert parse_ptree(str(tree)) == tree


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("", "ends_early", 1, 1),
        ("->( 'a',\n  'b'", "expected", 2, 6),
        ("->( 'a', )", "unknown_sign", 1, 10),
        ("->()", "unknown_sign", 1, 4),
        ("->( 'a' 'b' )", "expected", 1, 8),
        ("->( 'a',\n   O( 'b', 'c' ) )", "unknown_sign", 2, 4),
        ("->( 'a' ) 'b'", "text_after_end", 1, 11),
        ("->\n( *( 'a' ) )", "loop_children", 2, 3),
        ("*( 'a', 'b', 'c', 'd' )", "loop_children", 1, 1),
        ("->( ' ', 'b' )", "empty_label", 1, 5),
        ("->( 'a", "open_quote", 1, 5),
        ("activity", "unknown_sign", 1, 1),
        ("->(" * (DEPTH_LIMIT + 2), "too_deep", 1, 3 * (DEPTH_LIMIT + 1) + 1),
    ],
)
def test_what_is_no_tree_is_refused_naming_the_place(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(BadInput) as refusal:
        parse_ptree(text)
    message = refusal.value.message
    assert (message.code, message.values["line"], message.values["column"]) == (f"processtree.{code}", line, column)
    assert message.text("vi") != message.text("en")
