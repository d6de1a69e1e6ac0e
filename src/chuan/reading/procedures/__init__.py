"""Reading of written procedures: Word, Excel or JSON → `Procedure`, with places and doubts. See docs/formats.md."""

from chuan.reading.procedures.entries import Place
from chuan.reading.procedures.files import read_procedures
from chuan.reading.procedures.reading import Reading, read_document

__all__ = ["Place", "Reading", "read_document", "read_procedures"]
