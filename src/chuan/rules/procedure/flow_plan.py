"""Where the rows, arcs and bars of the flow drawing go: the arithmetic behind `flow`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chuan.rules.procedure.diagram import FlowEdge
from chuan.rules.procedure.labels import text_width, wrap
from chuan.rules.procedure.structure import Variant
from chuan.text.numbers import number

MOST_IN_ONE_ROW, MOST_IN_ROW = 9, 8  # one row if it fits, otherwise rows with wider boxes
STEP_GAP, END_GAP, CIRCLE = 44, 44, 14
EDGE, EDGE_WITH_JUMPS = 6, 26  # beside start and end; jumps between rows run there
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
    words: dict[Pair, int] = field(default_factory=dict)  # the left edge of the words at an arc
    legs: dict[tuple[int, bool], list[tuple[int, Pair]]] = field(default_factory=dict)  # where arcs run up or down
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

    def legs_beside(self, pair: Pair, edge: FlowEdge) -> list[tuple[int, Pair]]:
        """Return where the other arcs run up or down on the side on which the words of this one stand."""
        side = self.grid.row(pair[0]), not edge.allowed
        return [(x, other) for x, other in self.legs.get(side, ()) if other != pair]

    def crossing(self, pair: Pair, edge: FlowEdge) -> set[Pair]:
        """Return the arcs whose legs run through the words of this one, if they come from further out."""
        left, right = self.words[pair] - 1, self.words[pair] + label_room(edge) + 1
        return {other for x, other in self.legs_beside(pair, edge) if left < x < right}

    def margin_x(self, pair: Pair) -> int:
        """Return the x, right of the boxes, where an arc to another row runs down or up."""
        across = sorted(found for found, (_, second) in self.places.items() if second >= 0)
        return self.grid.right + END_GAP + CIRCLE + 4 + MARGIN_TRACK * (across.index(pair) % 3)


def plan_of(grid: Grid, jumps: Sequence[Jump]) -> Plan:
    """Return the plan: short arcs nearest to the boxes, none over another's line or label."""
    plan = Plan(grid, _ports(jumps))
    for pair, edge in jumps:
        for index, leaving in zip(pair, (True, False), strict=True):
            legs = plan.legs.setdefault((grid.row(index), not edge.allowed), [])
            legs.append((plan.port_x(pair, leaving=leaving), pair))
    for pair, edge in jumps:
        plan.words[pair] = _words_left(plan, pair, edge)
    clear = {pair: not plan.crossing(pair, edge) for pair, edge in jumps}
    for pair, edge in sorted(jumps, key=lambda jump: (not clear[jump[0]], abs(jump[0][1] - jump[0][0]), jump[0])):
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
    allowed = " (được phép)" if edge.allowed else ""
    return text_width(f"{number(edge.count)} hồ sơ bỏ qua B10–B15{allowed}", TEXT_SIZE)


def _place(plan: Plan, pair: Pair, edge: FlowEdge) -> None:
    """Give the arc its tracks: words that another's leg would run through lie beyond that other arc."""
    rows = plan.grid.row(pair[0]), plan.grid.row(pair[1])
    start, end = plan.port_x(pair, leaving=True), plan.port_x(pair, leaving=False)
    words, room = plan.words[pair], label_room(edge)
    above = not edge.allowed
    before = [plan.places[other] for other in plan.crossing(pair, edge) if other in plan.places]
    least = max((max(tracks) + 1 for tracks in before), default=0)
    if rows[0] == rows[1]:
        span = min(start, end, words), max(start, end, words + room)
        plan.places[pair] = _track(plan, rows[0], above, span, least), -1
    else:
        first = _track(plan, rows[0], above, (min(start, words), plan.grid.width), least)
        plan.places[pair] = first, _track(plan, rows[1], above, (end, plan.grid.width))


def _words_left(plan: Plan, pair: Pair, edge: FlowEdge) -> int:
    """Return where the words of an arc begin: at its middle, or as near to it as no other arc's leg runs through them.

    They touch their arc and stay inside the drawing; where no such place is free they stand at the middle.
    """
    room = label_room(edge)
    arc = sorted((plan.port_x(pair, leaving=True), plan.port_x(pair, leaving=False)))
    if plan.grid.row(pair[0]) != plan.grid.row(pair[1]):
        arc = [plan.port_x(pair, leaving=True), plan.grid.right]
    least, most = 2, max(plan.grid.width - room - 2, 2)
    middle = min(max((arc[0] + arc[1] - room) // 2, least), most)
    legs = plan.legs_beside(pair, edge)
    beside = (x + way for x, _ in legs for way in (APART, -room - APART))
    places = [x for x in (middle, *beside) if least <= x <= most and x <= arc[1] and arc[0] <= x + room]
    free = [x for x in places if not any(x - APART < leg < x + room + APART for leg, _ in legs)]
    return min(free, key=lambda x: (abs(x - middle), x), default=middle)


def _track(plan: Plan, row: int, above: bool, span: Pair, least: int = 0) -> int:
    """Return the first track from `least` on that is free along `span`, and take it."""
    tracks = plan.tracks.setdefault((row, above), [])
    at = least
    while at < len(tracks) and any(left - APART <= span[1] and span[0] - APART <= right for left, right in tracks[at]):
        at += 1
    tracks.extend([] for _ in range(at + 1 - len(tracks)))
    tracks[at].append(span)
    return at


def _ports(jumps: Sequence[Jump]) -> Mapping[int, list[tuple[Pair, bool]]]:
    """Return per step the arc ends there (pair, leaving), from left to right by where the other end lies."""
    ends: dict[int, list[tuple[Pair, bool]]] = {}
    for pair, _ in jumps:
        ends.setdefault(pair[0], []).append((pair, True))
        ends.setdefault(pair[1], []).append((pair, False))
    for found in ends.values():
        found.sort(key=lambda end: (end[0][1] if end[1] else end[0][0], end[0], end[1]))
    return ends
