"""Headings of the exports of one-stop desks: what each column is, whatever words a system has for it."""

from pathlib import Path

import pytest

from chuan.reading.eventlogs import LogMapping, propose_mapping
from chuan.rules.eventlog import EventLog
from chuan.text.messages import BadInput

from .small_logs import codes, log_of, told

RECEIVED = """Ngày nhận|Ngày tiếp nhận|Ngày tiếp nhận HS|TG nhận|TG tiếp nhận|Thời gian nhận hồ sơ|Ngày giờ nhận hồ sơ
Thời điểm TN|Ngày vào sổ|Ngày nhận đủ hồ sơ|Ngày đến|Lúc nhận|Ngày, tháng, năm tiếp nhận|Tiếp nhận|Nhận HS|Đã nhận
Ngày nhận (dd/mm/yyyy)|Bắt đầu|Ngày bắt đầu|TG bắt đầu|Ngày thụ lý|Date received"""
DUE = """Ngày hẹn|Ngày hẹn trả|Hẹn trả|Hạn trả|Hẹn trả KQ|Ngày hẹn trả KQ|TG hẹn trả|Hạn xử lý|Hạn GQ|Ngày đến hạn
Ngày dự kiến trả KQ|Thời hạn trả kết quả|Hạn|Ngày phải trả kết quả|Thời gian hẹn trả KQ (theo phiếu)|Ngày hết hạn
Ngày trả KQ dự kiến|Dự kiến trả"""
FINISHED = """Ngày HT|Ngày hoàn thành|Ngày hoàn tất|Hoàn tất|Thời gian hoàn thành|TG HT|Hoàn thành|Thời gian kết thúc
Kết thúc|Ngày kết thúc|Ngày KT|Ngày kết quả|Ngày KQ|Ngày ra KQ|Có kết quả|Ngày có KQ|Thực tế hoàn thành
Thời gian xử lý xong|Ngày trả kết quả thực tế|Ngày giải quyết xong|Ngày GQ xong|Ngày GQ|Ngày thực trả
Ngày thực tế|Thời điểm có kết quả|Xong
Hoàn thành thực tế|Thời gian thực tế|Ngày hoàn thành HS|Finished"""
RETURNED = """Ngày trả|Ngày trả KQ|Trả KQ|TG trả KQ|Ngày trả KQ cho công dân|Ngày nhận kết quả|Trả kết quả
Ngày giao kết quả|Đã trả KQ|Ngày công dân nhận kết quả"""
OTHERS = {
    "dossier": "Mã hồ sơ|MHS|Mã HS|Số HS|SBN|Số biên nhận|Mã số hồ sơ",
    "status": "Trạng thái|Tình trạng|Trạng thái HS|Tình trạng xử lý",
    "service_code": "Mã TTHC|Mã thủ tục|Mã số thủ tục hành chính",
    "filed_at": "Ngày nộp|Ngày nộp HS|Thời gian nộp|Ngày gửi hồ sơ|Ngày đăng ký",
}


def each(lists: str) -> list[str]:
    return lists.replace("\n", "|").split("|")


def row_of(headings: dict[str, str]) -> dict[str, str]:
    """Return fact -> heading as proposed for a table of one dossier with these headings."""
    cells = {
        "dossier": "H1",
        "received_at": "03/08/2026 08:00",
        "due_at": "10/08/2026 17:00",
        "finished_at": "07/08/2026 09:00",
        "returned_at": "07/08/2026 15:00",
        "filed_at": "01/08/2026 08:00",
        "status": "Đã giải quyết",
        "service_code": "1.013225",
    }
    proposal = propose_mapping(list(headings.values()), [[cells[fact] for fact in headings]])
    assert proposal.granularity == "dossier"
    return dict(proposal.columns)


USUAL = {"dossier": "Mã hồ sơ", "received_at": "Ngày tiếp nhận", "due_at": "Ngày hẹn trả"}
NAMED = [
    *(("received_at", one) for one in each(RECEIVED)),
    *(("due_at", one) for one in each(DUE)),
    *(("finished_at", one) for one in each(FINISHED)),
    *(("returned_at", one) for one in each(RETURNED)),
    *((fact, one) for fact, names in OTHERS.items() for one in each(names)),
]


@pytest.mark.parametrize(("fact", "heading"), NAMED, ids=[heading for _, heading in NAMED])
def test_a_heading_of_an_export_tells_the_right_thing(fact: str, heading: str) -> None:
    given = USUAL | {"status": "Tình trạng hồ sơ"} | {fact: heading}
    assert row_of(given) == given


def export(headings: str, *rows: str) -> str:
    return "\n".join((headings, *rows)) + "\n"


def finished(log: EventLog) -> list[str]:
    return [f"{one.finished_at:%d/%m %H:%M}" if one.finished_at else "" for one in log.dossiers]


def test_the_only_moment_beside_reception_and_due_date_is_the_finish_and_a_note_says_so(tmp_path: Path) -> None:
    rows = "H1,03/08/2026 08:00,10/08/2026 17:00,07/08/2026 09:00"
    log = log_of(tmp_path, export("Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Ngày phê duyệt", rows))
    assert finished(log) == ["07/08 09:00"]
    assert codes(log) == ["eventlogs.finish_guessed"]


def test_columns_of_days_that_tell_nothing_are_named(tmp_path: Path) -> None:
    rows = "H1,03/08/2026 08:00,10/08/2026 17:00,07/08/2026 09:00,02/02/1990 00:00,04/08/2026 10:00"
    heads = "Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Ngày hoàn thành,Ngày sinh,Thời gian cập nhật"
    log = log_of(tmp_path, export(heads, rows))
    assert finished(log) == ["07/08 09:00"]
    unread = [note.values["columns"] for note in log.notes if note.code == "eventlogs.columns_unread"]
    assert unread == ["«Ngày sinh», «Thời gian cập nhật»"]


def test_the_day_it_was_really_returned_is_the_collection_where_the_finish_is_known(tmp_path: Path) -> None:
    rows = "H1,03/08/2026 08:00,10/08/2026 17:00,07/08/2026 09:00,12/08/2026 08:00"
    heads = "Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Ngày hoàn thành,Ngày trả kết quả thực tế"
    log = log_of(tmp_path, export(heads, rows))
    assert finished(log) == ["07/08 09:00"]
    assert f"{log.dossiers[0].returned_at:%d/%m}" == "12/08"


BELOW = [
    "Tiếp nhận,Hẹn trả,Hoàn thành",
    "Tiếp nhận,Hẹn trả,Thực tế hoàn thành",
    "Tiếp nhận,Hẹn trả kết quả,Có kết quả",
    "Nhận hồ sơ,Hẹn trả kết quả,Ngày giải quyết xong",
    "Bắt đầu,Hạn xử lý,Kết thúc",
    "Nhận,Hạn trả,Xong",
    "Tiếp nhận,Hẹn trả,Phê duyệt",
]


@pytest.mark.parametrize("above", ["Thời gian,,", '"Ngày, tháng, năm",,', "Nhận và trả kết quả,,", "Ngày,,"])
@pytest.mark.parametrize("below", BELOW)
def test_headings_in_two_rows_are_moments_of_the_dossier_not_steps(tmp_path: Path, above: str, below: str) -> None:
    log = log_of(
        tmp_path,
        export(
            "UBND PHƯỜNG X,,,,,,",
            f"STT,Mã hồ sơ,Chủ hồ sơ,{above},Trạng thái",
            f",,,{below},",
            "(1),(2),(3),(4),(5),(6),(7)",
            "1,H1,An,03/08/2026 08:00,10/08/2026 17:00,07/08/2026 09:00,Đã trả kết quả",
            "2,H2,Bình,04/08/2026 08:00,11/08/2026 17:00,,Đang xử lý",
        ),
    )
    assert (log.granularity, log.bad_rows) == ("dossier", ())
    assert finished(log) == ["07/08 09:00", ""]
    assert [f"{one.received_at:%d/%m} {one.source_due_at:%d/%m} {one.status}" for one in log.dossiers] == [
        "03/08 10/08 Đã trả kết quả",
        "04/08 11/08 Đang xử lý",
    ]


def test_columns_per_step_stay_steps_beside_the_moments_of_the_dossier(tmp_path: Path) -> None:
    rows = "H1,03/08/2026 08:00,04/08/2026 08:00,05/08/2026 08:00,10/08/2026 17:00,06/08/2026 08:00"
    log = log_of(tmp_path, export("Mã hồ sơ,Tiếp nhận,Thẩm định,Ký duyệt,Hẹn trả,Hoàn thành", rows))
    assert told(log) == [("H1", ["Tiếp nhận", "Thẩm định", "Ký duyệt"])]
    assert finished(log) == ["06/08 08:00"]


@pytest.mark.parametrize(
    "heads", ["Tiếp nhận,Thẩm định,Trả kết quả,Hẹn trả", "Tiếp nhận,Thẩm định,Ký duyệt,Ngày hẹn trả"]
)
def test_few_columns_of_steps_before_the_due_date_stay_steps(tmp_path: Path, heads: str) -> None:
    rows = "H1,03/08/2026 08:00,04/08/2026 08:00,05/08/2026 08:00,10/08/2026 17:00"
    log = log_of(tmp_path, export(f"Mã hồ sơ,{heads}", rows))
    assert told(log) == [("H1", heads.split(",")[:3])]


def test_the_same_words_are_the_time_of_a_step_in_a_table_of_events(tmp_path: Path) -> None:
    rows = "H1,Thẩm định,03/08/2026 08:00,04/08/2026 09:00"
    log = log_of(tmp_path, export("Mã hồ sơ,Công việc,Bắt đầu,Kết thúc", rows))
    assert (log.granularity, told(log), finished(log)) == ("event", [("H1", ["Thẩm định"])], [""])


@pytest.mark.parametrize(
    "text",
    [
        "Mã hồ sơ,Công việc,Thời gian hoàn thành\nH1,Thẩm định,hôm qua\n",
        "Mã hồ sơ,Ngày tiếp nhận\nH1,hôm qua\n",
    ],
)
def test_a_column_of_times_without_a_date_is_named_with_what_stands_there(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput) as caught:
        log_of(tmp_path, text)
    assert caught.value.message.code == "eventlogs.no_dates"
    assert caught.value.message.values["value"] == "hôm qua"


def test_a_moment_without_a_date_beside_others_is_told(tmp_path: Path) -> None:
    log = log_of(tmp_path, "Mã hồ sơ,Ngày tiếp nhận,Ngày hoàn thành\nH1,03/08/2026 08:00,xong rồi\n")
    assert codes(log) == ["eventlogs.no_dates"]


@pytest.mark.parametrize("what", ["Nội dung", "Công việc", "Bước xử lý"])
def test_a_row_of_each_dossier_with_its_dates_is_no_event_whatever_stands_beside(tmp_path: Path, what: str) -> None:
    heads = f"Mã hồ sơ,{what},Ngày tiếp nhận,Ngày hẹn trả,Ngày hoàn thành"
    rows = ["H1,Cấp phép,03/08/2026 08:00,10/08/2026 17:00,07/08/2026 09:00"]
    rows += ["H2,Cấp phép,04/08/2026 08:00,11/08/2026 17:00,"]
    log = log_of(tmp_path, export(heads, *rows))
    assert (log.granularity, finished(log)) == ("dossier", ["07/08 09:00", ""])
    assert codes(log) == ["eventlogs.rows_are_dossiers"]
    again = log_of(tmp_path, export(heads, *rows, "H1,Ký,03/08/2026 08:00,10/08/2026 17:00,08/08/2026 09:00"))
    assert (again.granularity, told(again)) == ("event", [("H1", ["Cấp phép", "Ký"])])
    mapped = log_of(tmp_path, export(heads, *rows), LogMapping(columns={"activity": what}))
    assert mapped.granularity == "event"


def test_captions_of_groups_and_their_counts_are_no_dossiers(tmp_path: Path) -> None:
    heads = "STT,Mã hồ sơ,Ngày nhận,Ngày hẹn"
    days = "10/08/2026 08:00,20/08/2026 17:00"
    log = log_of(
        tmp_path,
        export(
            heads,
            "I,LĨNH VỰC XÂY DỰNG,,",
            f"1,A1,{days}",
            ",Cộng: 2,,",
            "II. Lĩnh vực đất đai,,,",
            "LĨNH VỰC HỘ TỊCH,LĨNH VỰC HỘ TỊCH,LĨNH VỰC HỘ TỊCH,LĨNH VỰC HỘ TỊCH",
            f"2,A2,{days}",
            ",Tổng: 3,,",
            ",Cộng lĩnh vực: 3 hồ sơ,,",
            "3,A3,,",
            f"4,,{days}",
        ),
    )
    assert [one.id for one in log.dossiers] == ["A1", "A2"]
    assert [(bad.row, bad.value) for bad in log.bad_rows] == [(10, "A3"), (11, "")]
