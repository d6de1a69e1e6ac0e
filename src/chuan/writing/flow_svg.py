"""The drawing of real dossiers over a procedure as SVG: volumes, deviations, allowed returns, time against limits."""

from hashlib import sha256

from chuan.rules.procedure.diagram import Arc, Bar, FlowDiagram, Label, Node, NodeKind, VolumeArrow
from chuan.text.messages import message
from chuan.text.numbers import number
from chuan.writing.marks import arrow, circle, document, head, label, line, rect, step_box, text

BAR_HEIGHT, BAR_TEXT, ARC_LABEL = 6, 22, 260


def write_flow_svg(diagram: FlowDiagram, *, name: str = "", language: str = "vi", stand_alone: bool = False) -> str:
    """Return the flow drawing; `name` is the procedure's, `stand_alone` embeds the style sheet."""
    over = {bar.step for bar in diagram.bars if bar.over}
    parts = [_volume(one, language) for one in diagram.arrows]
    parts += [_arc(one) for one in diagram.arcs]
    parts += [_node(node, over, diagram, language) for node in diagram.nodes]
    parts += [_arc_label(one, diagram, language) for one in diagram.arcs]
    parts += [_bar(one, language) for one in diagram.bars]
    title = _word("flow_title" if name else "flow_title_unnamed", language, name=name)
    description = ". ".join(_sentences(diagram, language))
    key = "f" + sha256((title + description).encode()).hexdigest()[:8]
    return document(diagram.width, diagram.height, title, description, key, parts, stand_alone=stand_alone)


def arc_words(arc: Arc, diagram: FlowDiagram, language: str) -> str:
    """Return what a jump means: "34 hồ sơ bỏ qua B4", "17 lần trả về B1 (được phép)"."""
    count = number(arc.count, language=language)
    if arc.target > arc.source:
        first, last = _name(arc.source + 1, diagram), _name(arc.target - 1, diagram)
        code = "skips_one" if arc.target == arc.source + 2 else "skips_more"
        words = _word(code, language, count=count, first=first, last=last)
    else:
        code = "repeats" if arc.target == arc.source else "goes_back"
        words = _word(code, language, count=count, target=_name(arc.target, diagram))
    return _word("jump_allowed", language, words=words) if arc.allowed else words


def _word(code: str, language: str, **values: object) -> str:
    return message(f"writing.{code}", **values).text(language)


def _name(step: int, diagram: FlowDiagram) -> str:
    node = diagram.nodes[step + 1]
    return node.number or node.title


def _volume(one: VolumeArrow, language: str) -> str:
    if not one.count:
        return line("volume volume-none", one.points, thickness=one.thickness)
    size = one.thickness + 5
    (x, y), shaft = one.points[-1], one.points[:-1]
    return (
        line("volume", [*shaft, (x - size, y)], thickness=one.thickness)
        + head("volume-head", one.points, size)
        + text("volume-label", one.label.x, one.label.y, number(one.count, language=language), anchor="middle")
    )


def _arc(arc: Arc) -> str:
    if arc.allowed:
        return arrow("arc arc-allowed", "head", arc.points, corner=6)
    return arrow("arc arc-deviating", "head-deviating", arc.points, corner=6)


def _arc_label(arc: Arc, diagram: FlowDiagram, language: str) -> str:
    classes = "arc-label" if arc.allowed else "arc-label-deviating"
    return label(classes, arc.label, arc_words(arc, diagram, language), widest=ARC_LABEL)


def _node(node: Node, over: set[int], diagram: FlowDiagram, language: str) -> str:
    if node.kind is not NodeKind.STEP:
        return circle(node)
    classes = "box flow-box is-look" if node.step in over else "box flow-box"
    return step_box(node, classes, name=_step_words(node, diagram, language))


def _bar(bar: Bar, language: str) -> str:
    parts = []
    if bar.filled is not None or bar.tick is not None:
        parts.append(rect("bar-ground", bar.x, bar.y, bar.width, BAR_HEIGHT))
        parts.append(rect("bar-over" if bar.over else "bar-share", bar.x, bar.y, bar.filled or 0, BAR_HEIGHT))
    if bar.tick is not None:
        x = bar.x + bar.tick
        parts.append(line("bar-tick", ((x, bar.y - 4), (x, bar.y + BAR_HEIGHT + 4))))
    words = f"▲ {bar.text}" if bar.over else bar.text
    at = Label("", bar.x, bar.y + BAR_TEXT)
    parts.append(label("bar-text-over" if bar.over else "bar-text", at, words))
    hint = f"<title>{_word('median_over', language)}</title>" if bar.over else ""
    return f"<g>{hint}{''.join(parts)}</g>"


def _step_words(node: Node, diagram: FlowDiagram, language: str) -> str:
    timing = next((bar.text for bar in diagram.bars if bar.step == node.step), "")
    code = "flow_step_timed" if timing else "flow_step"
    return _word(code, language, number=node.number, title=node.title, timing=timing)


def _sentences(diagram: FlowDiagram, language: str) -> list[str]:
    """Return the drawing in words: steps with their times, then the jumps, most dossiers first."""
    steps = [_step_words(node, diagram, language) for node in diagram.nodes if node.kind is NodeKind.STEP]
    arcs = sorted(diagram.arcs, key=lambda arc: (-arc.count, arc.source, arc.target))
    words = [*steps, *(arc_words(arc, diagram, language) for arc in arcs)]
    if diagram.left_out:
        dossiers = number(diagram.left_out_dossiers, language=language)
        words.append(_word("left_out", language, count=diagram.left_out, dossiers=dossiers))
    return words
