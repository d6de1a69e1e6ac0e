"""The seven-section ISO layout as blocks, in the order used nationwide since about 2010 (legal basis as 5.1)."""

from collections.abc import Iterator

from chuan.rules.procedure.structure import Procedure
from chuan.writing.blocks import Align, Block, Body, Caption, Cell, Heading, PageBreak, Printed, Table
from chuan.writing.cover import Cover, Revision, Signature
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
from chuan.writing.phrases import (
    abbreviations,
    committed_text,
    day,
    legal_text,
    or_absent,
    printable,
    sentence,
    word,
)
from chuan.writing.step_table import step_blocks

CODE_WIDTHS = (36, 46, 37, 46)
SIGNATURE_WIDTHS = (36, 43, 43, 43)
REVISION_WIDTHS = (34, 75, 25, 31)


def classic(procedure: Procedure, cover: Cover) -> Printed:
    """Return the document: cover with signatures and revisions, then sections 1 to 7."""
    return Printed(
        title=printable(procedure.name),
        running=running(procedure, cover),
        blocks=(*_cover(procedure, cover), PageBreak(), *_sections(procedure)),
    )


def _cover(procedure: Procedure, cover: Cover) -> Iterator[Block]:
    yield national_heading(procedure, cover)
    yield title(procedure, cover)
    issued_on = day(cover.issued_on) or printable(procedure.issued_on)
    yield Table(
        CODE_WIDTHS,
        (
            _pairs("code", procedure.procedure_code, "issue", cover.issue or procedure.issue),
            _pairs("service_code", procedure.service_code, "revision", cover.revision),
            _pairs("issued_on", issued_on, "effective_on", day(cover.effective_on)),
        ),
        head=0,
        together=True,
    )
    yield _signatures(cover)
    yield Caption(word("revisions"), centred=True)
    yield _revisions(cover.revisions)


def _pairs(first: str, first_text: str, second: str, second_text: str) -> tuple[Cell, ...]:
    return (
        Cell(word(first)),
        Cell(printable(first_text), bold=True),
        Cell(word(second)),
        Cell(printable(second_text), bold=True),
    )


def _signatures(cover: Cover) -> Table:
    signers = (cover.drafted, cover.reviewed, cover.approved)
    heads = tuple(Cell(word(name), Align.CENTRE, bold=True) for name in ("duty", "drafts", "reviews", "approves"))
    rows = (
        heads,
        _signer_row("full_name", [signer.name for signer in signers]),
        _signer_row("position", [signer.position for signer in signers]),
        _signer_row("signature", ["", "", ""]),
        _signer_row("day", [_signed(signer) for signer in signers]),
    )
    return Table(SIGNATURE_WIDTHS, rows, tall=(3,), together=True)


def _signed(signer: Signature) -> str:
    return day(signer.signed_on)


def _signer_row(name: str, texts: list[str]) -> tuple[Cell, ...]:
    return (Cell(word(name)), *(Cell(printable(text), Align.CENTRE) for text in texts))


def _revisions(revisions: tuple[Revision, ...]) -> Table:
    heads = ("revised_part", "revised_text", "issue", "day")
    rows = [tuple(Cell(word(name), Align.CENTRE, bold=True) for name in heads)]
    for one in revisions or (Revision("", ""),):
        rows.append(
            (
                Cell(printable(one.part), Align.CENTRE),
                Cell(printable(one.text)),
                Cell(printable(one.issue), Align.CENTRE),
                Cell(day(one.on), Align.CENTRE),
            )
        )
    return Table(REVISION_WIDTHS, tuple(rows))


def _sections(procedure: Procedure) -> Iterator[Block]:
    yield Heading(1, f"1. {word('purpose')}")
    yield Body(sentence(procedure.purpose) or word("purpose_text", name=printable(procedure.name)))
    yield Heading(1, f"2. {word('scope')}")
    yield Body(sentence(procedure.scope) or word("scope_text"))
    yield Heading(1, f"3. {word('references')}")
    yield Body(word("references_iso"), dashed=True)
    yield Body(word("references_law"), dashed=True)
    yield Heading(1, f"4. {word('definitions')}")
    yield from _definitions(procedure)
    yield Heading(1, f"5. {word('content')}")
    yield from _content(procedure)
    yield Heading(1, f"6. {word('forms')}")
    yield from forms(procedure)
    yield Heading(1, f"7. {word('records')}")
    yield from records(procedure)


def _definitions(procedure: Procedure) -> Iterator[Block]:
    lines = [sentence(text) for text in procedure.definitions] or abbreviations(procedure)
    for line in lines or [word("no_definitions")]:
        yield Body(line, dashed=bool(lines))


def _content(procedure: Procedure) -> Iterator[Block]:
    yield Heading(2, f"5.1. {word('legal_basis')}")
    yield from listed(procedure.legal_basis)
    yield Heading(2, f"5.2. {word('components')}")
    yield from components(procedure)
    yield Heading(2, f"5.3. {word('sets')}", sets(procedure))
    yield Heading(2, f"5.4. {word('time')}", committed_text(procedure))
    if legal := legal_text(procedure):
        yield Body(legal)
    yield Heading(2, f"5.5. {word('place')}", or_absent(procedure.place))
    if procedure.channels:
        yield Body(word("channels", channels="; ".join(map(printable, procedure.channels)).rstrip(".")))
    yield Heading(2, f"5.6. {word('fee')}", or_absent(procedure.fee))
    yield Heading(2, f"5.7. {word('steps')}")
    yield from step_blocks(procedure)
    yield from _other(procedure)


def _other(procedure: Procedure) -> Iterator[Block]:
    """Yield the parts of NĐ 63/2010, Article 8, that have no section of their own here; what is absent is left out."""
    known = {
        "conditions": procedure.conditions,
        "subject": procedure.subject,
        "processing": procedure.processing_agency,
        "deciding": procedure.deciding_authority,
        "online_level": procedure.online_level,
        "result": results_text(procedure),
    }
    present = {name: text for name, text in known.items() if printable(text)}
    if present:
        yield Heading(2, f"5.8. {word('other')}")
    for name, text in present.items():
        yield labelled(name, text)
