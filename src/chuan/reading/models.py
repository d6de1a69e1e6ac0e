"""Files that hold a process model instead of a written procedure: process trees and BPMN diagrams."""

from chuan.rules.processtree import Tree, parse_ptree
from chuan.text.messages import BadInput


def read_ptree(data: bytes) -> Tree:
    """Return the tree of a `.ptree` file. Raises BadInput when it is no UTF-8 text or no tree, naming the place."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("processtree.not_utf8", place=error.start + 1) from error
    return parse_ptree(text)
