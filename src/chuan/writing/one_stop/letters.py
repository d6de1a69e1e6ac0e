"""Letters to the applicant: the apology with the new day, the notice that handling stops."""

from collections.abc import Iterator

from chuan.writing.one_stop.content import Block, Sentence, Signature, Signatures
from chuan.writing.one_stop.forms import Apology, Applicant, StopNotice
from chuan.writing.one_stop.numbering import Numbering
from chuan.writing.one_stop.words import for_agency, heading, identity, issuer, line, moment, title, word
from chuan.writing.phrases import printable


def apology(form: Apology, numbering: Numbering) -> Iterator[Block]:
    """Yield the apology (facts of the dossier, what was promised, why it is late, the new promise)."""
    yield heading("apology", form.letterhead, numbering)
    yield title("apology", numbering, form.dossier_code)
    yield _to(form.applicant)
    yield Sentence(word("apology", agency=issuer(form.letterhead)))
    yield from line(("service", form.request))
    yield from identity(form.applicant)
    yield from line(("received_at", moment(form.received_at)))
    yield from line(("old_due_at", moment(form.due_at)))
    yield from line(("delay_reason", form.reason))
    yield from line(("new_due_at", moment(form.new_due_at)), strong=True)
    yield Sentence(word("apology_end"))
    yield Signatures((Signature(), for_agency(form.signer)))


def _to(applicant: Applicant) -> Sentence:
    name = printable(applicant.name)
    return Sentence(word("to", name=name).strip(), centred=bool(name), by_hand=not name)


def stop_notice(form: StopNotice, numbering: Numbering) -> Iterator[Block]:
    """Yield the notice. TT 01/2018/TT-VPCP has no such form: under its numbering it bears no form number."""
    yield heading("stop_notice", form.letterhead, numbering)
    yield title("stop_notice", numbering, form.dossier_code)
    yield _to(form.applicant)
    yield Sentence(word("stop", agency=issuer(form.letterhead)))
    yield from line(("service", form.request))
    yield from identity(form.applicant)
    yield from line(("received_at", moment(form.received_at)))
    yield from line(("stopped_at", moment(form.stopped_at)), strong=True)
    yield from line(("stop_reason", form.reason))
    yield from line(("legal_basis", form.legal_basis))
    yield from line(("advice", form.advice))
    yield Signatures((Signature(), for_agency(form.signer)))
