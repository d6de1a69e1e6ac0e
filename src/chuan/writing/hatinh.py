"""The four-section layout of Hà Tĩnh as blocks: symbol, content (2.1 to 2.10), forms, records."""

from collections.abc import Iterator

from chuan.rules.procedure.structure import Procedure
from chuan.writing.blocks import Block, Body, Heading, Printed
from chuan.writing.cover import Cover
from chuan.writing.parts import (
    components,
    forms,
    labelled,
    listed,
    national_heading,
    records,
    results_text,
    running,
    sets,
    title,
)
from chuan.writing.phrases import committed_text, legal_text, or_absent, printable, word
from chuan.writing.step_table import step_blocks


def hatinh(procedure: Procedure, cover: Cover) -> Printed:
    """Return the document: it goes as an annex to the decision, so there is no signature table."""
    return Printed(
        title=printable(procedure.name),
        running=running(procedure, cover),
        blocks=(national_heading(procedure, cover), title(procedure, cover), *_sections(procedure)),
    )


def _sections(procedure: Procedure) -> Iterator[Block]:
    yield Heading(1, f"1. {word('symbol')}", printable(procedure.procedure_code) or word("absent"))
    if procedure.service_code:
        yield Body(word("labelled", label=word("service_code"), text=printable(procedure.service_code)))
    yield Heading(1, f"2. {word('ht_content')}")
    yield from _content(procedure)
    yield Heading(1, f"3. {word('forms')}")
    yield from forms(procedure)
    yield Heading(1, f"4. {word('ht_records')}")
    yield from records(procedure)


def _content(procedure: Procedure) -> Iterator[Block]:
    yield Heading(2, f"2.1. {word('conditions')}", or_absent(procedure.conditions))
    if procedure.legal_basis:
        yield Body(f"{word('legal_basis')}:")
        yield from listed(procedure.legal_basis)
    yield Heading(2, f"2.2. {word('channels_title')}", or_absent("; ".join(procedure.channels)))
    yield Heading(2, f"2.3. {word('components')}")
    yield from components(procedure)
    yield Heading(2, f"2.4. {word('sets')}", sets(procedure))
    yield Heading(2, f"2.5. {word('ht_time')}", committed_text(procedure))
    if legal := legal_text(procedure):
        yield Body(legal)
    yield Heading(2, f"2.6. {word('ht_place')}", or_absent(procedure.place))
    yield Heading(2, f"2.7. {word('agency')}")
    yield labelled("deciding", procedure.deciding_authority)
    yield labelled("processing", procedure.processing_agency)
    yield Heading(2, f"2.8. {word('subject')}", or_absent(procedure.subject))
    yield Heading(2, f"2.9. {word('result')}", or_absent(results_text(procedure)))
    yield Heading(2, f"2.10. {word('steps')}")
    yield from step_blocks(procedure)
