"""What the seven forms of the one-stop shop say, as plain data: fields of TT 01/2018/TT-VPCP and TT 03/2025/TT-VPCP.

Empty optional fields are left out of the print. Moments carry a time zone and are printed on Vietnamese clocks.
The only personal data on a form are those handed in here; where even the name is missing (personal data are off), dots
leave room to write them by hand.
"""

from dataclasses import dataclass
from datetime import date, datetime

from chuan.rules.deadlines.punctuality import Punctuality


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues the form, under which number, where and when.

    `agency` stands over `unit` (cơ quan, bộ phận); `number` is the running number; `symbol` replaces the usual one of
    the form ("PBS") where the agency writes another.
    """

    agency: str
    unit: str = ""
    number: int | None = None
    symbol: str = ""
    place: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Applicant:
    """The person or organisation whose dossier it is; `representative` files for them with an authority.

    Without a name nothing is known of them: the form has dots for name, identity, address, phone and email.
    """

    name: str = ""
    identity: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    representative: str = ""


@dataclass(frozen=True, slots=True)
class SubmittedComponent:
    """One paper or file that was handed in; a component taken from a database names it and has no copies."""

    name: str
    copy_type: str = ""
    copies: int | None = None
    replaced_by_database: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs for the agency: "TM. ỦY BAN NHÂN DÂN" (may be empty), "CHỦ TỊCH", the name."""

    position: str
    name: str = ""
    on_behalf: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả. `limit` is the time as words ("12 ngày làm việc")."""

    letterhead: Letterhead
    dossier_code: str
    applicant: Applicant
    request: str
    received_at: datetime
    due_at: datetime | None = None
    components: tuple[SubmittedComponent, ...] = ()
    sets: int = 1
    limit: str = ""
    result_place: str = ""
    book: int | None = None
    book_number: int | None = None
    submitted_by: str = ""
    received_by: str = ""


@dataclass(frozen=True, slots=True)
class SupplementRequest:
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: everything that is missing, at once."""

    letterhead: Letterhead
    applicant: Applicant
    request: str
    items: tuple[str, ...]
    reason: str = ""
    dossier_code: str = ""
    contact: str = ""
    guided_by: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ. There may be no code yet: nothing was received."""

    letterhead: Letterhead
    applicant: Applicant
    request: str
    reason: str
    dossier_code: str = ""
    submitted_by: str = ""
    received_by: str = ""


@dataclass(frozen=True, slots=True)
class Apology:
    """Văn bản xin lỗi: `due_at` was promised, `new_due_at` is the new promise."""

    letterhead: Letterhead
    dossier_code: str
    applicant: Applicant
    request: str
    received_at: datetime
    due_at: datetime
    new_due_at: datetime
    reason: str
    signer: Signer


@dataclass(frozen=True, slots=True)
class StopNotice:
    """Thông báo dừng giải quyết hồ sơ: since when, why, on what ground, and what the applicant may do."""

    letterhead: Letterhead
    dossier_code: str
    applicant: Applicant
    request: str
    received_at: datetime
    stopped_at: datetime
    reason: str
    signer: Signer
    legal_basis: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """One hand-over: who gave to whom (agency or unit, then the person), when, and how the giver's time went."""

    giver: str
    taker: str
    at: datetime
    given_by: str = ""
    taken_by: str = ""
    punctuality: Punctuality = Punctuality.NOT_JUDGED
    note: str = ""


@dataclass(frozen=True, slots=True)
class ControlSheet:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ, made from the trace of the dossier."""

    letterhead: Letterhead
    dossier_code: str
    request: str
    handling_agency: str
    received_at: datetime
    due_at: datetime | None = None
    coordinating_agencies: tuple[str, ...] = ()
    hand_overs: tuple[HandOver, ...] = ()


@dataclass(frozen=True, slots=True)
class BookEntry:
    """One line of the book. `number` runs on through the year, also when a second book is begun."""

    number: int
    dossier_code: str
    service: str
    applicant: str
    handling_agency: str
    received_at: datetime
    contact: str = ""
    due_at: datetime | None = None
    returned_at: datetime | None = None
    return_way: str = ""
    signed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DayBook:
    """Sổ theo dõi hồ sơ of a year; a closed book (`closed_on`) says which numbers it holds and who closed it."""

    letterhead: Letterhead
    year: int
    book: int
    entries: tuple[BookEntry, ...]
    closed_on: date | None = None
    closed_by: Signer | None = None


@dataclass(frozen=True, slots=True)
class PaperSlip:
    """A receipt to be written by hand while the network is down, and entered later with both times (rule R21).

    `number` is that of the slip on its pad. `components` are printed with boxes to tick, `spare` empty rows follow.
    Without `request` the service, too, is written by hand. `letterhead.number` and `issued_on` are not printed.
    """

    letterhead: Letterhead
    number: int
    request: str = ""
    components: tuple[SubmittedComponent, ...] = ()
    limit: str = ""
    result_place: str = ""
    spare: int = 1


Form = Receipt | SupplementRequest | Refusal | Apology | StopNotice | ControlSheet | DayBook | PaperSlip
