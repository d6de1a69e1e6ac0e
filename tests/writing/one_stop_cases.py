"""What the forms of the one-stop shop are printed with: usual content, sparse (personal data off), heavy."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from chuan.reading.law import load_forms
from chuan.rules.deadlines.punctuality import Punctuality
from chuan.writing.one_stop import (
    Apology,
    Applicant,
    BookEntry,
    ControlSheet,
    DayBook,
    Form,
    HandOver,
    Letterhead,
    Numbering,
    PaperSlip,
    Receipt,
    Refusal,
    Signer,
    StopNotice,
    SubmittedComponent,
    SupplementRequest,
)

NEW = Numbering(load_forms(), "03/2025/TT-VPCP")
OLD = Numbering(load_forms(), "01/2018/TT-VPCP")
CODE = "H13.29.108-261123-010011"
RECEIVED = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
DUE = datetime(2026, 12, 9, 10, 0, tzinfo=UTC)
LATER = datetime(2027, 1, 5, 10, 0, tzinfo=UTC)
LETTERHEAD = Letterhead(
    "Ủy ban nhân dân xã Thanh Bình",
    "Trung tâm Phục vụ hành chính công",
    number=7,
    place="Thanh Bình",
    issued_on=date(2026, 11, 23),
)
APPLICANT = Applicant(
    "Công ty trách nhiệm hữu hạn một thành viên Thương mại - Dịch vụ - Xuất nhập khẩu Thủy sản Phương Nam",
    "1801234567",
    "Số 12, đường Trần Phú, ấp Thanh Bình 2, xã Thanh Bình, thành phố Cần Thơ",
    "0912 345 678",
    "van-phong.tong-hop@thuysan-phuongnam-cuulong.example.vn",
)
SERVICE = "Cấp giấy phép xây dựng mới đối với công trình cấp III, cấp IV và nhà ở riêng lẻ"
PAPERS = (
    SubmittedComponent("Đơn đề nghị cấp giấy phép xây dựng", "Bản chính", 1),
    SubmittedComponent("Giấy chứng nhận", replaced_by_database="Cơ sở dữ liệu quốc gia về đất đai"),
    SubmittedComponent("Bản vẽ thiết kế kèm theo Giấy chứng nhận thẩm duyệt thiết kế", "Bản sao chứng thực", 2),
)
RECEIPT = Receipt(
    LETTERHEAD,
    CODE,
    APPLICANT,
    SERVICE,
    RECEIVED,
    DUE,
    PAPERS,
    limit="12 ngày làm việc",
    result_place="Trung tâm Phục vụ hành chính công xã Thanh Bình",
    book=1,
    book_number=1432,
    submitted_by="Nguyễn Thị Kim Ngân",
    received_by="Trần Văn An",
)
SUPPLEMENT = SupplementRequest(
    LETTERHEAD, APPLICANT, SERVICE, ("Bản vẽ mặt cắt móng.", "Số tầng của công trình."), "Thiếu bản vẽ", CODE
)
REFUSAL = Refusal(LETTERHEAD, APPLICANT, SERVICE, "Thửa đất đã có quyết định thu hồi")
SIGNER = Signer("Chủ tịch", "Đoàn Văn Sơn", "TM. ỦY BAN NHÂN DÂN")
APOLOGY = Apology(LETTERHEAD, CODE, APPLICANT, SERVICE, RECEIVED, DUE, LATER, "Chưa có ý kiến của Sở Xây dựng", SIGNER)
STOP = StopNotice(LETTERHEAD, CODE, APPLICANT, SERVICE, RECEIVED, DUE, "Người nộp rút hồ sơ", SIGNER)
HAND_OVERS = (
    HandOver("Bộ phận Một cửa", "Phòng Kinh tế", RECEIVED, "Trần Văn An", "Phạm Bảo", Punctuality.ON_TIME),
    HandOver("Phòng Kinh tế", "Lãnh đạo xã", DUE, "Phạm Bảo", "Đoàn Văn Sơn", Punctuality.LATE, "Chậm 1 ngày"),
)
SHEET = ControlSheet(LETTERHEAD, CODE, SERVICE, "Phòng Kinh tế", RECEIVED, DUE, ("Sở Xây dựng",), HAND_OVERS)
ENTRIES = tuple(
    BookEntry(number, f"{CODE[:-4]}{number:04d}", SERVICE, APPLICANT.name, "Phòng Kinh tế", RECEIVED, due_at=DUE)
    for number in (1433, 1431, 1432)
)
BOOK = DayBook(LETTERHEAD, 2026, 2, ENTRIES, closed_on=date(2026, 12, 31), closed_by=SIGNER)
USUAL: dict[str, Form] = {
    "receipt": RECEIPT,
    "supplement": SUPPLEMENT,
    "refusal": REFUSAL,
    "apology": APOLOGY,
    "stop": STOP,
    "sheet": SHEET,
    "book": BOOK,
}

# Sparse: the dossier and the agency are known, of the person nothing.
PLAIN = Letterhead("Ủy ban nhân dân xã Thanh Bình")
CHAIR = Signer("Chủ tịch")
SPARSE: dict[str, Form] = {
    "receipt": Receipt(PLAIN, CODE, Applicant(), SERVICE, RECEIVED, DUE),
    "supplement": SupplementRequest(PLAIN, Applicant(), SERVICE, ("Bản vẽ mặt cắt móng.",)),
    "refusal": Refusal(PLAIN, Applicant(), SERVICE, "Không thuộc thẩm quyền"),
    "apology": Apology(PLAIN, CODE, Applicant(), SERVICE, RECEIVED, DUE, LATER, "Thiếu ý kiến", CHAIR),
    "stop": StopNotice(PLAIN, CODE, Applicant(), SERVICE, RECEIVED, DUE, "Người nộp rút hồ sơ", CHAIR),
    "sheet": ControlSheet(PLAIN, CODE, SERVICE, "Phòng Kinh tế", RECEIVED),
    "book": DayBook(PLAIN, 2026, 1, (BookEntry(1, CODE, SERVICE, "", "Phòng Kinh tế", RECEIVED),)),
}

# Heavy: thirty components, the longest names there are, reasons of many sentences, a book of 120 lines.
LONG_REASON = " ".join(
    f"Điểm {at}: bản vẽ mặt bằng công trình chưa thể hiện chỉ giới xây dựng, khoảng lùi và ranh giới thửa đất theo "
    "trích lục bản đồ địa chính; số liệu trong thuyết minh khác với số liệu trên bản vẽ."
    for at in range(1, 9)
)
LONG_SERVICE = (
    "Cấp giấy phép xây dựng mới đối với công trình cấp III, cấp IV (công trình không theo tuyến, theo tuyến trong đô "
    "thị, tín ngưỡng, tôn giáo, tượng đài, tranh hoành tráng, theo giai đoạn cho công trình không theo tuyến, theo "
    "giai đoạn cho công trình theo tuyến trong đô thị, dự án) và nhà ở riêng lẻ"
)
LONG_HEAD = Letterhead(
    "Ủy ban nhân dân phường Tân Thới Hiệp Đông Hưng Thuận Trung Mỹ Tây",
    "Trung tâm Phục vụ hành chính công và Tiếp nhận, trả kết quả giải quyết thủ tục hành chính liên thông",
    number=12345,
    symbol="TTPVHCC-TNTKQ",
    place="Tân Thới Hiệp Đông Hưng Thuận",
    issued_on=date(2026, 11, 23),
)
LONG_APPLICANT = replace(APPLICANT, name=f"{APPLICANT.name} và các cộng sự, chi nhánh tại thành phố Cần Thơ, " * 2)
THIRTY = tuple(
    SubmittedComponent(
        f"Giấy tờ thứ {at}: {LONG_SERVICE if at % 10 == 0 else 'bản vẽ thiết kế và văn bản thẩm định kèm theo'}",
        ("Bản chính", "Bản sao chứng thực", "Bản điện tử")[at % 3],
        at,
    )
    for at in range(1, 31)
)
ROUTE = ("Bộ phận Một cửa", "Phòng Kinh tế, Hạ tầng và Đô thị", "Lãnh đạo Ủy ban nhân dân phường", "Văn thư")
HEAVY: dict[str, Form] = {
    "receipt": replace(
        RECEIPT, letterhead=LONG_HEAD, applicant=LONG_APPLICANT, request=LONG_SERVICE, components=THIRTY, sets=30
    ),
    "supplement": replace(
        SUPPLEMENT,
        letterhead=LONG_HEAD,
        applicant=LONG_APPLICANT,
        request=LONG_SERVICE,
        items=tuple(f"{one.name}." for one in THIRTY),
        reason=LONG_REASON,
        contact="bà Trần Thị Ngọc Ánh, Trung tâm Phục vụ hành chính công, số điện thoại 0292 3 123 456,",
    ),
    "refusal": replace(
        REFUSAL,
        letterhead=LONG_HEAD,
        applicant=LONG_APPLICANT,
        request=LONG_SERVICE,
        reason=f"{LONG_REASON} {LONG_REASON}",
    ),
    "apology": replace(
        APOLOGY, letterhead=LONG_HEAD, applicant=LONG_APPLICANT, request=LONG_SERVICE, reason=LONG_REASON
    ),
    "stop": replace(
        STOP,
        letterhead=LONG_HEAD,
        applicant=LONG_APPLICANT,
        request=LONG_SERVICE,
        reason=LONG_REASON,
        legal_basis="Khoản 2 Điều 19 của Quy định về tiếp nhận, giải quyết hồ sơ",
        advice="Nộp lại hồ sơ khi đã hoàn thiện; khiếu nại trong thời hạn 90 ngày",
    ),
    "sheet": replace(
        SHEET,
        letterhead=LONG_HEAD,
        request=LONG_SERVICE,
        coordinating_agencies=("Sở Xây dựng", "Sở Nông nghiệp và Môi trường", "Công an thành phố", "Chi cục Thuế"),
        hand_overs=tuple(
            HandOver(
                ROUTE[at % 4],
                ROUTE[(at + 1) % 4],
                RECEIVED + timedelta(hours=5 * at),
                "Trần Nguyễn Hoàng Phương An",
                "Phạm Bảo",
                tuple(Punctuality)[at % 3],
                "Chờ ý kiến của cơ quan phối hợp" if at % 5 == 0 else "",
            )
            for at in range(30)
        ),
    ),
    "book": replace(
        BOOK,
        letterhead=LONG_HEAD,
        entries=tuple(
            BookEntry(
                at,
                f"{CODE[:-4]}{at:04d}",
                LONG_SERVICE if at % 20 == 0 else SERVICE,
                APPLICANT.name if at % 3 == 0 else "Nguyễn Thị Kim Ngân",
                ROUTE[1],
                RECEIVED,
                APPLICANT.address,
                DUE,
                DUE if at % 2 else None,
                "Trực tiếp" if at % 2 else "Bưu chính công ích",
                "",
                "Gia hạn" if at % 11 == 0 else "",
            )
            for at in range(1, 121)
        ),
    ),
}
SLIP = PaperSlip(replace(LETTERHEAD, issued_on=None), 1, SERVICE, PAPERS, limit="12 ngày làm việc")
EMPTY_SLIP = PaperSlip(PLAIN, 7, spare=5)
CONTENTS = {"usual": USUAL, "sparse": SPARSE, "heavy": HEAVY}
