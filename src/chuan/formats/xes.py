"""XES event logs (IEEE 1849): a stream in, traces of attributes out. One pass, nothing of the XML is kept.

Hardened: a document type declaration is refused (entity expansion and external entities both need one); a packed file
that unpacks beyond all proportion is refused. Only the attributes directly under a trace or an event are read; nested
ones, global defaults and classifiers describe the log and are left out.
"""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from chuan.text.messages import BadInput

MAX_UNPACKED_BYTES = 4_000_000_000
MAX_PACKING_RATIO = 300  # XES repeats itself: real logs reach 100; gzip can reach 1,032
RATIO_MATTERS_FROM = 50_000_000
_CHUNK = 1 << 18
_GZIP = b"\x1f\x8b"
_ATTRIBUTES = frozenset(("string", "date", "int", "float", "boolean", "id"))
_TRACE, _EVENT = 1, 2

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Trace:
    """One case: its own attributes and those of its events, in the order of the file. All values are text."""

    attributes: dict[str, str] = field(default_factory=dict)
    events: list[dict[str, str]] = field(default_factory=list)


def read_traces(path: Path, progress: Progress | None = None) -> list[Trace]:
    """Return the traces of a `.xes` or `.xes.gz` file. `progress(done, total)` counts bytes of the file.

    Raises BadInput: empty, no XES, broken XML (with the line), a document type, cut off, unpacking out of proportion.
    """
    handler = _Handler()
    size = path.stat().st_size
    with path.open("rb") as file:
        if not size:
            raise BadInput("xes.empty")
        packed = file.read(2) == _GZIP
        file.seek(0)
        _feed(handler, gzip.GzipFile(fileobj=file) if packed else file, file, size, progress)
    return handler.finished()


def _feed(
    handler: "_Handler", stream: BinaryIO | gzip.GzipFile, file: BinaryIO, size: int, tell: Progress | None
) -> None:
    unpacked = 0
    try:
        while chunk := stream.read(_CHUNK):
            unpacked += len(chunk)
            if unpacked > MAX_UNPACKED_BYTES or unpacked > max(RATIO_MATTERS_FROM, MAX_PACKING_RATIO * size):
                raise BadInput("xes.too_large", limit=MAX_UNPACKED_BYTES // 1_000_000)
            handler.parser.Parse(chunk, False)
            if tell:
                tell(min(file.tell(), size), size)
        handler.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BadInput("xes.broken", line=error.lineno) from None
    except (gzip.BadGzipFile, zlib.error, EOFError):
        raise BadInput("xes.broken_gzip") from None


class _Handler:
    """Collects traces from the parser's calls. `_inside`: 0, _TRACE or _EVENT; `_nested`: depth below an attribute."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start_root
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._traces: list[Trace] = []
        self._trace = Trace()
        self._target: dict[str, str] = {}
        self._inside = 0
        self._nested = 0

    def finished(self) -> list[Trace]:
        """Return the traces, after the whole file was parsed."""
        return self._traces

    def _refuse_doctype(self, *_: object) -> None:
        raise BadInput("xes.doctype")

    def _start_root(self, tag: str, _: dict[str, str]) -> None:
        if _local(tag) != "log":
            raise BadInput("xes.not_xes", tag=tag[:40])
        self.parser.StartElementHandler = self._start

    def _start(self, tag: str, values: dict[str, str]) -> None:
        if self._nested:
            self._nested += 1
        elif tag in _ATTRIBUTES or _local(tag) in _ATTRIBUTES:
            self._nested = 1
            if self._inside:
                self._target[values.get("key", "")] = values.get("value", "")
        elif _local(tag) == "event" and self._inside == _TRACE:
            self._inside, self._target = _EVENT, {}
            self._trace.events.append(self._target)
        elif _local(tag) == "trace" and not self._inside:
            self._trace = Trace()
            self._traces.append(self._trace)
            self._inside, self._target = _TRACE, self._trace.attributes
        else:
            self._nested = 1  # global, classifier, extension, list, container: what they hold is not the case's

    def _end(self, _: str) -> None:
        if self._nested:
            self._nested -= 1
        elif self._inside == _EVENT:
            self._inside, self._target = _TRACE, self._trace.attributes
        elif self._inside == _TRACE:
            self._inside = 0


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]
