"""The slips of the reception desk: receipt (printed or to be written by hand), supplement request, refusal."""

from collections.abc import Iterator

from chuan.writing.blocks import Table
from chuan.writing.one_stop.content import Block, Field, Line, Paper, Sentence, Signature, Signatures, Title
from chuan.writing.one_stop.forms import Applicant, PaperSlip, Receipt, Refusal, SubmittedComponent, SupplementRequest
from chuan.writing.one_stop.numbering import Numbering
from chuan.writing.one_stop.words import (
    by_hand,
    head,
    heading,
    line,
    moment,
    padded,
    person,
    room,
    row,
    slip_heading,
    title,
    word,
)
from chuan.writing.phrases import printable


def receipt(form: Receipt, numbering: Numbering, paper: Paper) -> Iterator[Block]:
    """Yield the receipt: who, what was handed in, when, and when and where the result will be."""
    yield heading("receipt", form.letterhead, numbering)
    yield title("receipt", numbering, form.dossier_code)
    yield from person("received_from", form.applicant)
    yield from line(("request", form.request))
    if form.components:
        yield Sentence(f"{word('components')}:")
        yield _components(form.components, paper.text_width)
    yield from line(("sets", word("sets_value", sets=padded(form.sets))))
    yield from line(("limit", form.limit))
    yield from line(("received_at", moment(form.received_at)))
    yield from line(("due_at", moment(form.due_at)), strong=True)
    yield from line(("result_place", form.result_place))
    yield from line(("book", _count(form.book)), ("book_number", _count(form.book_number)))
    yield Signatures((by_hand("submitter", form.submitted_by), by_hand("receiver", form.received_by)))


def _count(number: int | None) -> str:
    return "" if number is None else padded(number)


def _components(components: tuple[SubmittedComponent, ...], width: int) -> Table:
    """The kind of copy has a column only when somebody said one."""
    if any(component.copy_type for component in components):
        rows = [head("number_column", "component_column", "copy_column", "copies_column")]
        rows += [
            row((str(at), _name(one), printable(one.copy_type), _count(one.copies)), centred=(0, 2, 3))
            for at, one in enumerate(components, start=1)
        ]
        return Table((9, width - 53, 28, 16), tuple(rows))
    rows = [head("number_column", "component_column", "copies_column")]
    rows += [
        row((str(at), _name(one), _count(one.copies)), centred=(0, 2)) for at, one in enumerate(components, start=1)
    ]
    return Table((9, width - 25, 16), tuple(rows))


def _name(component: SubmittedComponent) -> str:
    name, database = printable(component.name), printable(component.replaced_by_database)
    return word("replaced", name=name, database=database) if database else name


def paper_slip(form: PaperSlip, numbering: Numbering, paper: Paper) -> Iterator[Block]:
    """Yield a receipt to be written by hand, and under it the room for what is entered when the network is back."""
    yield slip_heading(form.letterhead, form.number, numbering)
    yield Title(numbering.name("receipt").upper(), (word("slip_use"),))
    yield from person("received_from", Applicant())
    yield from line(("request", form.request)) if form.request else (room("request"),)
    yield Sentence(word("tick"))
    yield _to_tick(form, paper.text_width)
    yield from line(("sets", word("sets_value", sets=word("few_dots"))))
    yield from line(("limit", form.limit)) if form.limit else (room("limit"),)
    yield _moment_by_hand("received_at")
    yield _moment_by_hand("due_at")
    yield from line(("result_place", form.result_place)) if form.result_place else (room("result_place"),)
    yield Signatures((by_hand("submitter", ""), by_hand("receiver", "")))
    yield Sentence(word("entered"), slanted=True)
    yield _moment_by_hand("entered_at")
    yield room("dossier_code", "entered_by")


def _moment_by_hand(label: str) -> Line:
    return Line((Field(word(label), word("moment_by_hand")),), roomy=True)


def _to_tick(form: PaperSlip, width: int) -> Table:
    """A box and the number of copies beside each component; the kind of copy stands with its name."""
    rows = [head("number_column", "component_column", "tick_column", "copies_column")]
    names = [_with_copy_type(one) for one in form.components] + [""] * form.spare
    rows += [row((str(at), name, word("box"), ""), centred=(0, 2, 3)) for at, name in enumerate(names, start=1)]
    return Table((9, width - 38, 13, 16), tuple(rows), tall=tuple(range(len(rows) - form.spare, len(rows))))


def _with_copy_type(component: SubmittedComponent) -> str:
    name, copy_type = _name(component), printable(component.copy_type)
    return word("with_copy_type", name=name, copy_type=copy_type) if copy_type else name


def supplement_request(form: SupplementRequest, numbering: Numbering) -> Iterator[Block]:
    """Yield the request: everything that is missing, numbered, why, and whom to ask."""
    yield heading("supplement_request", form.letterhead, numbering)
    yield title("supplement_request", numbering, form.dossier_code)
    yield from person("dossier_of", form.applicant)
    yield from line(("request", form.request))
    yield Sentence(word("items"))
    for number, text in enumerate(form.items, start=1):
        yield Sentence(word("item", number=number, text=printable(text)))
    yield from line(("reason", form.reason))
    if form.contact:
        yield Sentence(word("contact", contact=printable(form.contact)))
    yield Signatures((Signature(), by_hand("guide", form.guided_by)))


def refusal(form: Refusal, numbering: Numbering) -> Iterator[Block]:
    """Yield the refusal of reception with its reason."""
    yield heading("refusal", form.letterhead, numbering)
    yield title("refusal", numbering, form.dossier_code)
    yield from person("received_from", form.applicant)
    yield from line(("request", form.request))
    yield from line(("refusal_reason", form.reason))
    yield Signatures((by_hand("submitter", form.submitted_by), by_hand("receiver", form.received_by)))
