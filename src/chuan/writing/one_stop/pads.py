"""A pad of paper slips for when the network is down: receipts to be written by hand, numbered on."""

from dataclasses import replace

from chuan.writing.one_stop.content import PaperName
from chuan.writing.one_stop.forms import PaperSlip
from chuan.writing.one_stop.numbering import Numbering
from chuan.writing.one_stop.pdf import write_forms_pdf

PAD = 50
"""Slips on a usual pad."""


def paper_slips(slip: PaperSlip, numbering: Numbering, *, count: int = PAD, paper: PaperName = "a5") -> bytes:
    """Return a pad of `count` slips (at least one) as PDF/A, numbered on from the number of `slip`.

    Each is filled in by hand with the time of reception while the system is down; entered later, the dossier keeps
    both times, that of the slip and that of its entry (rule R21).
    """
    return write_forms_pdf([replace(slip, number=slip.number + at) for at in range(count)], numbering, paper)
