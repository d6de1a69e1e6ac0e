"""The printed forms of the one-stop shop (TT 03/2025/TT-VPCP, Annex I; TT 01/2018/TT-VPCP): content in, file out. Pure.

    numbering = Numbering(load_forms(), "03/2025/TT-VPCP")       the text whose numbers and names the agency prints
    write_form_pdf(form, numbering, paper="a5") -> bytes          PDF/A with the shipped fonts
    write_form_word(form, numbering, paper="a5") -> bytes         .docx with the same content
    write_forms_pdf(forms, numbering, paper="a5") -> bytes        several forms in one file, each on pages of its own
    paper_slips(slip, numbering, count=50, paper="a5") -> bytes   a pad of receipts for when the network is down (R21)

A form is one of: Receipt (01), SupplementRequest (02), Refusal (03), Apology (04), StopNotice (05; none in TT 01/2018),
ControlSheet (06, formerly 05), DayBook (07, formerly 06; always A4 lying), PaperSlip (01 to be written by hand): plain
data, in `forms`. The same form gives the same bytes.

Personal data come from the caller alone and are off by default: `Applicant()` prints dots to write on. Moments carry
a time zone (ValueError otherwise). BadInput `one_stop.no_numbering` for a text without forms.
"""

from chuan.writing.one_stop.content import PaperName
from chuan.writing.one_stop.forms import (
    Apology,
    Applicant,
    BookEntry,
    ControlSheet,
    DayBook,
    Form,
    HandOver,
    Letterhead,
    PaperSlip,
    Receipt,
    Refusal,
    Signer,
    StopNotice,
    SubmittedComponent,
    SupplementRequest,
)
from chuan.writing.one_stop.numbering import Numbering
from chuan.writing.one_stop.pads import PAD, paper_slips
from chuan.writing.one_stop.pdf import write_form_pdf, write_forms_pdf
from chuan.writing.one_stop.word import write_form_word

__all__ = [
    "PAD",
    "Apology",
    "Applicant",
    "BookEntry",
    "ControlSheet",
    "DayBook",
    "Form",
    "HandOver",
    "Letterhead",
    "Numbering",
    "PaperName",
    "PaperSlip",
    "Receipt",
    "Refusal",
    "Signer",
    "StopNotice",
    "SubmittedComponent",
    "SupplementRequest",
    "paper_slips",
    "write_form_pdf",
    "write_form_word",
    "write_forms_pdf",
]
