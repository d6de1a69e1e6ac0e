"""Where the rows, arcs and bars of the flow drawing go: the arithmetic behind `flow`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chuan.rules.procedure.diagram import FlowEdge
from chuan.rules.procedure.labels import text_width, wrap
from chuan.rules.procedure.structure import Variant
from chuan.text.numbers import number

MOST_IN_ONE_ROW, MOST_IN_ROW = 9, 8  # one row if it fits, otherwise rows with wider boxes
STEP_GAP, END_GAP, CIRCLE = 42, 34, 14
EDGE, EDGE_WITH_JUMPS = 8, 30  # beside start and end; jumps between rows run there
WIDEST_STEP = 128
TEXT_SIZE, LINE, NUMBER_LINE, MOST_LINES = 12, 16, 17, 6
ARC_TRACK, BEFORE_ARCS, AFTER_ARCS = 28, 24, 20
BAR_SPACE, BAR_BLOCK, ROW_GAP = 16, 30, 34
MARGIN_TRACK, PORT, APART = 9, 18, 10

Pair = tuple[int, int]
Jump = tuple[Pair, FlowEdge]


@dataclass(frozen=True, slots=True)
class Grid:
    """The steps in rows: how many there are, how many in a row, the size of a box, the x of the first."""

    count: int
    in_row: int
    rows: int
    step_width: int
    step_height: int
    width: int
    left: int

    def row(self, index: int) -> int:
        """Return the row of a step; the start is in the first row, the end in the last."""
        return max(min(index, self.count - 1), 0) // self.in_row

    def x(self, index: int) -> int:
        """Return the left edge of a step."""
        return self.left + (index % self.in_row) * (self.step_width + STEP_GAP)

    @property
    def right(self) -> int:
        """Return the right edge of the last box of a full row."""
        return self.x(self.in_row - 1) + self.step_width


def grid_of(variant: Variant, width: int) -> Grid:
    """Return the grid that holds the steps of `variant` in `width` pixels, rows equally full."""
    count = len(variant.steps)
    rows = 1 if count <= MOST_IN_ONE_ROW else -(-count // MOST_IN_ROW)
    in_row = max(-(-count // rows), 1)
    left = CIRCLE + END_GAP + (EDGE if rows == 1 else EDGE_WITH_JUMPS)
    step_width = min((width - 2 * left - (in_row - 1) * STEP_GAP) // in_row, WIDEST_STEP)
    most = max((len(step_lines(step.title, step_width)) for step in variant.steps), default=1)
    return Grid(count, in_row, rows, step_width, NUMBER_LINE + LINE * max(most, 1) + 14, width, left)


def step_lines(title: str, step_width: int) -> tuple[str, ...]:
    """Return the title as it stands in a box."""
    return wrap(title, step_width - 12, TEXT_SIZE, MOST_LINES)


@dataclass(slots=True)
class Plan:
    """Tracks and ports of the arcs, and from them the y of every row."""

    grid: Grid
    ports: Mapping[int, list[tuple[Pair, bool]]]
    tracks: dict[tuple[int, bool], list[list[Pair]]] = field(default_factory=dict)
    places: dict[Pair, tuple[int, int]] = field(default_factory=dict)
    tops: list[int] = field(default_factory=list)
    height: int = 0

    def port_x(self, pair: Pair, *, leaving: bool) -> int:
        """Return where an arc leaves or reaches its step (or the circle of start and end)."""
        index = pair[0] if leaving else pair[1]
        if index == -1:
            return self.grid.left - END_GAP - CIRCLE // 2
        if index == self.grid.count:
            return self.grid.x(index - 1) + self.grid.step_width + END_GAP + CIRCLE // 2
        ends = self.ports[index]
        apart = min(PORT, (self.grid.step_width - 16) // max(len(ends), 1))
        place = ends.index((pair, leaving))
        return self.grid.x(index) + self.grid.step_width // 2 + (2 * place - len(ends) + 1) * apart // 2

    def level(self, row: int, *, above: bool, track: int) -> int:
        """Return the y of a track."""
        if above:
            return self.tops[row] - BEFORE_ARCS - track * ARC_TRACK
        return self.tops[row] + self.grid.step_height + BEFORE_ARCS + track * ARC_TRACK

    def zone(self, row: int, *, above: bool) -> int:
        """Return the height that the arcs above or below a row need."""
        tracks = len(self.tracks.get((row, above), ()))
        return BEFORE_ARCS + (tracks - 1) * ARC_TRACK + AFTER_ARCS if tracks else 0

    def bar_y(self, row: int) -> int:
        """Return the y of the bars of a row."""
        return self.tops[row] + self.grid.step_height + self.zone(row, above=False) + BAR_SPACE

    def between(self, row: int) -> int:
        """Return the y of the line that leads from the row before into `row`."""
        return self.tops[row] - self.zone(row, above=True) - ROW_GAP // 2

    def margin_x(self, pair: Pair) -> int:
        """Return the x, right of the boxes, where an arc to another row runs down or up."""
        across = sorted(found for found, (_, second) in self.places.items() if second >= 0)
        return self.grid.right + END_GAP + CIRCLE + 4 + MARGIN_TRACK * (across.index(pair) % 3)


def plan_of(grid: Grid, jumps: Sequence[Jump]) -> Plan:
    """Return the plan: short arcs nearest to the boxes, none over another's line or label."""
    plan = Plan(grid, _ports(jumps))
    for pair, edge in sorted(jumps, key=lambda jump: (abs(jump[0][1] - jump[0][0]), jump[0])):
        _place(plan, pair, edge)
    y = 6
    for row in range(grid.rows):
        y += plan.zone(row, above=True)
        plan.tops.append(y)
        y = plan.bar_y(row) + BAR_BLOCK + ROW_GAP
    plan.height = y - ROW_GAP + 6
    return plan


def label_room(edge: FlowEdge) -> int:
    """Return the pixels to keep for the words at an arc, which the writer chooses in the reader's language."""
    return text_width(f"{number(edge.count)} hồ sơ bỏ qua B10–B15", TEXT_SIZE)


def _place(plan: Plan, pair: Pair, edge: FlowEdge) -> None:
    rows = plan.grid.row(pair[0]), plan.grid.row(pair[1])
    start, end = plan.port_x(pair, leaving=True), plan.port_x(pair, leaving=False)
    room = label_room(edge)
    above = not edge.allowed
    if rows[0] == rows[1]:
        left, right = min(start, end), max(start, end)
        centre = label_centre(plan.grid, left, right, room)
        span = min(left, centre - room // 2), max(right, centre + room // 2)
        plan.places[pair] = _track(plan, rows[0], above, span), -1
    else:
        first = _track(plan, rows[0], above, (min(start, plan.grid.width - room), plan.grid.width))
        plan.places[pair] = first, _track(plan, rows[1], above, (end, plan.grid.width))


def label_centre(grid: Grid, left: int, right: int, room: int) -> int:
    """Return the middle of an arc's label: over the middle of the arc, inside the drawing."""
    return min(max((left + right) // 2, room // 2 + 2), grid.width - room // 2 - 2)


def _track(plan: Plan, row: int, above: bool, span: Pair) -> int:
    tracks = plan.tracks.setdefault((row, above), [])
    for at, used in enumerate(tracks):
        if all(span[1] + APART < left or right + APART < span[0] for left, right in used):
            used.append(span)
            return at
    tracks.append([span])
    return len(tracks) - 1


def _ports(jumps: Sequence[Jump]) -> Mapping[int, list[tuple[Pair, bool]]]:
    """Return per step the arc ends there (pair, leaving), from left to right by where the other end lies."""
    ends: dict[int, list[tuple[Pair, bool]]] = {}
    for pair, _ in jumps:
        ends.setdefault(pair[0], []).append((pair, True))
        ends.setdefault(pair[1], []).append((pair, False))
    for found in ends.values():
        found.sort(key=lambda end: (end[0][1] if end[1] else end[0][0], end[0], end[1]))
    return ends
