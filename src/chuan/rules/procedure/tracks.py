"""The lines between the elements of a swim-lane drawing: which channel and track each uses, and its points."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chuan.rules.procedure.diagram import Edge, EdgeKind, Label, Lane, Node, Point
from chuan.rules.procedure.labels import shorten, text_width
from chuan.rules.procedure.ways import END, START, Way, Ways

TRACK = 20
LABEL_SIZE, LABEL_WIDEST = 12, 220
LANE_TITLES = 160
# Where in the corridor an edge leaves and arrives, from the centre: no two kinds share a line.
_LEAVES = {EdgeKind.LOOP: -12, EdgeKind.BRANCH: 6, EdgeKind.PARALLEL: 6, EdgeKind.NEXT: 6}
_ARRIVES = {EdgeKind.LOOP: 12, EdgeKind.BRANCH: -6, EdgeKind.PARALLEL: -6, EdgeKind.NEXT: -6}

_Channel = tuple[int, bool]  # lane, above the boxes?


@dataclass(slots=True)
class Tracks:
    """The tracks taken in each channel. A channel lies above or below the boxes of a lane."""

    taken: dict[_Channel, list[list[tuple[int, int]]]] = field(default_factory=dict)
    of_way: dict[Way, tuple[_Channel, int]] = field(default_factory=dict)
    citizen_acts: bool = False
    right: int = 0

    def above(self, lane: int) -> int:
        """Return the height of the channel above the boxes of `lane`."""
        return len(self.taken.get((lane, True), ())) * TRACK

    def below(self, lane: int) -> int:
        """Return the height of the channel below the boxes of `lane`."""
        return len(self.taken.get((lane, False), ())) * TRACK

    def take(self, way: Way, channel: _Channel, left: int, right: int) -> None:
        """Give `way` the first track of `channel` that is free from `left` to `right`."""
        tracks = self.taken.setdefault(channel, [])
        number = next(
            (at for at, used in enumerate(tracks) if all(right < start or end < left for start, end in used)),
            len(tracks),
        )
        if number == len(tracks):
            tracks.append([])
        tracks[number].append((left, right))
        self.of_way[way] = (channel, number)
        self.right = max(self.right, right)


def plan_tracks(ways: Ways, lane_of: Mapping[str, int], boxes: Mapping[str, tuple[int, int]]) -> Tracks:
    """Return a track for each way that is not a straight line to the neighbour."""
    tracks = Tracks(citizen_acts=any(lane == 0 for key, lane in lane_of.items() if key not in (START, END)))
    for way in ways.ways:
        if _is_direct(ways, way):
            continue
        leave, arrive = _ports(way, {key: x + width // 2 for key, (x, width) in boxes.items()})
        left, right = min(leave, arrive), max(leave, arrive)
        channel = _channel(way, lane_of)
        label_left, label_right = _label_span(way, lane_of[way.source], channel, leave, arrive)
        tracks.take(way, channel, min(left, label_left), max(right, label_right))
    return tracks


def drawn_edges(ways: Ways, nodes: Mapping[str, Node], lanes: tuple[Lane, ...], tracks: Tracks) -> tuple[Edge, ...]:
    """Return all ways as lines."""
    return tuple(
        _direct(way, nodes) if way not in tracks.of_way else _through_channel(way, nodes, lanes, tracks)
        for way in ways.ways
    )


def _is_direct(ways: Ways, way: Way) -> bool:
    """Return whether the target is the next element, so that the way meets no other box."""
    keys = [element.key for element in ways.elements]
    return keys.index(way.target) == keys.index(way.source) + 1


def _channel(way: Way, lane_of: Mapping[str, int]) -> _Channel:
    """Return the channel beside the target, on the side the way comes from; loops within a lane run below.

    Below run the ways of start and end too: their words stand above them.
    """
    source, target = lane_of[way.source], lane_of[way.target]
    if source == target:
        return target, way.kind is not EdgeKind.LOOP and way.source != START and way.target != END
    return target, source < target


def _ports(way: Way, centres: Mapping[str, int]) -> tuple[int, int]:
    return centres[way.source] + _LEAVES[way.kind], centres[way.target] + _ARRIVES[way.kind]


def _label_span(way: Way, source: int, channel: _Channel, leave: int, arrive: int) -> tuple[int, int]:
    """Return the left and right end of the label of a way: above its line, beside the pieces that go up from it."""
    width = min(text_width(way.label, LABEL_SIZE), LABEL_WIDEST) if way.label else 0
    left, right = min(leave, arrive) + 6, max(leave, arrive) - 6
    if arrive < leave and leave - 6 - width > LANE_TITLES:
        found = leave - 6 - width
    else:
        found = left
    lane, above = channel
    if source == lane and not above:  # both ends go up
        return left, left + min(width, right - left)
    upwards = leave if above else arrive
    if source != lane and found < upwards < found + width:
        found = upwards + 4 if arrive < leave else max(upwards - 6 - width, LANE_TITLES)
    return found, found + width


def _direct(way: Way, nodes: Mapping[str, Node]) -> Edge:
    source, target = nodes[way.source], nodes[way.target]
    points: tuple[Point, ...]
    if source.lane == target.lane:
        points = ((source.x + source.width, source.middle), (target.x, target.middle))
    elif source.centre == target.centre:
        down = target.y > source.y
        start = source.y + source.height if down else source.y
        points = ((source.centre, start), (source.centre, target.y if down else target.y + target.height))
    else:
        down = target.y > source.y
        end = target.y if down else target.y + target.height
        points = ((source.x + source.width, source.middle), (target.centre, source.middle), (target.centre, end))
    return Edge(way.source, way.target, way.kind, points, _direct_label(way, points))


def _direct_label(way: Way, points: tuple[Point, ...]) -> Label | None:
    if not way.label:
        return None
    x, y = points[0]
    return Label(shorten(way.label, LABEL_WIDEST, LABEL_SIZE), x + 4, y - 6, "start", way.label)


def _through_channel(way: Way, nodes: Mapping[str, Node], lanes: tuple[Lane, ...], tracks: Tracks) -> Edge:
    source, target = nodes[way.source], nodes[way.target]
    (lane, above), number = tracks.of_way[way]
    leave, arrive = _ports(way, {key: node.centre for key, node in nodes.items()})
    band = lanes[lane]
    from_edge = TRACK * number + TRACK * 3 // 4
    y = band.y + from_edge if above else band.y + band.height - from_edge + TRACK // 2
    start = source.y + source.height if y > source.middle else source.y
    end = target.y if above else target.y + target.height
    points = ((leave, start), (leave, y), (arrive, y), (arrive, end))
    left, right = _label_span(way, source.lane, (lane, above), leave, arrive)
    label = Label(shorten(way.label, right - left, LABEL_SIZE), left, y - 6, "start", way.label) if way.label else None
    return Edge(way.source, way.target, way.kind, points, label)
