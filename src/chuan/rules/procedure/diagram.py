"""What a drawing of a procedure consists of, in pixels from the top left corner: no words of ours, no colours."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Point = tuple[int, int]


class NodeKind(StrEnum):
    """What a node stands for. The gateways appear only in the exchange drawing (BPMN)."""

    START = "start"
    END = "end"
    STEP = "step"
    SPLIT = "split"  # one of several ways on
    JOIN = "join"
    PARALLEL_SPLIT = "parallel_split"  # all ways on, beside each other
    PARALLEL_JOIN = "parallel_join"


class EdgeKind(StrEnum):
    """How an edge is meant: the usual way on, a way back, another way on, ways taken beside each other."""

    NEXT = "next"
    LOOP = "loop"
    BRANCH = "branch"
    PARALLEL = "parallel"


class LaneKind(StrEnum):
    """Whose lane: the citizen's (start and end), a position's, or that of steps without a position."""

    CITIZEN = "citizen"
    POSITION = "position"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True)
class Lane:
    """A horizontal band over the whole width. `title` is the role in full, `lines` the same wrapped."""

    kind: LaneKind
    title: str
    lines: tuple[str, ...]
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Node:
    """A box (step), circle (start, end) or diamond (gateway); `step` is the index in the variant."""

    key: str
    kind: NodeKind
    x: int
    y: int
    width: int
    height: int
    lane: int = 0
    step: int | None = None
    number: str = ""
    title: str = ""
    lines: tuple[str, ...] = ()

    @property
    def centre(self) -> int:
        """The x of the middle."""
        return self.x + self.width // 2

    @property
    def middle(self) -> int:
        """The y of the middle."""
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Label:
    """Words at an edge: `x`, `y` is the base line at the `anchor` ("start", "middle" or "end") of the text."""

    text: str
    x: int
    y: int
    anchor: str = "start"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from node to node as a line of horizontal and vertical pieces."""

    source: str
    target: str
    kind: EdgeKind
    points: tuple[Point, ...]
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Diagram:
    """A variant as swim lanes: lanes from top to bottom, nodes in the order of the steps."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    lane_titles_width: int = 0


@dataclass(frozen=True, slots=True)
class FlowEdge:
    """How many dossiers went this way (each passing counted), and whether the written procedure allows it."""

    count: int
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class StepTiming:
    """The median time a step took and its limit, both in minutes of the same clock; None when there is none.

    `text` stands under the bar: "0,4 / 0,5" or "Không tính".
    """

    median: float | None = None
    limit: float | None = None
    text: str = ""

    @property
    def over(self) -> bool:
        """Whether the median is above the limit."""
        return self.median is not None and self.limit is not None and self.median > self.limit


@dataclass(frozen=True, slots=True)
class Flow:
    """What really happened: dossiers between consecutive executed steps, and how long each step took.

    `edges` maps (from, to) step indices; -1 is the start, `len(steps)` the end. `timings` has one entry per step or is
    empty.
    """

    edges: Mapping[tuple[int, int], FlowEdge]
    timings: tuple[StepTiming, ...] = ()


@dataclass(frozen=True, slots=True)
class VolumeArrow:
    """The usual way between neighbours: as thick as dossiers went it. `count` is 0 when nobody did."""

    source: int
    target: int
    count: int
    allowed: bool
    thickness: int
    points: tuple[Point, ...]
    label: Label


@dataclass(frozen=True, slots=True)
class Arc:
    """A jump: above the row when the procedure does not allow it, below when it does."""

    source: int
    target: int
    count: int
    allowed: bool
    points: tuple[Point, ...]
    label: Label


@dataclass(frozen=True, slots=True)
class Bar:
    """The median of a step (`filled` pixels) against its limit (`tick`, from the left; None without a limit)."""

    step: int
    x: int
    y: int
    width: int
    filled: int | None
    tick: int | None
    over: bool
    text: str


@dataclass(frozen=True, slots=True)
class FlowDiagram:
    """The steps in rows with real volumes. `left_out` counts the jumps that were too many to draw, by dossiers."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    arrows: tuple[VolumeArrow, ...]
    arcs: tuple[Arc, ...]
    bars: tuple[Bar, ...]
    left_out: int = 0
    left_out_dossiers: int = 0
