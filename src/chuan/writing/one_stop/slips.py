"""The slips of the reception desk, A5: receipt, request for supplement, refusal of reception."""

from collections.abc import Iterator

from chuan.writing.blocks import Table
from chuan.writing.one_stop.content import A5, Block, Sentence, Signature, Signatures
from chuan.writing.one_stop.forms import Receipt, Refusal, SubmittedComponent, SupplementRequest
from chuan.writing.one_stop.numbering import Numbering
from chuan.writing.one_stop.words import by_hand, head, heading, line, moment, padded, person, row, title, word
from chuan.writing.phrases import printable


def receipt(form: Receipt, numbering: Numbering) -> Iterator[Block]:
    """Yield the receipt: who, what was handed in, when, and when and where the result will be."""
    yield heading("receipt", form.letterhead, numbering)
    yield title("receipt", numbering, form.dossier_code)
    yield from person("received_from", form.applicant)
    yield from line(("request", form.request))
    if form.components:
        yield Sentence(f"{word('components')}:")
        yield _components(form.components)
    yield from line(("sets", word("sets_value", sets=padded(form.sets))))
    yield from line(("limit", form.limit))
    yield from line(("received_at", moment(form.received_at)))
    yield from line(("due_at", moment(form.due_at)), strong=True)
    yield from line(("result_place", form.result_place))
    yield from line(("book", _count(form.book)), ("book_number", _count(form.book_number)))
    yield Signatures((by_hand("submitter", form.submitted_by), by_hand("receiver", form.received_by)))


def _count(number: int | None) -> str:
    return "" if number is None else padded(number)


def _components(components: tuple[SubmittedComponent, ...]) -> Table:
    """The kind of copy has a column only when somebody said one."""
    width = A5.text_width
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
