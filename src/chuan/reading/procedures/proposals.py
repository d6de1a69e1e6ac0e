"""Structure that the words of a step suggest: "không đồng ý → quay lại B3", "song song với B4". Always with a doubt."""

from collections.abc import Sequence
from dataclasses import replace

from chuan.reading.procedures.mentions import FIRST, PREVIOUS, told_ways
from chuan.reading.procedures.numbers import same
from chuan.reading.procedures.words import pattern
from chuan.rules.procedure.structure import Doubt, Link, Step, bare_number
from chuan.text.messages import message
from chuan.text.vietnamese import clean


def with_proposals(steps: Sequence[Step]) -> list[Step]:
    """Return the steps with the links and parallel parts that their words suggest, each marked as doubtful.

    Steps whose ways on are already stated keep those.
    """
    linked = [step if step.links else _with_links(step, place, steps) for place, step in enumerate(steps)]
    return _with_parallels(linked)


def _with_links(step: Step, place: int, steps: Sequence[Step]) -> Step:
    found: list[Link] = []
    doubts: list[Doubt] = []
    told = [way for text in (step.title, step.note, step.output_or_form) for way in told_ways(text)]
    for way in told:
        target = _target(way.to, place, steps)
        if target == step.no:
            doubts.append(Doubt(message("procedures.link_itself", words=way.words)))
        elif target is None and not way.to:
            doubts.append(Doubt(message("procedures.link_without_number", words=way.words)))
        elif target is None and way.sure:
            doubts.append(Doubt(message("procedures.link_unknown", words=way.words, number=bare_number(way.to))))
        elif target is not None and target not in (link.to for link in found):
            found.append(Link(target, way.when))
    following = steps[place + 1].no if place + 1 < len(steps) else None
    usual = next((link for link in found if link.to == following), Link(following))
    links = (usual, *(link for link in found if link is not usual))
    proposal = ", ".join(link.to or "" for link in links[1:])
    if proposal and (not step.no or following == ""):  # ways on can only be told between numbered steps
        doubts.append(Doubt(message("procedures.link_unnumbered", number=step.number or step.title, to=proposal)))
        links = ()
    elif proposal:
        doubts.append(Doubt(message("procedures.link_proposed", number=step.number, to=proposal), proposal=proposal))
    return replace(step, links=links if proposal else (), doubts=(*step.doubts, *doubts))


def _target(words: str, place: int, steps: Sequence[Step]) -> str | None:
    """Return the number of the step that is meant, as the file writes it; None when there is not exactly one."""
    if words in (PREVIOUS, FIRST):
        return steps[place - 1 if words == PREVIOUS else 0].no or None if place else None
    return _number(words, steps)


def _number(words: str, steps: Sequence[Step]) -> str | None:
    """Return the number of the step that the words name, as the file writes it; None when there is not exactly one."""
    wanted = clean(words)
    found = [step.no for step in steps if step.no and same(step.no, wanted)]
    return found[0] if len(found) == 1 else None


def _with_parallels(steps: list[Step]) -> list[Step]:
    """Mark a step that says "song song với B4" as beside B4 when B4 stands right before it; otherwise ask."""
    group = 0
    for place, step in enumerate(steps):
        match = pattern("parallel").search(step.title)
        if not match or step.parallel:
            continue
        named = pattern("parallel_with").search(step.title)
        target = _number(named["to"], steps) if named else None
        if target and place and steps[place - 1].no == target and not steps[place - 1].parallel:
            group += 1
            steps[place - 1] = replace(steps[place - 1], parallel=f"{group}/1")
            steps[place] = replace(step, parallel=f"{group}/2")
        doubt = Doubt(message("procedures.parallel", number=step.number, words=clean(match[0])), proposal=target or "")
        steps[place] = replace(steps[place], doubts=(*steps[place].doubts, doubt))
    return steps
