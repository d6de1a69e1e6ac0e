"""Diagrams become blocks and tables of steps that say the same; what cannot be said is refused by name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chuan.reading.models import read_bpmn_procedure, read_bpmn_tree, read_ptree
from chuan.rules.conformance import align_costs
from chuan.rules.procedure.compile import compile_tree, compile_variant
from chuan.rules.procedure.structure import Link, Step
from chuan.rules.processtree import Kind, Tree, leaf, parse_ptree, sequence
from chuan.text.messages import BadInput
from tests.rules.model_oracle import trees

NAMESPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL"
TASKS = dict.fromkeys("abcdefgh", "task")


def diagram(flows: str, **kinds: str) -> bytes:
    """Return a diagram of flows "s>a a>g g>b:words"; single letters a–h are tasks, other ids are given by `kinds`.

    A kind may have a content: "task <standardLoopCharacteristics/>".
    """
    kinds = {"s": "startEvent", "z": "endEvent", **TASKS, **kinds}
    pairs = [flow.partition(":") for flow in flows.split()]
    used = dict.fromkeys(end for pair, _, _ in pairs for end in pair.split(">"))
    nodes = "".join(
        _node(one, kinds[one]) for one in (*used, *(one for one in kinds if one not in used and one > "zz"))
    )
    arrows = "".join(_arrow(number, pair, words) for number, (pair, _, words) in enumerate(pairs))
    return wrapped(f'<process id="p" name="Quy trình">{nodes}{arrows}</process>')


def _node(id: str, kind: str) -> str:
    name, _, content = kind.partition(" ")
    return f'<{name} id="{id}" name="{id}">{content}</{name}>'


def _arrow(number: int, pair: str, words: str) -> str:
    source, target = pair.split(">")
    return f'<sequenceFlow id="f{number}" name="{words}" sourceRef="{source}" targetRef="{target}"/>'


def wrapped(inside: str) -> bytes:
    return f'<definitions xmlns="{NAMESPACE}">{inside}</definitions>'.encode()


X, P = "exclusiveGateway", "parallelGateway"


@pytest.mark.parametrize(
    ("data", "tree"),
    [
        (diagram("s>a a>b b>z"), "->( 'a', 'b' )"),
        (diagram("a>b"), "->( 'a', 'b' )"),
        (diagram("s>a a>g g>b g>c b>h1 c>h1 h1>d d>z", g=X, h1=X), "->( 'a', X( 'b', 'c' ), 'd' )"),
        (diagram("s>a a>g g>b g>h1 b>h1 h1>d d>z", g=X, h1=X), "->( 'a', X( 'b', tau ), 'd' )"),
        (diagram("s>a a>g g>b g>c b>d c>d d>z", g=X), "->( 'a', X( 'b', 'c' ), 'd' )"),
        (diagram("s>a a>g g>b g>y b>z", g=X, y="endEvent"), "->( 'a', X( tau, 'b' ) )"),
        (diagram("s>a a>g g>b g>c b>h1 c>h1 h1>d d>z", g=P, h1=P), "->( 'a', +( 'b', 'c' ), 'd' )"),
        (diagram("s>g g>b g>c g>d b>h1 c>h1 d>h1 h1>z", g=P, h1=P), "+( 'b', 'c', 'd' )"),
        (diagram("s>j j>a a>g g>j g>z", j=X, g=X), "*( 'a', tau )"),
        (diagram("s>a a>b b>g g>a g>z", g=X), "*( ->( 'a', 'b' ), tau )"),
        (diagram("s>j j>a a>g g>b b>j g>c c>z", j=X, g=X), "->( *( 'a', 'b' ), 'c' )"),
        (diagram("s>j j>g g>b b>j g>c c>z", j=X, g=X), "->( *( tau, 'b' ), 'c' )"),
        (diagram("s>j j>g g>a a>j g>z", j=X, g=X), "*( tau, 'a' )"),
        (diagram("s>m m>a a>m2 m2>m m2>z", m=X, m2=X), "*( 'a', tau )"),
        (diagram("s>a a>w w>b b>z", w="intermediateCatchEvent <timerEventDefinition/>"), "->( 'a', 'b' )"),
        (diagram("s>a a>b b>z", a="task <standardLoopCharacteristics/>"), "->( *( 'a', tau ), 'b' )"),
        (diagram("s>a a>j j>g g>j g>b b>z", j=X, g=X), "->( 'a', 'b' )"),
        (
            diagram("s>a a>j j>b b>g g>j g>c c>k k>j2 k>d d>z j2>j", j=X, g=X, k=X, j2=X),
            "->( 'a', *( ->( *( 'b', tau ), 'c' ), tau ), 'd' )",
        ),
        (
            diagram("s>a a>g g>b g>c b>k k>d k>e d>l e>l l>h1 c>h1 h1>f f>z", g=P, h1=P, k=X, l=X),
            "->( 'a', +( ->( 'b', X( 'd', 'e' ) ), 'c' ), 'f' )",
        ),
    ],
)
def test_blocks_of_a_diagram(data: bytes, tree: str) -> None:
    assert canonical(read_bpmn_tree(data)) == canonical(parse_ptree(tree))


def canonical(tree: Tree) -> Tree:
    """Return `tree` with the branches of choices and parallel blocks in one order."""
    children = tuple(canonical(child) for child in tree.children)
    if tree.kind in (Kind.CHOICE, Kind.PARALLEL):
        children = tuple(sorted(children, key=str))
    return Tree(tree.kind, children, tree.label)


def test_a_sub_process_is_its_content_in_its_place() -> None:
    inner = '<startEvent id="i"/><task id="b" name="b"/><endEvent id="o"/>'
    inner += '<sequenceFlow sourceRef="i" targetRef="b"/><sequenceFlow sourceRef="b" targetRef="o"/>'
    data = wrapped(
        '<process id="p"><task id="a" name="a"/><task id="c" name="c"/>'
        f'<subProcess id="sub" name="sub">{inner}</subProcess><subProcess id="shut" name="shut"/>'
        '<sequenceFlow sourceRef="a" targetRef="sub"/><sequenceFlow sourceRef="sub" targetRef="shut"/>'
        '<sequenceFlow sourceRef="shut" targetRef="c"/></process>'
    )
    assert read_bpmn_tree(data) == sequence(leaf("a"), leaf("b"), leaf("shut"), leaf("c"))
    assert [step.title for step in read_bpmn_procedure(data).variants[0].steps] == ["a", "b", "shut", "c"]


@pytest.mark.parametrize(
    ("data", "code", "id"),
    [
        (
            diagram("s>a a>g g>b g>c b>h1 c>h1 h1>z", g="inclusiveGateway", h1="inclusiveGateway"),
            "element_refused",
            "g",
        ),
        (diagram("s>a a>g g>b b>z", g="eventBasedGateway"), "element_refused", "g"),
        (diagram("s>a a>z zzz>b b>y", zzz="boundaryEvent", y="endEvent"), "element_refused", "zzz"),
        (diagram("s>a a>z", a="task <multiInstanceLoopCharacteristics/>"), "element_refused", "a"),
        (diagram("s>a a>t t>z", t="transaction"), "element_refused", "t"),
        (diagram("s>a a>w w>z", w="intermediateThrowEvent <linkEventDefinition/>"), "element_refused", "w"),
        (diagram("s>g g>a g>b a>h1 b>h1 h1>z", g=P, h1=X), "not_in_blocks", "g"),
        (diagram("s>g g>a g>b a>z b>y", g=P, y="endEvent"), "not_in_blocks", "g"),
        (diagram("s>g g>a g>b a>k k>c k>d b>d c>m d>m m>z", g=X, k=X, m=X), "not_in_blocks", "g"),
        (diagram("s>a a>b a>c b>z c>z"), "several_ways_without_gateway", "a"),
        (diagram("s>a a>z b>a"), "nothing_leads_here", "b"),
        (diagram("s>a a>z s2>b b>z", s2="startEvent"), "second_start", "s2"),
        (diagram("a>b b>a"), "no_start", None),
        (diagram("s>z"), "no_task", None),
        (wrapped('<process id="p"><task id="a"/></process>'), "task_without_name", "a"),
        (wrapped('<process id="p"><task id="a" name="x"/><task id="a" name="y"/></process>'), "id_twice", "a"),
        (
            wrapped('<process><task id="a" name="a"/><sequenceFlow id="f" sourceRef="a"/></process>'),
            "flow_to_nowhere",
            "f",
        ),
        (
            wrapped(
                '<process id="p"><task id="a" name="a"/></process><process id="q"><task id="b" name="b"/></process>'
            ),
            "several_processes",
            None,
        ),
        (
            wrapped("<process>" + "<task id='t' name='t'/>" * 501 + "</process>"),
            "too_many_elements",
            None,
        ),
    ],
)
def test_what_is_not_made_of_blocks_is_refused_naming_the_element(data: bytes, code: str, id: str | None) -> None:
    for read in (read_bpmn_tree, read_bpmn_procedure):
        with pytest.raises(BadInput) as refusal:
            read(data)
        message = refusal.value.message
        assert message.code == f"bpmn.{code}"
        if id is not None:
            assert message.values["id"] == id
            assert f"id {id}" in message.text("vi")
        assert message.text("en")


@dataclass
class Drawing:
    """Draws a tree as BPMN, with a gateway wherever ways part or meet, and each task under a name of its own."""

    nodes: list[str] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def draw(self, tree: Tree) -> bytes:
        """Return the diagram of `tree`."""
        first, last = self.part(sequence(leaf(""), tree, leaf("")))
        self.flow(self.node("startEvent"), first)
        self.flow(last, self.node("endEvent"))
        return wrapped(f"<process id='p'>{''.join(self.nodes + self.flows)}</process>")

    def node(self, kind: str) -> str:
        self.nodes.append(f"<{kind} id='n{len(self.nodes)}' name='n{len(self.nodes)}'/>")
        return f"n{len(self.nodes) - 1}"

    def flow(self, source: str, target: str) -> None:
        self.flows.append(f"<sequenceFlow id='f{len(self.flows)}' sourceRef='{source}' targetRef='{target}'/>")

    def part(self, tree: Tree) -> tuple[str, str]:
        if tree.kind is Kind.LEAF:
            self.names.append(self.node("task"))
            return self.names[-1], self.names[-1]
        if tree.kind is Kind.SILENT:
            event = self.node("intermediateThrowEvent")
            return event, event
        if tree.kind is Kind.SEQUENCE:
            ends = [self.part(child) for child in tree.children]
            for (_, before), (after, _) in pairwise(ends):
                self.flow(before, after)
            return ends[0][0], ends[-1][1]
        gate = P if tree.kind is Kind.PARALLEL else X
        enter, leave = self.node(gate), self.node(gate)
        for number, child in enumerate(tree.children):
            first, last = self.part(child)
            there, back = (enter, leave) if tree.kind is not Kind.LOOP or number == 0 else (leave, enter)
            self.flow(there, first)
            self.flow(last, back)
        return enter, leave


def named(tree: Tree, names: Iterator[str]) -> Tree:
    """Return `tree` with its leaves named in turn."""
    if tree.kind is Kind.LEAF:
        return leaf(next(names))
    return Tree(tree.kind, tuple(named(child, names) for child in tree.children))


def drawn(tree: Tree) -> tuple[bytes, Tree]:
    """Return the diagram of `tree`, between a first and a last task, and the tree under the names in the diagram."""
    drawing = Drawing()
    data = drawing.draw(tree)
    return data, named(sequence(leaf(""), tree, leaf("")), iter(drawing.names))


def labelled(labels: Sequence[str], trace: Sequence[int], names: Sequence[str]) -> tuple[int, ...]:
    return tuple(labels.index(names[each]) if each < len(names) else -1 for each in trace)


@settings(max_examples=120, deadline=None)
@given(trees(), st.lists(st.lists(st.integers(0, 8), max_size=7), min_size=1, max_size=4))
def test_a_drawn_tree_reads_as_the_same_ways(tree: Tree, some: list[list[int]]) -> None:
    data, meant = drawn(tree)
    ours, read = compile_tree(meant), compile_tree(read_bpmn_tree(data))
    names = sorted(ours.labels)
    wanted = align_costs(ours, [labelled(ours.labels, trace, names) for trace in some])
    assert align_costs(read, [labelled(read.labels, trace, names) for trace in some]) == wanted


@settings(max_examples=120, deadline=None)
@given(trees(), st.lists(st.lists(st.integers(0, 8), max_size=7), min_size=1, max_size=4))
def test_the_table_of_steps_says_what_is_drawn_or_is_refused(tree: Tree, some: list[list[int]]) -> None:
    data, meant = drawn(tree)
    try:
        procedure = read_bpmn_procedure(data)
    except BadInput as refusal:
        assert refusal.message.code in (
            "bpmn.begins_with_choice",
            "bpmn.parallel_in_parallel",
            "bpmn.parallel_way_back",
        )
        assert Kind.PARALLEL in (part.kind for part in parts(meant))
        return
    ours, read = compile_tree(meant), compile_variant(procedure.variants[0])
    names = sorted(ours.labels)
    wanted = align_costs(ours, [labelled(ours.labels, trace, names) for trace in some])
    assert align_costs(read, [labelled(read.labels, trace, names) for trace in some]) == wanted


def parts(tree: Tree) -> Iterator[Tree]:
    yield tree
    for child in tree.children:
        yield from parts(child)


def table(data: bytes) -> list[Step]:
    return list(read_bpmn_procedure(data).variants[0].steps)


def test_a_sequence_becomes_plain_rows_numbered_in_order() -> None:
    assert table(diagram("s>a a>b b>z")) == [Step("a", "B1"), Step("b", "B2")]


def test_lanes_are_roles_and_the_process_names_the_procedure() -> None:
    data = wrapped(
        '<process id="p" name="Cấp phép"><laneSet><lane name="Một cửa"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
        '<task id="a" name="Tiếp nhận"/></process>'
    )
    procedure = read_bpmn_procedure(data)
    assert (procedure.id, procedure.name) == ("p", "Cấp phép")
    assert procedure.variants[0].steps == (Step("Tiếp nhận", "B1", "Một cửa"),)


def test_choices_and_loops_become_links_with_the_words_on_the_flows() -> None:
    data = diagram("s>a a>g g>b:đủ g>c:thiếu b>k c>k k>d d>l l>z:ký l>b2:trả b2>k", g=X, k=X, l=X, b2="task")
    assert table(data) == [
        Step("a", "B1", links=(Link("B2", "đủ"), Link("B3", "thiếu"))),
        Step("b", "B2", links=(Link("B4"),)),
        Step("c", "B3"),
        Step("d", "B4", links=(Link("B5", "trả"), Link(None, "ký"))),
        Step("b2", "B5", links=(Link("B4"),)),
    ]


def test_a_task_that_may_be_left_out_is_optional_and_parallel_branches_are_named() -> None:
    data = diagram("s>a a>g g>b g>k b>k k>p p>c c>d d>q p>e e>q q>f f>z", g=X, k=X, p=P, q=P)
    assert table(data) == [
        Step("a", "B1"),
        Step("b", "B2", optional=True),
        Step("c", "B3", parallel="3/1"),
        Step("d", "B4", parallel="3/1"),
        Step("e", "B5", parallel="3/2"),
        Step("f", "B6"),
    ]


@pytest.mark.parametrize(
    ("names", "numbers", "titles"),
    [
        (("B1. Tiếp nhận", "Bước 2: Thẩm định"), ["B1", "Bước 2"], ["Tiếp nhận", "Thẩm định"]),
        (("1. Tiếp nhận", "2.1) Thẩm định"), ["1", "2.1"], ["Tiếp nhận", "Thẩm định"]),
        (("B1. Tiếp nhận", "Thẩm định"), ["B1", "B2"], ["B1. Tiếp nhận", "Thẩm định"]),
        (("B1. Tiếp nhận", "B1. Thẩm định"), ["B1", "B2"], ["B1. Tiếp nhận", "B1. Thẩm định"]),
        (("30 ngày", "2 chữ ký"), ["B1", "B2"], ["30 ngày", "2 chữ ký"]),
    ],
)
def test_numbers_in_the_names_count_if_every_task_has_its_own(
    names: tuple[str, str], numbers: list[str], titles: list[str]
) -> None:
    rows = table(
        wrapped(
            f'<process><task id="a" name="{names[0]}"/><task id="b" name="{names[1]}"/>'
            '<sequenceFlow sourceRef="a" targetRef="b"/></process>'
        )
    )
    assert [row.no for row in rows] == numbers
    assert [row.title for row in rows] == titles


def test_a_table_of_steps_cannot_begin_with_a_choice() -> None:
    with pytest.raises(BadInput) as refusal:
        table(diagram("s>g g>a g>b a>z b>z", g=X))
    assert refusal.value.message.code == "bpmn.begins_with_choice"
    assert refusal.value.message.values["id"] == "a"


def test_a_process_tree_file_is_read_as_utf8_text_with_or_without_a_bom() -> None:
    assert read_ptree("\ufeff->( 'một', 'hai' )".encode()) == sequence(leaf("một"), leaf("hai"))
    with pytest.raises(BadInput) as refusal:
        read_ptree(b"->( 'm\xf4t' )")
    assert refusal.value.message.values == {"place": 7}


def test_what_is_redone_can_follow_itself_when_nothing_need_be_done_between() -> None:
    data, _ = drawn(parse_ptree("*( X( tau, ->( 'a', 'b' ) ), 'c' )"))
    model = compile_variant(read_bpmn_procedure(data).variants[0])
    first, a, b, c, last = range(5)
    assert align_costs(model, [(first, c, c, a, b, c, last), (first, last), (first, a, last)]) == [0, 0, 1]
