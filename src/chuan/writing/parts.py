"""Parts of a printed procedure that both layouts share: headings of the document, tables of papers and records."""

from collections.abc import Iterable, Iterator, Mapping

from chuan.rules.procedure.structure import Component, Procedure
from chuan.writing.blocks import Align, Block, Body, Cell, Heading, NationalHeading, Running, Table, Title
from chuan.writing.cover import Cover
from chuan.writing.phrases import day, printable, sentence, word

COMPONENT_WIDTHS = (13, 80, 24, 18, 30)
FORM_WIDTHS = (13, 42, 110)
RECORD_WIDTHS = (13, 82, 36, 34)


def national_heading(procedure: Procedure, cover: Cover) -> NationalHeading:
    """Return the heading of state documents."""
    agency = printable(cover.agency or procedure.agency)
    lines = tuple(printable(line) for line in cover.heading) or ((agency.upper(),) if agency else ())
    return NationalHeading(printable(cover.parent_agency).upper(), lines, word("state"), word("motto"))


def title(procedure: Procedure, cover: Cover) -> Title:
    """Return kind and name, and the decision the procedure comes with."""
    return Title(word("kind"), printable(procedure.name), _attached(cover) if cover.decision else "")


def _attached(cover: Cover) -> str:
    decision, signer = printable(cover.decision), printable(cover.signed_by)
    if not signer:
        return word("attached", decision=decision)
    return word("attached_signed", decision=decision, signer=signer)


def running(procedure: Procedure, cover: Cover) -> Running:
    """Return the running header."""
    issue, issued_on = printable(cover.issue or procedure.issue), day(cover.issued_on) or printable(procedure.issued_on)
    text = word("running_issue", issue=issue, issued_on=issued_on) if issued_on and issue else issued_on
    if issue and not issued_on:
        text = word("running_issue_only", issue=issue)
    return Running(printable(cover.agency or procedure.agency), printable(procedure.procedure_code), text)


def numbered(chapter: int, sections: Iterable[tuple[str, str, Iterable[Block]]]) -> Iterator[Block]:
    """Yield the subsections of a chapter under running numbers: (word of the title, text on its line, what follows).

    One of which nothing is written is left out: nothing is claimed for it, and its gap is the validator's to say.
    """
    number = 0
    for title_word, text, following in sections:
        blocks = tuple(following)
        if text or blocks:
            number += 1
            yield Heading(2, f"{chapter}.{number}. {word(title_word)}", text)
            yield from blocks


def or_said(blocks: Iterable[Block], nothing: str) -> Iterator[Block]:
    """Yield the content of a chapter that every document has; when there is none, the word named `nothing`.

    That a procedure needs none is never claimed for who wrote nothing ("Chưa ghi …", as on the pages).
    """
    yield from tuple(blocks) or (Body(word(nothing)),)


def listed(texts: Iterable[str]) -> Iterator[Block]:
    """Yield one dashed paragraph per text, ";" between them and "." at the end."""
    kept = [printable(text).rstrip(" ;.") for text in texts if printable(text)]
    for index, text in enumerate(kept, start=1):
        yield Body(f"{text}{'.' if index == len(kept) else ';'}", dashed=True)


def components(procedure: Procedure) -> Iterator[Block]:
    """Yield the table of papers and files of the dossier."""
    if not procedure.components:
        return
    rows = [_head("number_column", "component_column", "copy_column", "quantity_column", "form_column")]
    for index, paper in enumerate(procedure.components, start=1):
        quantity = "" if paper.quantity is None else f"{paper.quantity:02d}"
        texts = (str(index), _paper_name(paper), printable(paper.copy_type), quantity, printable(paper.form))
        rows.append(_row(texts, centred=(0, 2, 3)))
    yield Table(COMPONENT_WIDTHS, tuple(rows))


def _paper_name(paper: Component) -> str:
    extras = [word("conditional")] if paper.conditional else []
    if paper.replaced_by_database:
        extras.append(word("replaced", database=printable(paper.replaced_by_database)))
    return f"{printable(paper.name)} ({'; '.join(extras)})" if extras else printable(paper.name)


def forms(procedure: Procedure) -> Iterator[Block]:
    """Yield the table of forms."""
    if not procedure.forms:
        return
    rows = [_head("number_column", "form_code_column", "form_name_column")]
    for index, form in enumerate(procedure.forms, start=1):
        rows.append(_row((str(index), printable(form.code), printable(form.name)), centred=(0,)))
    yield Table(FORM_WIDTHS, tuple(rows))


def records(procedure: Procedure) -> Iterator[Block]:
    """Yield the table of records to keep."""
    if not procedure.records:
        return
    rows = [_head("number_column", "record_column", "record_place_column", "record_time_column")]
    for index, kept in enumerate(procedure.records, start=1):
        texts = (str(index), printable(kept.name), printable(kept.place), printable(kept.duration))
        rows.append(_row(texts, centred=(0, 3)))
    yield Table(RECORD_WIDTHS, tuple(rows))


def sets(procedure: Procedure) -> str:
    """Return how many sets of the dossier are filed, "" when nobody says."""
    return word("sets_text", sets=f"{procedure.sets:02d}") if procedure.sets is not None else ""


def labelled(texts: Mapping[str, str]) -> Iterator[Block]:
    """Yield a dashed "label: text" paragraph for each text that is there, by the words of their labels."""
    for name, text in texts.items():
        if said := sentence(text):
            yield Body(word("labelled", label=word(name), text=said), dashed=True)


def results_text(procedure: Procedure) -> str:
    """Return the results as one sentence."""
    return sentence("; ".join(printable(text) for text in procedure.results))


def _head(*names: str) -> tuple[Cell, ...]:
    return tuple(Cell(word(name), Align.CENTRE, bold=True) for name in names)


def _row(texts: tuple[str, ...], centred: tuple[int, ...]) -> tuple[Cell, ...]:
    return tuple(Cell(text, Align.CENTRE if at in centred else Align.LEFT) for at, text in enumerate(texts))
