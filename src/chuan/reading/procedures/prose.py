"""Steps written as paragraphs: "Bước 1: Tiếp nhận hồ sơ. Trách nhiệm: … Thời gian: 0,5 ngày."."""

import re
from collections.abc import Iterator
from functools import cache

from chuan.formats.document import Document, Paragraph
from chuan.reading.procedures.entries import Banner, Entry, Place, Run, StepEntry
from chuan.reading.procedures.headings import section_of
from chuan.reading.procedures.numbers import split_leading, split_letter
from chuan.reading.procedures.words import load, pattern
from chuan.rules.procedure.structure import bare_number
from chuan.text.messages import Message, message
from chuan.text.quantities import Unit, is_time, read_time
from chuan.text.vietnamese import clean, fold_words

_DASH = re.compile(r"\s+[–—-]\s+|\s*\|\s*|\n")
_CLOSING_BRACKET = re.compile(r"\s*\((?P<inside>[^()]*(?:\([^()]*\)[^()]*)*)\)[\s.;]*$")
_OPENING_BRACKET = re.compile(r"\((?P<inside>[^()]+)\)\s*[.:,;–—-]*\s*(?=\S)")
_EDGES = " .;,–—-:\n"
_LONGEST_BANNER = 160


def prose_runs(document: Document) -> list[Run]:
    """Return the steps written as paragraphs as one run, none when fewer than two are found."""
    entries: list[Entry] = []
    held: list[tuple[Place, str]] = []
    taken: set[int] = set()
    whole = _limit_of_whole(document)
    stem = ""  # the number of the step that lettered parts belong to: Bước 2, then a), b)
    for block, content in enumerate(document.blocks):
        if not isinstance(content, Paragraph) or not (text := content.visible.strip()):
            continue
        number, rest = split_leading(text, plain=_tells_who_or_when(text) and section_of(text) != "time")
        stem = number or stem
        if held and not number and _tells_who_or_when(text):
            letter, rest = split_letter(text)
            number = f"{stem}{letter}" if letter else ""
        if number:
            _close(entries, held)
            held = [(Place(block), number), (Place(block), rest)]
        elif block == whole or (section_of(text) and not _labelled(text)) or _tells_another_time(text, held):
            _close(entries, held)
            held = []
            _drop_letterhead(entries)
        elif _is_banner(content, text):
            _close(entries, held)
            held = []
            entries.append(Banner(Place(block), clean(text)))
        elif held:
            held.append((Place(block), text))
        else:
            _drop_letterhead(entries)
        if held:
            taken.add(block)
    _close(entries, held)
    return _runs(_only_between_steps(entries), taken)


def _limit_of_whole(document: Document) -> int:
    """Return the block of the paragraph behind all steps that states the time of the whole by a label, -1 for none.

    "Thời hạn giải quyết: …" said once is the limit of the whole; times of steps are said again and again.
    """
    texts = [content.visible.strip() if isinstance(content, Paragraph) else "" for content in document.blocks]
    told = {block: label for block, text in enumerate(texts) if (label := _time_label(text))}
    last = max(told, default=-1)
    if last < 0 or section_of(texts[last]) != "time" or list(told.values()).count(told[last]) > 1:
        return -1
    return -1 if any(split_leading(text)[0] for text in texts[last:]) else last


def _time_label(text: str) -> str:
    """Return the folded label of a paragraph that begins with one of a time, "" for others."""
    match = _labels().match(text)
    return fold_words(match[0]) if match and match.lastgroup == "time" else ""


def _tells_another_time(text: str, held: list[tuple[Place, str]]) -> bool:
    """Whether a paragraph gives a time to a step that has one of its own in another paragraph: it is of the whole."""
    return section_of(text) == "time" and any(_time_label(other) for _, other in held[1:]) and bool(_time_label(text))


def _drop_letterhead(entries: list[Entry]) -> None:
    """Forget the name of an agency that stands over other lines than steps: it names no phase."""
    if entries and isinstance(entries[-1], Banner) and pattern("agency").match(entries[-1].text):
        entries.pop()


def _close(entries: list[Entry], held: list[tuple[Place, str]]) -> None:
    if held:
        entries.append(_step(held[0][0], held[0][1], "\n".join(text for _, text in held[1:])))


def _is_banner(paragraph: Paragraph, text: str) -> bool:
    """Whether a paragraph stands over the steps that follow: a phase or a case."""
    if len(text) > _LONGEST_BANNER or _labelled(text):
        return False
    named = bool(pattern("phase_words").match(text) or pattern("variant_name").match(text))
    return named and (
        paragraph.bold or paragraph.level > 0 or bool(re.match(r"(?:[IVX]+|\d+|[a-zđ])[.)]|\D{3,}", text))
    )


def _only_between_steps(entries: list[Entry]) -> list[Entry]:
    """Leave out what looked like a banner but has no step after it, and all but the last of several in a row."""
    kept: list[Entry] = []
    for place, entry in enumerate(entries):
        following = entries[place + 1] if place + 1 < len(entries) else None
        if isinstance(entry, StepEntry) or isinstance(following, StepEntry):
            kept.append(entry)
    return kept


def _runs(entries: list[Entry], taken: set[int]) -> list[Run]:
    steps = [entry for entry in entries if isinstance(entry, StepEntry)]
    if len(steps) < 2:
        return []
    return [Run(tuple(entries), entries[0].place, entries[-1].place, blocks=frozenset(taken))]


@cache
def _labels() -> re.Pattern[str]:
    words = load("prose")
    groups = "|".join(f"(?P<{kind}>{'|'.join(labels)})" for kind, labels in words.items() if kind != "actors")
    return re.compile(
        rf"(?:^|(?<=[.;,(\n–—|-])|(?<=\s-\s))\s*[-+•*]?\s*(?:{groups})\s*[:：]\s*", re.IGNORECASE | re.MULTILINE
    )


@cache
def _actor() -> re.Pattern[str]:
    words = "|".join(load("prose")["actors"])
    return re.compile(rf"(?P<role>(?:{words})\b[^:.;]{{0,80}}):\s+(?P<title>\S.*)", re.IGNORECASE)


def _tells_who_or_when(text: str) -> bool:
    """Whether a paragraph names somebody responsible or a time by a label: then even "1." is the number of a step."""
    return any(match.lastgroup in ("role", "time") for match in _labels().finditer(text) if match.start())


def _labelled(text: str) -> bool:
    return _labels().match(text) is not None


def _step(place: Place, number: str, text: str) -> StepEntry:
    """Read one step: by labels where they are written, else by brackets, dashes or the actor in front."""
    fields = {"title": text, "role": "", "time": "", "output": ""}
    if (bracket := _OPENING_BRACKET.match(text)) and _take_inside(bracket["inside"], fields):
        fields["title"] = text = text[bracket.end() :]
    matches = list(_labels().finditer(text))
    if matches:
        fields["title"] = text[: matches[0].start()]
        ends = [match.start() for match in matches[1:]] + [len(text)]
        for match, end in zip(matches, ends, strict=True):
            kind = match.lastgroup or "output"
            fields[kind] = _both(kind, fields[kind], _trimmed(text[match.end() : end]))
    if not fields["time"] or not fields["role"]:
        _by_signs(fields)
    doubts: list[Message] = []
    if not fields["role"] and (actor := _actor().match(clean(fields["title"]))):
        fields["role"] = re.sub(r"\s+(?:thực hiện|có trách nhiệm)$", "", actor["role"].strip())
        fields["title"] = actor["title"]
        doubts.append(message("procedures.role_from_prose", role=clean(fields["role"])))
    if not fields["time"] and (inside := read_time(fields["title"]).amount) and inside.unit != Unit.NONE:
        fields["time"] = fields["title"]
        doubts.append(message("procedures.time_from_prose", number=bare_number(number)))
    words = {kind: _trimmed(value) for kind, value in fields.items()}
    return StepEntry(place, words["title"], number, words["role"], words["time"], words["output"], doubts=tuple(doubts))


def _both(kind: str, told: str, more: str) -> str:
    """Return what was told twice of one step with both words: two times as one that is explained by the other."""
    if not told or not more:
        return told or more
    return f"{more} ({told})" if kind == "time" else f"{told}; {more}"


def _trimmed(text: str) -> str:
    text = clean(text).strip(_EDGES).rstrip(_EDGES + "(")
    text = text[1:].lstrip(_EDGES) if text.startswith("(") and ")" not in text else text
    return text + ")" * (text.count("(") - text.count(")")) if text.count("(") > text.count(")") else _balanced(text)


def _balanced(text: str) -> str:
    while text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1].rstrip(_EDGES)
    return text


def _by_signs(fields: dict[str, str]) -> None:
    """Take time and role from a bracket at the end, or from parts set off by dashes."""
    title = fields["title"].rstrip()
    bracket = _CLOSING_BRACKET.search(title)
    if bracket and _take_inside(bracket["inside"], fields):
        fields["title"] = title = title[: bracket.start()]
    if not fields["time"] and (behind := next(filter(lambda sign: is_time(title[sign.end() :]), _signs(title)), None)):
        fields["time"] = title[behind.end() :]
        fields["title"] = title = title[: behind.start()]
    if fields["time"] and not fields["role"]:
        _role_behind_dash(fields)
    _by_sentences(fields)


def _signs(title: str) -> Iterator[re.Match[str]]:
    """Yield the dashes and colons of the title, the last first: a time may stand behind one."""
    return reversed([*re.finditer(rf"{_DASH.pattern}|\s*:\s*", title.rstrip(_EDGES))])


def _role_behind_dash(fields: dict[str, str]) -> None:
    """Take the role from behind the dash that leads to somebody; "Tư pháp - Hộ tịch" is the name of one post."""
    title = fields["title"]
    for dash in _DASH.finditer(title.rstrip(_EDGES)):
        role = title[dash.end() :].rstrip(_EDGES)
        if title[: dash.start()].strip(_EDGES) and _begins_with_actor(role):
            fields["title"], fields["role"] = title[: dash.start()], role
            return


@cache
def _actors() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(load('prose')['actors'])})\b", re.IGNORECASE)


def _begins_with_actor(text: str) -> bool:
    return _actors().match(text) is not None


def _take_inside(inside: str, fields: dict[str, str]) -> bool:
    """Take time and role from the words in a bracket; return whether one of them is the time."""
    parts = [_labels().sub("", part).strip() for part in _parted(inside)]
    times = [part for part in parts if is_time(part)]
    if not times or fields["time"]:
        return False
    fields["time"] = times[-1]
    fields["role"] = fields["role"] or "; ".join(part for part in parts if part not in times)
    return True


def _parted(inside: str) -> Iterator[str]:
    """Yield the words of a bracket parted at commas, and at a dash where a time stands beside it."""
    for words in re.split(r"[;,|]\s+", inside):
        dashes = [
            dash for dash in _DASH.finditer(words) if is_time(words[: dash.start()]) or is_time(words[dash.end() :])
        ]
        yield from (words[: dashes[-1].start()], words[dashes[-1].end() :]) if dashes else (words,)


def _by_sentences(fields: dict[str, str]) -> None:
    """Take time and role from sentences of their own: "Tiếp nhận hồ sơ. Chuyên viên. 0,5 ngày."."""
    sentences = [part for part in re.split(r"\.\s+|\.$", fields["title"].strip()) if part.strip()]
    if len(sentences) > 1 and not fields["time"] and is_time(sentences[-1]):
        fields["time"] = sentences.pop()
        if len(sentences) > 1 and not fields["role"] and _begins_with_actor(sentences[-1]):
            fields["role"] = sentences.pop()
        fields["title"] = ". ".join(sentences)
