"""Process trees: a block-structured model of a procedure as frozen values, and the notation they are exchanged in.

Notation (of the process mining tools): `->( 'a', X( tau, 'b' ), +( 'c', 'd' ), *( 'e', 'f' ) )`. `->` is a sequence,
`X` a choice, `+` parallel work, `*(do, redo)` a loop that does `do`, then any number of times `redo` and `do` again;
`tau` does nothing. `*(do, redo, exit)` is `->( *(do, redo), exit )`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from chuan.text.messages import BadInput
from chuan.text.vietnamese import clean

DEPTH_LIMIT = 200
_LABEL_ENDS = re.compile(r"\s*(?:[,)]|$)")
_COMMA_MISSING = re.compile(r"\s+['\"]")


class Kind(StrEnum):
    """What a node of the tree does with its children; the value is its sign in the notation."""

    SEQUENCE = "->"
    CHOICE = "X"
    PARALLEL = "+"
    LOOP = "*"
    SILENT = "tau"
    LEAF = "'"


@dataclass(frozen=True, slots=True)
class Tree:
    """A node. `label` is the activity of a leaf; a loop has exactly two children (do, redo)."""

    kind: Kind
    children: tuple["Tree", ...] = ()
    label: str = ""

    def leaves(self) -> Iterator["Tree"]:
        """Yield the activities from left to right."""
        if self.kind is Kind.LEAF:
            yield self
        for child in self.children:
            yield from child.leaves()

    def __str__(self) -> str:
        """Return the tree in the notation that `parse_ptree` reads."""
        if self.kind is Kind.LEAF:
            return "'" + self.label.replace("\\", "\\\\").replace("'", "\\'") + "'"
        if self.kind is Kind.SILENT:
            return "tau"
        return f"{self.kind}( {', '.join(map(str, self.children))} )"


TAU = Tree(Kind.SILENT)


def leaf(label: str) -> Tree:
    """Return the tree of one activity."""
    return Tree(Kind.LEAF, (), label)


def sequence(*children: Tree) -> Tree:
    """Return the children one after the other."""
    return Tree(Kind.SEQUENCE, children)


def choice(*children: Tree) -> Tree:
    """Return the choice of exactly one child."""
    return Tree(Kind.CHOICE, children)


def parallel(*children: Tree) -> Tree:
    """Return the children beside each other, in any interleaving."""
    return Tree(Kind.PARALLEL, children)


def loop(do: Tree, redo: Tree = TAU) -> Tree:
    """Return `do`, then any number of times `redo` followed by `do`."""
    return Tree(Kind.LOOP, (do, redo))


def parse_ptree(text: str) -> Tree:
    """Return the tree that `text` writes. Raises BadInput with line and column of the first place that is not one."""
    reader = _Reader(text.lstrip("\ufeff"))
    tree = reader.tree(0)
    if reader.sign():
        raise reader.bad("processtree.text_after_end", found=reader.near())
    return tree


_SIGNS = {
    "->": Kind.SEQUENCE,
    "→": Kind.SEQUENCE,
    "X": Kind.CHOICE,
    "×": Kind.CHOICE,
    "+": Kind.PARALLEL,
    "∧": Kind.PARALLEL,
    "*": Kind.LOOP,
    "↺": Kind.LOOP,
}


class _Reader:
    """Reads the notation from left to right, one node at a time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def sign(self) -> str:
        """Return the next sign after white space, "" at the end."""
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        return self._text[self._at : self._at + 1]

    def near(self) -> str:
        """Return a few letters from here on, for a message."""
        return self._text[self._at : self._at + 20].split("\n")[0]

    def bad(self, code: str, **values: object) -> BadInput:
        """Return the refusal with the place where the reader stands."""
        before = self._text[: self._at]
        column = self._at - (before.rfind("\n") + 1) + 1
        return BadInput(code, line=before.count("\n") + 1, column=column, **values)

    def tree(self, depth: int) -> Tree:
        """Read one node with all its children."""
        if depth > DEPTH_LIMIT:
            raise self.bad("processtree.too_deep", limit=DEPTH_LIMIT)
        sign = self.sign()
        if not sign:
            raise self.bad("processtree.ends_early")
        if sign in "'\"":
            return leaf(self._label(sign))
        for word in ("tau", "τ"):
            if self._text.startswith(word, self._at):
                self._at += len(word)
                return TAU
        return self._node(depth)

    def _node(self, depth: int) -> Tree:
        written = next((sign for sign in _SIGNS if self._text.startswith(sign, self._at)), "")
        if not written:
            raise self.bad("processtree.unknown_sign", found=self.near())
        place = self._at
        self._at += len(written)
        children = self._children(depth + 1)
        if _SIGNS[written] is not Kind.LOOP:
            return Tree(_SIGNS[written], children)
        if len(children) not in (2, 3):
            self._at = place
            raise self.bad("processtree.loop_children", count=len(children))
        again = loop(children[0], children[1])
        return sequence(again, children[2]) if len(children) == 3 else again

    def _children(self, depth: int) -> tuple[Tree, ...]:
        self._expect("(")
        children = [self.tree(depth)]
        while self.sign() == ",":
            self._at += 1
            children.append(self.tree(depth))
        self._expect(")")
        return tuple(children)

    def _expect(self, sign: str) -> None:
        if self.sign() != sign:
            raise self.bad("processtree.expected", sign=sign, found=self.near() or "∅")
        self._at += 1

    def _label(self, quote: str) -> str:
        """Read a label. A quote ends it only where the node can end: before a comma, a bracket or the end of text."""
        start = self._at
        letters: list[str] = []
        self._at += 1
        while self._at < len(self._text):
            letter = self._text[self._at]
            self._at += 1
            if letter == "\\" and self._text[self._at : self._at + 1] in ("\\", quote):
                letters.append(self._text[self._at])
                self._at += 1
            elif letter == quote and _LABEL_ENDS.match(self._text, self._at):
                return self._cleaned("".join(letters), start)
            elif letter == quote and _COMMA_MISSING.match(self._text, self._at):
                raise self.bad("processtree.expected", sign=",", found=self.near().strip())
            else:
                letters.append(letter)
        self._at = start
        raise self.bad("processtree.open_quote", found=self.near())

    def _cleaned(self, label: str, start: int) -> str:
        if not clean(label):
            self._at = start
            raise self.bad("processtree.empty_label")
        return clean(label)
