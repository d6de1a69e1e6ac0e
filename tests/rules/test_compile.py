"""Written tables of steps become models: row order, links, parallel parts, optional steps; and what cannot be run."""

import pytest

from chuan.rules.conformance import Automaton, ModelError, ModelTooLarge, align_costs, cheapest_run
from chuan.rules.procedure.compile import compile_tree, compile_variant
from chuan.rules.procedure.structure import Link, Step, Variant
from chuan.rules.processtree import parse_ptree


def table(*rows: Step) -> Automaton:
    return compile_variant(Variant(rows))


def row(no: str, *to: str | None, parallel: str = "", optional: bool = False) -> Step:
    return Step(f"step {no}", no, links=tuple(Link(each) for each in to), parallel=parallel, optional=optional)


def costs(model: Automaton, *traces: str) -> list[int]:
    """Return the costs of traces in which each digit is a step, counted from 1."""
    return align_costs(model, [tuple(int(each) - 1 for each in trace) for trace in traces])


def test_without_structure_the_model_is_the_sequence_and_labels_are_the_indexes_of_the_steps() -> None:
    model = table(row("B1"), row("B2"), row("B3"))
    assert model.labels == ("step B1", "step B2", "step B3")
    assert list(model.edges()) == [(0, 0, 1), (1, 1, 2), (2, 2, 3)]
    assert costs(model, "123", "13", "132", "1233") == [0, 1, 2, 1]


def test_links_are_all_ways_on() -> None:
    choice = table(row("B1", "B2", "B3"), row("B2", "B4"), row("B3"), row("B4"))
    assert costs(choice, "124", "134", "1234", "14") == [0, 0, 1, 1]
    skip = table(row("1", "2", "3"), row("2"), row("3"))
    assert costs(skip, "123", "13", "12") == [0, 0, 1]
    early_end = table(row("1", "2", None), row("2"), row("3"))
    assert costs(early_end, "1", "123", "12") == [0, 0, 1]


def test_a_link_back_is_a_loop() -> None:
    model = table(row("B1"), row("B2"), row("B3", "B4", "B2"), row("B4"))
    assert costs(model, "1234", "123234", "12323234", "1233", "12324") == [0, 0, 0, 2, 1]
    itself = table(row("1"), row("2", "3", "2"), row("3"))
    assert costs(itself, "123", "1222223", "13") == [0, 0, 1]


def test_an_optional_step_may_be_left_out_and_leads_the_same_ways_on() -> None:
    model = table(row("1"), row("2", optional=True), row("3"))
    assert costs(model, "123", "13", "12", "3") == [0, 0, 1, 1]
    back = table(row("1"), row("2", "3", "1", optional=True), row("3"))
    assert costs(back, "13", "1113", "12123", "1112") == [0, 0, 0, 1]


def test_steps_of_a_group_run_beside_each_other() -> None:
    model = table(row("1"), row("2", parallel="g"), row("3", parallel="g"), row("4"))
    assert costs(model, "1234", "1324", "134", "2134") == [0, 0, 1, 2]
    assert model.concurrent(1, 2)
    assert model.concurrent(2, 1)
    assert not model.concurrent(0, 1)
    assert not model.concurrent(1, 1)


def test_steps_of_one_branch_stay_in_order() -> None:
    rows = [row("1"), row("2", parallel="g/a"), row("3", parallel="g/a"), row("4", parallel="g/b"), row("5")]
    model = table(*rows)
    assert costs(model, "12345", "14235", "12435", "13245") == [0, 0, 0, 2]
    assert not model.concurrent(1, 2)
    assert model.concurrent(1, 3)
    assert model.concurrent(2, 3)


def test_rows_of_another_group_or_apart_from_it_are_another_block() -> None:
    two = table(row("1", parallel="g"), row("2", parallel="g"), row("3", parallel="h"), row("4", parallel="h"))
    assert costs(two, "1234", "2143", "1324") == [0, 0, 2]
    apart = table(row("1", parallel="g"), row("2"), row("3", parallel="g"))
    assert costs(apart, "123", "321") == [0, 4]


def test_links_inside_a_branch_stay_in_it_and_links_out_of_the_group_leave_it_as_a_whole() -> None:
    looped = table(row("1", parallel="g/a"), row("2", "3", "1", parallel="g/a"), row("3", parallel="g/b"), row("4"))
    assert costs(looped, "12124", "312124", "1234", "121234") == [1, 0, 0, 0]
    back = table(row("1"), row("2", "4", parallel="g"), row("3", "4", "1", parallel="g"), row("4"))
    assert costs(back, "1234", "1324", "1231324", "134") == [0, 0, 0, 1]
    both = (row("2", "5", parallel="g"), row("3", "5", parallel="g"))
    joined = table(row("1"), *both, row("4", None), row("5", None))
    assert costs(joined, "1235", "1325", "12345") == [0, 0, 1]


def test_a_link_to_a_step_of_a_group_leads_to_its_beginning() -> None:
    model = table(row("1", "3"), row("2", parallel="g"), row("3", parallel="g"), row("4", None, "3"))
    assert costs(model, "1234", "1324", "1234324", "134") == [0, 0, 0, 1]


@pytest.mark.parametrize("written", ["B2", "b2", "Bước 2", "BƯỚC 02", "2", "02", "2."])
def test_the_number_of_a_link_is_understood_however_it_is_written(written: str) -> None:
    model = table(row("B1"), row("B2"), row("B3", "B4", written), row("B4"))
    assert costs(model, "123234") == [0]


def test_of_rows_with_the_same_number_a_link_means_the_nearest_and_of_two_the_earlier_one() -> None:
    near = table(row("1"), row("2"), row("3"), row("4"), row("5", "6", "2"), row("2", None), row("6"))
    assert costs(near, "123456", "12345") == [0, 1]
    equal = table(row("1"), row("2"), row("3", "4", "2"), row("2", "4"), row("4"))
    assert costs(equal, "123235", "1235", "1245") == [0, 0, 2]


def test_a_link_to_a_step_written_only_as_sub_steps_means_the_first_of_them() -> None:
    model = table(row("B1"), row("B2.1"), row("B2.2"), row("B3", None, "B2"))
    assert costs(model, "1234", "1234234", "123434") == [0, 0, 1]


def test_a_link_to_nowhere_is_refused_naming_the_row() -> None:
    with pytest.raises(ModelError) as refusal:
        table(row("B1"), row("B2", "B9"), row("B3"))
    assert refusal.value.message.values == {"row": 2, "step": "B2", "to": "B9"}
    assert "B9" in str(refusal.value)


def test_a_procedure_that_never_ends_and_one_without_steps_are_refused() -> None:
    with pytest.raises(ModelError) as endless:
        table(row("1"), row("2", "1"))
    assert endless.value.message.code == "conformance.no_way_to_the_end"
    with pytest.raises(ModelError) as empty:
        table()
    assert empty.value.message.code == "conformance.no_steps"


def test_a_variant_above_the_cap_is_refused() -> None:
    rows = [row(str(number), parallel="g") for number in range(15)]
    with pytest.raises(ModelTooLarge) as refusal:
        table(*rows)
    assert refusal.value.states == 2**15
    with pytest.raises(ModelTooLarge):
        compile_variant(Variant(tuple(row(str(number)) for number in range(10))), cap=10)


def test_a_tree_numbers_its_activities_by_first_appearance_and_knows_what_runs_beside() -> None:
    model = compile_tree(parse_ptree("->( 'a', +( 'c', ->( 'b', X( tau, 'a' ) ) ), *( 'd', 'c' ) )"))
    assert model.labels == ("a", "c", "b", "d")
    assert sorted(model.beside) == [(0, 1), (1, 0), (1, 2), (2, 1)]


def test_repeated_optional_work_takes_no_states_for_its_own_beginning_and_end() -> None:
    assert compile_tree(parse_ptree("X( tau, *( 'a', tau ) )")).states == 2
    assert compile_tree(parse_ptree("+( X( tau, *( 'a', tau ) ), X( tau, *( 'b', tau ) ) )")).states == 4
    assert cheapest_run(compile_tree(parse_ptree("X( tau, *( 'a', tau ) )"))) == 0
