"""Lifecycles as data: the states a thing can be in and the moves between them, each with the permission it needs."""

from dataclasses import dataclass

from chuan.rules.authority import Permission


@dataclass(frozen=True, slots=True)
class Move:
    """A way from one state to another; `name` is the verb people press a button for."""

    name: str
    source: str
    target: str
    permission: Permission


class NoSuchMove(Exception):
    """The lifecycle knows no move from `source` to `target`."""

    def __init__(self, source: str, target: str) -> None:
        self.source, self.target = source, target
        super().__init__(f"{source} -> {target}")


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """States in their natural order (the first is where things begin) and all moves between them."""

    states: tuple[str, ...]
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        named = {state for move in self.moves for state in (move.source, move.target)}
        if not named <= set(self.states):
            raise ValueError(f"moves name unknown states: {sorted(named - set(self.states))}")

    @property
    def first(self) -> str:
        """The state a new thing is in."""
        return self.states[0]

    def named(self, name: str) -> Move:
        """Return the move of this name."""
        return next(move for move in self.moves if move.name == name)

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """Return the moves that leave `state`, in the order of the table."""
        return tuple(move for move in self.moves if move.source == state)

    def move(self, source: str, target: str) -> Move:
        """Return the move from `source` to `target`, or raise NoSuchMove."""
        for move in self.moves:
            if (move.source, move.target) == (source, target):
                return move
        raise NoSuchMove(source, target)
