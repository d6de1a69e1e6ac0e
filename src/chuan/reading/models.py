"""Files that hold a process model instead of a written procedure: process trees and BPMN diagrams."""

from collections.abc import Iterator
from dataclasses import replace

from chuan.formats.bpmn import Process, read_bpmn
from chuan.reading.bpmn_blocks import blocks
from chuan.reading.bpmn_steps import steps, tasks
from chuan.rules.procedure.structure import Procedure, Variant
from chuan.rules.processtree import Kind, Tree, parse_ptree
from chuan.text.messages import BadInput


def read_ptree(data: bytes) -> Tree:
    """Return the tree of a `.ptree` file. Raises BadInput when it is no UTF-8 text or no tree, naming the place."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("processtree.not_utf8", place=error.start + 1) from error
    return parse_ptree(text)


def read_bpmn_tree(data: bytes, name: str = "BPMN") -> Tree:
    """Return the blocks of a diagram as a tree; its labels are the names of the tasks.

    Raises BadInput naming the element that has no place in a model of blocks.
    """
    process = _only_process(data, name)
    names = {id: node.name for id, node in tasks(process).items()}
    return _relabelled(blocks(process), names)


def read_bpmn_procedure(data: bytes, name: str = "BPMN") -> Procedure:
    """Return the diagram as a written procedure: a row for each task, its lane as role; its codes if we wrote it.

    Numbers are those that the names of the tasks carry, otherwise B1, B2 … Raises BadInput as `read_bpmn_tree`, and
    naming a task where a table of steps cannot say what is drawn.
    """
    process = _only_process(data, name)
    tree = blocks(process)
    if any(_holds_parallel(part.children[1]) for part in _parts(tree) if part.kind is Kind.LOOP):
        raise BadInput("bpmn.parallel_way_back", id=process.id, name=process.name or "—")
    variant = Variant(steps(process, tree), process.variant or Variant(()).name)
    return replace(_identity(process), variants=(variant,))


def read_bpmn_identity(data: bytes, name: str = "BPMN") -> Procedure:
    """Return name and codes of the procedure that a diagram shows, without steps; codes only where we wrote it."""
    return _identity(_only_process(data, name))


def _identity(process: Process) -> Procedure:
    codes = process.service_code, process.procedure_code
    return Procedure((), process.id, process.name, *codes)


def _parts(tree: Tree) -> Iterator[Tree]:
    yield tree
    for child in tree.children:
        yield from _parts(child)


def _holds_parallel(tree: Tree) -> bool:
    return any(part.kind is Kind.PARALLEL for part in _parts(tree))


def _only_process(data: bytes, name: str) -> Process:
    found = read_bpmn(data, name)
    if len(found) > 1:
        names = ", ".join(f"“{process.name or process.id}”" for process in found)
        raise BadInput("bpmn.several_processes", name=name, count=len(found), processes=names)
    if not found or not tasks(found[0]):
        raise BadInput("bpmn.no_task", name=name)
    return found[0]


def _relabelled(tree: Tree, names: dict[str, str]) -> Tree:
    if tree.kind is Kind.LEAF:
        return replace(tree, label=names[tree.label])
    return replace(tree, children=tuple(_relabelled(child, names) for child in tree.children))
