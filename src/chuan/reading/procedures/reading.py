"""A document → the procedures it holds, each fact with its place, each doubt with its question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise, zip_longest

from chuan.formats.document import Document, Table
from chuan.reading.procedures import facts, papers
from chuan.reading.procedures.cases import case_limits, own_limits, shared_out
from chuan.reading.procedures.entries import Banner, Place, Run
from chuan.reading.procedures.headings import section_of
from chuan.reading.procedures.lines import Line, lines_of
from chuan.reading.procedures.mentions import outside_of_steps
from chuan.reading.procedures.prose import prose_runs
from chuan.reading.procedures.rows import goes_on, heading_words, headless_run, step_runs, with_rest
from chuan.reading.procedures.sections import Section, part, sections_of
from chuan.reading.procedures.steps import Built, build
from chuan.reading.procedures.sums import sum_doubts
from chuan.reading.procedures.variants import Draft, drafts_of
from chuan.reading.procedures.ways import ways_in
from chuan.reading.procedures.words import pattern
from chuan.rules.procedure.structure import Doubt, Procedure, TimeUnit, written_minutes
from chuan.text.messages import BadInput, message
from chuan.text.quantities import Amount, TimePhrase, Unit, read_time
from chuan.text.vietnamese import clean

_LONGEST_CAPTION = 200
_FAR = 1 << 40  # a block number behind every document
_STARTS = ("name", "symbol", "purpose", "service_code")
_REPEATS = ("legal_basis", "components", "scope")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a file: procedures, the document they came from, and where each fact stands.

    `places` maps "procedure/fact" ("0/fee") and "procedure/variant/step" ("0/1/3", counted from 0) to the place in
    `document`. `document` is None for a file that is structure already (JSON).
    """

    procedures: tuple[Procedure, ...]
    document: Document | None = None
    places: Mapping[str, Place] = field(default_factory=dict)


def read_document(document: Document) -> Reading:
    """Return the procedures of a document. BadInput when it has no step at all, neither in a table nor as prose.

    A table that tells when things were done (a log) has none.
    """
    tables = _table_runs(document)
    logs = [run for run in tables if _is_log(run)]
    runs = [run for run in tables if run not in logs] or prose_runs(document)
    if logs and not runs:
        raise BadInput("procedures.is_a_log")
    if not runs:
        raise BadInput("procedures.no_steps")
    lines = lines_of(document, runs)
    runs = [replace(run, captions=_captions(run, lines, runs)) for run in runs]
    procedures: list[Procedure] = []
    places: dict[str, Place] = {}
    for own_lines, own_runs in _regions(lines, runs):
        prefix = str(len(procedures))
        procedures.append(_procedure(own_lines, own_runs, document, places, prefix))
    return Reading(tuple(procedures), document, places)


def _is_log(run: Run) -> bool:
    """Whether the table tells when things were done: its times are dates, and its rows are no steps."""
    return 2 * sum(bool(pattern("moment").search(step.time)) for step in run.steps) > len(run.steps)


def _table_runs(document: Document) -> list[Run]:
    """Return the runs of all tables; one without a heading behind a table of steps may go on with it."""
    runs: list[Run] = []
    between: list[str] | None = None  # the words since the last run, None when another part has begun
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Table):
            between = _still_between(between, block.visible)
            continue
        found = step_runs(block, number, runs[-1] if runs and between == [] else None)
        if not found and between is not None and _beside(document, runs[-1], block):
            rest = headless_run(block, number, runs[-1], not between)
            found = [rest] if rest else []
        if found:
            runs[-1:] = [with_rest(run, found[0].rest) for run in runs[-1:]]
        if runs and not found and (numbers := _numbered(block)):
            doubt = message("procedures.table_unread", numbers=", ".join(numbers))
            runs[-1] = replace(runs[-1], doubts=(*runs[-1].doubts, doubt))
        runs += found
        if found or block.parent < 0:
            between = [] if found else None
    return [run for run, after in zip_longest(runs, runs[1:]) if run.steps or (after and _alike(run, after))]


def _numbered(table: Table) -> list[str]:
    """Return the numbers of a table whose rows say that they are steps with times ("B1 … 1 ngày"), [] of another."""
    numbers = []
    for row in table.rows:
        times = [amount for cell in row[1:] if (amount := read_time(cell.text).amount) and amount.unit != Unit.NONE]
        if times and (match := pattern("step_number").match(clean(row[0].text))):
            numbers.append(match[0])
    return numbers if len(numbers) > 1 else []


def _still_between(between: list[str] | None, text: str) -> list[str] | None:
    """Return the words between two tables with one more line: blank ones and "(tiếp theo)" say nothing."""
    if between is None or section_of(text):
        return None
    return between if pattern("says_nothing").match(text) else [*between, text]


def _beside(document: Document, run: Run, table: Table) -> bool:
    """Whether the table of the run and this one stand in the same text, or in the same frame."""
    above = document.blocks[run.last.block]
    return isinstance(above, Table) and above.parent == table.parent


def _alike(run: Run, after: Run) -> bool:
    return heading_words(run) == heading_words(after)


def _captions(run: Run, lines: Sequence[Line], runs: Sequence[Run]) -> tuple[Banner, ...]:
    """Return the line over the run that may name a phase or a variant: the nearest one, or one that says so."""
    before = max((other.last for other in runs if other.last < run.first), default=Place(-1))
    near: list[Line] = []
    above = [line for line in lines if before < line.place < run.first]
    limited = False  # whether the limit of this case alone stands between its name and its table
    for line in reversed(above):
        kind, _ = line.heading
        if limited and not pattern("variant_name").match(line.text):
            break
        if kind == "time" and len(runs) > 1 and not near:
            limited = True
            continue
        empty = pattern("caption_skips").match(line.text) or pattern("says_nothing").match(line.text)
        usable = len(line.text) <= _LONGEST_CAPTION and not line.cells and not empty
        if (kind and kind != "steps") or len(near) == 3:
            break
        if usable:
            near.append(line)
        if kind:
            break
    near = [line for line in near if line.heading[0] != "steps" or pattern("variant_inside").search(line.text)]
    named = [line for line in near if pattern("variant_name").match(line.text)]
    best = next(iter((*named, *filter(_names_case, above), *near)), None)
    return (Banner(best.place, best.text),) if best else ()


def _regions(lines: list[Line], runs: list[Run]) -> list[tuple[list[Line], list[Run]]]:
    """Cut the document where another procedure begins: between two runs, at a new name, code or first section."""
    cuts: list[Place] = []
    for previous, run in pairwise(runs):
        between = [line for line in lines if previous.last < line.place < run.first]
        earlier = [line for line in lines if (cuts[-1] if cuts else Place(-1)) <= line.place < previous.first]
        start = _sheet(between) if not goes_on(previous, run) else None
        if (start := start or _start(between, earlier)) is not None:
            cuts.append(start)
    bounds = [Place(-1), *cuts, Place(_FAR)]
    return [
        ([line for line in lines if low <= line.place < high], [run for run in runs if low <= run.first < high])
        for low, high in pairwise(bounds)
    ]


def _sheet(between: Sequence[Line]) -> Place | None:
    """Return where another sheet of a workbook begins: a procedure of its own, unless its name is that of a case."""
    names = [line for line in between if line.sheet]
    return names[-1].place if names and not _names_case(names[-1]) else None


def _names_case(line: Line) -> bool:
    """Whether the line is the name of a sheet, and that the name of a case or a level ("Trường hợp cấp lại")."""
    return line.sheet and any(pattern(kind).search(line.text) for kind in ("variant_name", "variant_inside"))


def _start(between: Sequence[Line], earlier: Sequence[Line]) -> Place | None:
    """Return where a new procedure begins among the lines between two tables, None when the same one goes on."""
    known = {line.heading[0] for line in earlier}
    code = facts.service_code(earlier)[0]
    for index, line in enumerate(between):
        kind = line.heading[0]
        match = pattern("service_code").search(line.text)
        other_code = bool(
            match and match["code"] != code and (line.strong or kind in _STARTS or line.text.startswith(match[0]))
        )
        titled = line.strong and not line.cells and bool(pattern("new_procedure").match(line.text))
        if other_code or titled or kind in _STARTS[:3] or (kind in _REPEATS and kind in known):
            return _with_title(between, index)
    return None


def _with_title(between: Sequence[Line], index: int) -> Place:
    """Go back over the lines in capitals or bold that stand right above the first sign of a new procedure."""
    first = index
    while first > 0 and index - first < 6 and _is_title(between[first - 1]):
        first -= 1
    return between[first].place


def _is_title(line: Line) -> bool:
    return line.strong and not line.heading[0] and not line.text.startswith(("-", "+", "•", "*"))


def _procedure(
    lines: list[Line], runs: list[Run], document: Document, places: dict[str, Place], prefix: str
) -> Procedure:
    sections = sections_of(lines, [run.first for run in runs], _cases(runs))
    text, total = _committed(sections)
    amounts = _declared(sections, total)
    drafts = drafts_of(runs, amounts)
    behind = [_behind(drafts, place, lines) for place in range(len(drafts))]
    built = [build(draft, total, len(drafts) == 1, ways_in(below)) for draft, below in zip(drafts, behind, strict=True)]
    _note_places(built, sections, places, prefix)
    doubts = [doubt for variant in built for doubt in variant.doubts]
    doubts += [doubt for below in behind for doubt in _ways_outside(below)]
    committed = facts.limit_of(_worked(total, built)) if total else None
    limits = own_limits(sections, drafts) or case_limits(part(sections, "time"), [draft.name for draft in drafts])
    if len(built) > 1 and limits:
        shared = shared_out(built, limits, lambda phrase: facts.limit_of(_worked(phrase, built)))
        built, committed = list(shared.built), shared.longest or committed
        amounts += [limit.phrase.amount.minutes for limit in limits if limit.phrase.amount]
        doubts += shared.doubts(text)
    doubts += [doubt for variant in built for doubt in sum_doubts(variant, committed, text, amounts)]
    if prefix == "0":
        doubts += [Doubt(note) for note in document.notes]
    if total and total.doubts and len(drafts) == 1:
        found = part(sections, "time")
        doubts += [Doubt(doubt, clean(text), found.place.block if found else -1) for doubt in total.doubts]
    if not text and not any(variant.variant.declared_total for variant in built):
        doubts.append(Doubt(message("procedures.no_total")))
    facts_told = _with_facts(sections, lines, document)
    if not facts_told.legal_text and len(built) == 1:
        facts_told = replace(facts_told, legal=built[0].legal, legal_text=built[0].legal_text)
    return replace(
        facts_told,
        variants=tuple(variant.variant for variant in built),
        committed=committed,
        committed_text=text,
        doubts=tuple(doubts),
    )


def _behind(drafts: Sequence[Draft], place: int, lines: Sequence[Line]) -> list[Line]:
    """Return the lines between the table of a variant and the next variant's."""
    last = drafts[place].segments[-1].run.last
    following = drafts[place + 1].segments[0].run.first if place + 1 < len(drafts) else Place(_FAR)
    return [line for line in lines if last < line.place < following]


def _ways_outside(below: Sequence[Line]) -> list[Doubt]:
    """Return the doubts on ways that lines below the steps tell in words, unless they are stated in full."""
    if ways_in(below).any:
        return []
    return [Doubt(doubt, place=line.place.block) for line in below for doubt in outside_of_steps(line.text)]


def _declared(sections: list[Section], total: TimePhrase | None) -> list[Fraction]:
    """Return all totals that the text gives, for several cases or levels, in minutes at 8 hours a day."""
    phrases = [total, *map(read_time, facts.items(part(sections, "time")))]
    amounts = [amount for phrase in phrases if phrase for amount in (phrase.amount, *phrase.alternatives)]
    return [amount.minutes for amount in amounts if amount]


def _worked(total: TimePhrase, built: Sequence[Built]) -> TimePhrase:
    """Read a bare "ngày" of the total as the steps were read: "01 ngày" over quarter days means a working day.

    A bare number is days when some variant's steps add up to so many.
    """
    steps = [step for variant in built for step in variant.variant.steps if step.time]
    working = bool(steps) and all(step.time and step.time.unit is not TimeUnit.CALENDAR_DAY for step in steps)
    amount = total.amount
    if amount and amount.unit == Unit.NONE and amount.value * 480 in {_sum(variant) for variant in built}:
        amount = Amount(amount.value, Unit.DAY)
    return replace(total, amount=amount, working=total.working or working)


def _sum(built: Built) -> Fraction:
    return sum((written_minutes(step.time) for step in built.variant.steps if step.time), Fraction(0))


def _cases(runs: Sequence[Run]) -> set[Place]:
    """Return where the lines stand that only name the case of the table below them."""
    captions = [caption for run in runs for caption in run.captions]
    return {one.place for one in captions if pattern("variant_name").match(one.text) and not read_time(one.text).amount}


def _committed(sections: list[Section]) -> tuple[str, TimePhrase | None]:
    text = facts.committed_text(sections)
    return text, read_time(text) if text else None


def _with_facts(sections: list[Section], lines: list[Line], document: Document) -> Procedure:
    committed = facts.committed_text(sections)
    legal, legal_text = facts.legal_limit(sections, committed)
    code, local = facts.service_code(lines)
    margins = [row for text in (*document.headers, *document.footers) for row in text.split("\n")]
    texts = [line.text for line in lines] + margins
    return Procedure(
        variants=(),
        name=facts.name_of(sections, lines, document.headers),
        service_code=local or code,
        procedure_code=facts.procedure_code(sections, texts),
        field=facts.said(sections, "field"),
        processing_agency=facts.said(sections, "processing_agency"),
        deciding_authority=facts.said(sections, "deciding_authority"),
        agency=_agency(lines),
        issue=facts.said(sections, "issue") or _after("issue_number", texts),
        issued_on=facts.said(sections, "issued_on") or _after("issued_on", texts),
        legal=legal,
        legal_text=legal_text,
        fee=facts.said(sections, "fee"),
        online_level=facts.said(sections, "online_level"),
        conditions=facts.said(sections, "conditions"),
        subject=facts.said(sections, "subject"),
        purpose=facts.said(sections, "purpose"),
        scope=facts.said(sections, "scope"),
        definitions=facts.items(part(sections, "definitions")),
        place=facts.said(sections, "place"),
        channels=facts.channels(sections),
        components=papers.components_of(part(sections, "components")),
        sets=facts.sets_of(facts.said(sections, "sets")),
        forms=papers.forms_of(part(sections, "forms")),
        legal_basis=facts.items(part(sections, "legal_basis")),
        results=facts.items(part(sections, "results")),
        records=papers.records_of(part(sections, "records")),
    )


def _agency(lines: Sequence[Line]) -> str:
    """Return the agency on the cover: the first line in capitals that begins like the name of an agency."""
    return next((line.text for line in lines[:12] if line.strong and pattern("agency").match(line.text)), "")


def _after(name: str, texts: Sequence[str]) -> str:
    return next((clean(match["value"]) for text in texts if (match := pattern(name).search(text))), "")


def _note_places(built: Sequence[Built], sections: Sequence[Section], places: dict[str, Place], prefix: str) -> None:
    for number, variant in enumerate(built):
        places.update({f"{prefix}/{number}/{step}": place for step, place in enumerate(variant.places)})
    for section in sections:
        places.setdefault(f"{prefix}/{section.kind}", section.place)
