"""The four-section layout of Hà Tĩnh as blocks: symbol, content (2.1 to 2.10), forms, records."""

from collections.abc import Iterable, Iterator

from chuan.rules.procedure.structure import Procedure
from chuan.writing.blocks import Block, Body, Heading, Printed
from chuan.writing.cover import Cover
from chuan.writing.parts import (
    components,
    forms,
    labelled,
    listed,
    national_heading,
    numbered,
    or_said,
    records,
    results_text,
    running,
    sets,
    title,
)
from chuan.writing.phrases import committed_text, legal_text, printable, sentence, word
from chuan.writing.step_table import step_blocks


def hatinh(procedure: Procedure, cover: Cover) -> Printed:
    """Return the document: it goes as an annex to the decision, so there is no signature table."""
    return Printed(
        title=printable(procedure.name),
        running=running(procedure, cover),
        blocks=(national_heading(procedure, cover), title(procedure, cover), *_sections(procedure)),
        mark=printable(cover.mark),
    )


def _sections(procedure: Procedure) -> Iterator[Block]:
    yield Heading(1, f"1. {word('symbol')}", printable(procedure.procedure_code) or word("none"))
    if procedure.service_code:
        yield Body(word("labelled", label=word("service_code"), text=printable(procedure.service_code)))
    yield Heading(1, f"2. {word('ht_content')}")
    yield from numbered(2, _content(procedure))
    yield Heading(1, f"3. {word('forms')}")
    yield from or_said(forms(procedure), "unwritten")
    yield Heading(1, f"4. {word('ht_records')}")
    yield from or_said(records(procedure), "unwritten")


def _content(procedure: Procedure) -> Iterator[tuple[str, str, Iterable[Block]]]:
    legal = legal_text(procedure)
    basis = list(listed(procedure.legal_basis))
    cited = [Body(f"{word('legal_basis')}:"), *basis] if basis else basis
    yield "conditions", sentence(procedure.conditions), cited
    yield "channels_title", sentence("; ".join(procedure.channels)), ()
    yield "components", "", components(procedure)
    yield "sets", sets(procedure), ()
    yield "ht_time", committed_text(procedure), [Body(legal)] if legal else ()
    yield "ht_place", sentence(procedure.place), ()
    agencies = {"deciding": procedure.deciding_authority, "processing": procedure.processing_agency}
    yield "agency", "", labelled(agencies)
    yield "subject", sentence(procedure.subject), ()
    yield "result", results_text(procedure), ()
    yield "steps", "", step_blocks(procedure)
