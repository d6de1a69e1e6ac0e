"""The seven-section ISO layout as blocks, in the order used nationwide since about 2010 (legal basis as 5.1)."""

from collections.abc import Iterable, Iterator

from chuan.rules.procedure.structure import Procedure
from chuan.writing.blocks import Align, Block, Body, Caption, Cell, Heading, PageBreak, Printed, Table
from chuan.writing.cover import Cover, Revision, Signature
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
from chuan.writing.phrases import (
    abbreviations,
    committed_text,
    day,
    legal_text,
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
        mark=printable(cover.mark),
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
    yield Body(sentence(procedure.scope) or word("scope_text", section=word("steps")))
    yield Heading(1, f"3. {word('references')}")
    yield Body(word("references_iso"), dashed=True)
    if procedure.legal_basis:
        yield Body(word("references_law", section=word("legal_basis")), dashed=True)
    yield Heading(1, f"4. {word('definitions')}")
    yield from or_said(_definitions(procedure), "none")
    yield Heading(1, f"5. {word('content')}")
    yield from numbered(5, _content(procedure))
    yield Heading(1, f"6. {word('forms')}")
    yield from or_said(forms(procedure), "unwritten")
    yield Heading(1, f"7. {word('records')}")
    yield from or_said(records(procedure), "unwritten")


def _definitions(procedure: Procedure) -> Iterator[Block]:
    for line in [sentence(text) for text in procedure.definitions] or abbreviations(procedure):
        yield Body(line, dashed=True)


def _content(procedure: Procedure) -> Iterator[tuple[str, str, Iterable[Block]]]:
    channels = "; ".join(map(printable, procedure.channels)).rstrip(".")
    legal = legal_text(procedure)
    yield "legal_basis", "", listed(procedure.legal_basis)
    yield "components", "", components(procedure)
    yield "sets", sets(procedure), ()
    yield "time", committed_text(procedure), [Body(legal)] if legal else ()
    yield "place", sentence(procedure.place), [Body(word("channels", channels=channels))] if channels else ()
    yield "fee", sentence(procedure.fee), ()
    yield "steps", "", step_blocks(procedure)
    yield "other", "", labelled(_other(procedure))


def _other(procedure: Procedure) -> dict[str, str]:
    """Return the parts of NĐ 63/2010, Article 8, that have no section of their own here."""
    return {
        "conditions": procedure.conditions,
        "subject": procedure.subject,
        "processing": procedure.processing_agency,
        "deciding": procedure.deciding_authority,
        "online_level": procedure.online_level,
        "result": results_text(procedure),
    }
