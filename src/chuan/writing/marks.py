"""The pieces of a drawing as SVG text: classes only, no inline style, no script, no references between elements."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from xml.sax.saxutils import escape, quoteattr

from chuan.rules.procedure.diagram import Label, Node, NodeKind, Point
from chuan.rules.procedure.labels import shorten

HEAD = 7
CORNER = 6
LINE, NUMBER_LINE = 16, 17


@cache
def style_sheet() -> str:
    """Return the style sheet of the drawings; the pages link the same file."""
    return _read("static", "diagram.css")


@cache
def _read(folder: str, name: str) -> str:
    return (files("chuan.writing") / folder / name).read_text(encoding="utf-8")


def document(
    width: int, height: int, title: str, description: str, key: str, parts: Sequence[str], *, stand_alone: bool
) -> str:
    """Return the whole drawing. `key` makes the ids of title and description unique on a page."""
    style = f"<style>{_read('templates', 'diagram_tokens.css')}{style_sheet()}</style>" if stand_alone else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="img" aria-labelledby="{key}-t {key}-d" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{escape(description)}</desc>'
        f"{style}{''.join(parts)}</svg>"
    )


def rect(classes: str, x: int, y: int, width: int, height: int, *, radius: int = 0) -> str:
    """Return a rectangle."""
    corner = f' rx="{radius}"' if radius else ""
    return f'<rect class="{classes}" x="{x}" y="{y}" width="{width}" height="{height}"{corner}/>'


def text(classes: str, x: int, y: int, words: str, *, anchor: str = "start") -> str:
    """Return a line of text with its base line at `y`."""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{classes}" x="{x}" y="{y}"{where}>{escape(words)}</text>'


def label(classes: str, at: Label, words: str, *, widest: int = 220) -> str:
    """Return the words of an edge, cut to `widest` pixels, with the whole as a hint."""
    cut = shorten(words, widest, 12)
    hint = f"<title>{escape(words)}</title>" if cut != words else ""
    where = "" if at.anchor == "start" else f' text-anchor="{at.anchor}"'
    return f'<text class="{classes}" x="{at.x}" y="{at.y}"{where}>{escape(cut)}{hint}</text>'


def line(classes: str, points: Sequence[Point], *, thickness: int = 0, corner: int = 0) -> str:
    """Return a line through `points`; with `corner`, its bends are rounded by so many pixels."""
    width = f' stroke-width="{thickness}"' if thickness else ""
    return f'<path class="{classes}" d={quoteattr(_path(points, corner))}{width}/>'


def arrow(line_classes: str, head_classes: str, points: Sequence[Point], *, corner: int = 0) -> str:
    """Return a thin line with a head at its end."""
    return line(line_classes, [*points[:-1], _before_end(points, HEAD)], corner=corner) + head(head_classes, points)


def head(classes: str, points: Sequence[Point], size: int = HEAD) -> str:
    """Return the head of an arrow that ends at the last of `points`."""
    (x, y), (back_x, back_y) = points[-1], _before_end(points, size)
    half = size // 2 + 1
    if y == back_y:
        corners = ((x, y), (back_x, y - half), (back_x, y + half))
    else:
        corners = ((x, y), (x - half, back_y), (x + half, back_y))
    return f'<polygon class="{classes}" points="{" ".join(f"{a},{b}" for a, b in corners)}"/>'


def step_box(node: Node, classes: str, *, name: str) -> str:
    """Return the box of a step: number, title lines; the whole title as a hint."""
    content = (NUMBER_LINE if node.number else 0) + LINE * len(node.lines)
    top = node.y + (node.height - content) // 2
    lines = [text("number", node.centre, top + 13, node.number, anchor="middle")] if node.number else []
    first = top + content - LINE * len(node.lines) + 12
    for index, words in enumerate(node.lines):
        lines.append(text("title", node.centre, first + index * LINE, words, anchor="middle"))
    box = rect(classes, node.x, node.y, node.width, node.height, radius=3)
    return f"<g><title>{escape(name)}</title>{box}{''.join(lines)}</g>"


def circle(node: Node) -> str:
    """Return start (full) or end (ring)."""
    kind = "start" if node.kind is NodeKind.START else "end"
    radius = node.width // 2 - (0 if kind == "start" else 2)
    return f'<circle class="{kind}" cx="{node.centre}" cy="{node.middle}" r="{radius}"/>'


def diamond(node: Node) -> str:
    """Return a gateway: a cross for parting ways, a plus for ways beside each other."""
    x, y, half = node.centre, node.middle, node.width // 2
    shape = f'<polygon class="gateway" points="{x},{y - half} {x + half},{y} {x},{y + half} {x - half},{y}"/>'
    if node.kind in (NodeKind.PARALLEL_SPLIT, NodeKind.PARALLEL_JOIN):
        return shape + f'<path class="gateway-mark" d="M{x - 7} {y}H{x + 7}M{x} {y - 7}V{y + 7}"/>'
    return shape + f'<path class="gateway-mark" d="M{x - 5} {y - 5}L{x + 5} {y + 5}M{x + 5} {y - 5}L{x - 5} {y + 5}"/>'


def _before_end(points: Sequence[Point], size: int) -> Point:
    (x, y), (from_x, from_y) = points[-1], points[-2]
    if y == from_y:
        return (x - size if x > from_x else x + size), y
    return x, (y - size if y > from_y else y + size)


def _path(points: Sequence[Point], corner: int) -> str:
    parts = [f"M{points[0][0]} {points[0][1]}"]
    for index, (x, y) in enumerate(points[1:], start=1):
        if corner and index < len(points) - 1:
            near, far = _towards((x, y), points[index - 1], corner), _towards((x, y), points[index + 1], corner)
            parts.append(f"L{near[0]} {near[1]}Q{x} {y} {far[0]} {far[1]}")
        else:
            parts.append(f"L{x} {y}")
    return "".join(parts)


def _towards(point: Point, other: Point, distance: int) -> Point:
    x, y = point
    reach_x = min(distance, abs(other[0] - x) // 2) * (1 if other[0] > x else -1)
    reach_y = min(distance, abs(other[1] - y) // 2) * (1 if other[1] > y else -1)
    return x + (reach_x if other[0] != x else 0), y + (reach_y if other[1] != y else 0)
