"""What stands on a printed procedure beside the procedure itself: who issued it, when, who signed, what changed."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Signature:
    """A column of the signature table: position, name and day of who drafted, reviewed or approved."""

    position: str = ""
    name: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """A row of SỬA ĐỔI TÀI LIỆU: the part that changed, how, and in which issue."""

    part: str
    text: str
    issue: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover. `decision` is what the procedure is issued with ("Quyết định số … ngày … của …").

    `agency` in usual writing ("UBND xã Thanh Bình", for the running header), `heading` as in the national heading, one
    line each ("ỦY BAN NHÂN DÂN", "XÃ THANH BÌNH"); empty: the agency in capitals. `mark` stands on every page of what
    does not apply ("DỰ THẢO", "HẾT HIỆU LỰC").
    """

    agency: str = ""
    heading: tuple[str, ...] = ()
    parent_agency: str = ""
    decision: str = ""
    signed_by: str = ""
    mark: str = ""
    issue: str = ""
    revision: str = "00"
    issued_on: date | None = None
    effective_on: date | None = None
    drafted: Signature = Signature()
    reviewed: Signature = Signature()
    approved: Signature = Signature()
    revisions: tuple[Revision, ...] = ()
