"""Pages of calendars, limits, the law and the standard: what they say, and who may change what."""

import re
from collections.abc import Callable
from fractions import Fraction

import pytest
from django.test import Client
from django.utils.html import escape

from chuan.norms.holidays.models import AgencyCalendar
from chuan.norms.law.models import LegalInstrument
from chuan.rules.procedure.amounts import written
from chuan.rules.procedure.structure import Limit, TimeUnit

from ..cast import Cast

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]

HOURS = {
    **dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "07:00-11:00, 13:00-17:00"),
    "saturday": "",
    "sunday": "",
    "saturday_counts": "1",
    "from_on": "01/12/2026",
    "decision": "12/QĐ-UBND",
}
CLOSURE = {"first": "18/11/2026", "last": "18/11/2026", "reason": "Sửa trụ sở", "decision": "15/TB-UBND"}


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_limit_is_answered_with_its_account(signed_in: SignedIn) -> None:
    shown = text_of(signed_in("an"), "/tinh-han/?nhan=20/11/2026+09:30&han=3+ngày+làm+việc")
    assert "17:00 26/11/2026" in shown  # Monday, not Tuesday 24/11, Wednesday, Thursday
    assert "Ngày tiếp nhận: không tính" in shown
    assert "Ngày Văn hóa Việt Nam" in shown
    assert "BLDS 2015, Điều 147" in shown


def test_rolling_days_end_at_the_minute(signed_in: SignedIn) -> None:
    shown = text_of(signed_in("an"), "/tinh-han/?nhan=16/11/2026+10:00&han=1+ngày+làm+việc&cach=rolling")
    assert "10:00 17/11/2026" in shown


def test_a_pause_and_a_restart_move_the_due_moment(signed_in: SignedIn) -> None:
    asked = "/tinh-han/?nhan=16/11/2026+09:00&han=2+ngày+làm+việc&tam_tu=17/11/2026+08:00&tam_den=18/11/2026+08:00"
    paused = text_of(signed_in("an"), f"{asked}&tam_cach=pause&tam_vi=chờ+nộp+thuế")
    assert "17:00 19/11/2026" in paused
    assert "chờ nộp thuế" in paused
    restarted = text_of(signed_in("an"), f"{asked}&tam_cach=restart&tam_vi=")
    assert "17:00 20/11/2026" in restarted
    assert "tính lại từ đầu" in restarted


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("nhan=hôm+qua&han=2+ngày", "Ghi ngày và giờ tiếp nhận"),
        ("nhan=31/02/2026+09:00&han=2+ngày", "Ghi ngày và giờ tiếp nhận"),
        ("nhan=16/11/2026+09:00&han=sớm", "Ghi thời hạn có số và đơn vị"),
        ("nhan=16/11/2026+09:00&han=3", "thiếu đơn vị"),
        ("nhan=16/11/2026+09:00&han=-5+ngày+làm+việc", "Ghi thời hạn có số và đơn vị"),
        ("nhan=16/11/2026+09:00&han=0+ngày", "Ghi thời hạn có số và đơn vị"),
        ("nhan=16/11/2026+09:00&han=khoảng+2+ngày", "“khoảng 2 ngày” chưa là một thời hạn rõ"),
        ("nhan=16/11/2026+09:00&han=2-3+ngày", "“2-3 ngày” chưa là một thời hạn rõ"),
        ("nhan=16/11/2026+09:00&han=3+ngày+hoặc+5+ngày", "chưa là một thời hạn rõ"),
        ("nhan=16/11/2026+09:00&han=99999+ngày+làm+việc", "dài hơn hai năm"),
        ("nhan=16/11/2026+09:00&han=9999999999+ngày+làm+việc", "quá dài"),
        ("nhan=16/11/2026+09:00&han=2+ngày&tam_tu=x", "Ghi ngày và giờ dạng"),
        ("nhan=16/11/2026+09:00&han=2+ngày&tam_tu=18/11/2026+09:00&tam_den=17/11/2026+09:00", "phải sau lúc"),
    ],
)
def test_what_cannot_be_computed_is_refused_with_the_mend(asked: str, said: str, signed_in: SignedIn) -> None:
    assert said in text_of(signed_in("an"), f"/tinh-han/?{asked}", 422)


def test_a_bare_day_is_a_working_day_as_in_the_editor_and_said_to_be_one(signed_in: SignedIn) -> None:
    client, asked = signed_in("an"), "/tinh-han/?nhan=20/11/2026+09:30&han=3+ngày"
    bare, full = text_of(client, asked), text_of(client, f"{asked}+làm+việc")
    assert "Hạn: 17:00 26/11/2026" in bare and "Hạn: 17:00 26/11/2026" in full
    assert "được hiểu là ngày làm việc" in bare and "được hiểu là" not in full


def test_days_said_to_be_calendar_days_are_not_asked_about(signed_in: SignedIn) -> None:
    shown = text_of(signed_in("an"), "/tinh-han/?nhan=20/11/2026+09:30&han=3+ngày+lịch")
    assert "<dd>3 ngày lịch</dd>" in shown and "được hiểu là" not in shown


@pytest.mark.parametrize(
    ("limit", "spans"),
    [
        ("6+giờ+làm+việc", ["10:00–11:30, 13:00–17:00", "07:30–08:00"]),
        ("2+ngày+làm+việc", ["10:00–24:00", "07:30–11:30, 13:00–17:00", "07:30–11:30, 13:00–17:00"]),
        ("2+ngày+lịch", ["10:00–24:00", "cả ngày", "00:00–17:00"]),
    ],
)
def test_the_ledger_shows_the_hours_in_which_the_clock_ran(limit: str, spans: list[str], signed_in: SignedIn) -> None:
    shown = text_of(signed_in("an"), f"/tinh-han/?nhan=16/11/2026+10:00&han={limit}")
    assert re.findall(r'/2026</td><td class="nowrap">([^<]*)', shown) == spans


def test_a_pause_is_taken_out_of_the_hours_of_its_day(signed_in: SignedIn) -> None:
    asked = "/tinh-han/?nhan=16/11/2026+08:00&han=5+giờ+làm+việc&tam_tu=16/11/2026+09:00&tam_den=16/11/2026+14:00"
    assert "08:00–09:00, 14:00–17:00" in text_of(signed_in("an"), f"{asked}&tam_cach=pause&tam_vi=")


def test_a_year_without_known_holidays_gives_no_firm_date(signed_in: SignedIn) -> None:
    shown = text_of(signed_in("an"), "/tinh-han/?nhan=27/04/2023+09:00&han=3+ngày+làm+việc")
    assert "Chưa chắc, vì không rõ ngày nghỉ lễ: 17:00 02/05/2023" in shown
    assert "Hạn:" not in shown


@pytest.mark.parametrize("unit", [unit for unit in TimeUnit if unit is not TimeUnit.SAME_WORKING_DAY])
def test_a_limit_is_asked_for_in_the_words_in_which_it_is_shown(unit: TimeUnit, signed_in: SignedIn) -> None:
    client = signed_in("an")
    client.cookies["language"] = "en"
    words = written(Limit(Fraction(5), unit), "en")
    shown = text_of(client, f"/tinh-han/?nhan=16/11/2026+09:00&han={words}")
    assert f"<dd>{words}</dd>" in shown


def test_in_english_documents_are_cited_in_english(signed_in: SignedIn) -> None:
    client = signed_in("an")
    client.cookies["language"] = "en"
    shown = text_of(client, "/tinh-han/?nhan=28/08/2026+09:00&han=5+working+days")
    assert "Labour Code 2019, Article 112" in shown
    assert "Civil Code 2015, Article 147" in shown


def test_pauses_stand_folded_until_there_is_one(signed_in: SignedIn) -> None:
    client, asked = signed_in("an"), "/tinh-han/?nhan=16/11/2026+09:00&han=2+ngày+làm+việc"
    assert '<details class="pauses">' in client.get(asked).content.decode()
    assert '<details class="pauses" open>' in client.get(f"{asked}&tam_tu=17/11/2026+08:00").content.decode()


def test_an_estimated_year_is_said_to_be_one(signed_in: SignedIn) -> None:
    assert "là dự kiến" in text_of(signed_in("an"), "/lich/?nam=2027")
    assert "là dự kiến" in text_of(signed_in("an"), "/tinh-han/?nhan=30/12/2026+09:00&han=5+ngày+làm+việc")
    assert "là dự kiến" not in text_of(signed_in("an"), "/lich/")


def test_a_closure_leaves_the_hours_their_own_day_and_decision(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("giang")
    client.post("/lich/thanhbinh/nghi/", CLOSURE)
    hours = r"<dt>Căn cứ</dt><dd>([^<]*)"
    assert re.findall(hours, text_of(client, "/lich/")) == ["Lịch chung; cơ quan chưa ghi giờ riêng"]
    client.post("/lich/thanhbinh/gio/", HOURS | {"from_on": "16/11/2026"})
    client.post("/lich/thanhbinh/nghi/", CLOSURE | {"first": "19/11/2026", "last": "19/11/2026"})
    assert re.findall(hours, text_of(client, "/lich/")) == ["12/QĐ-UBND"]
    assert "<dt>Áp dụng từ</dt><dd>16/11/2026</dd>" in text_of(client, "/lich/")


def test_law_that_ended_on_an_unknown_day_is_said_to_have_ended_by_when(signed_in: SignedIn) -> None:
    shown = text_of(signed_in("an"), "/van-ban/so/01/2018/TT-VPCP/")
    assert "Muộn nhất là ngày" in shown and "thấy văn bản thay thế được áp dụng" in shown
    assert "Độ tin cậy" not in shown


def test_the_year_names_each_special_day_and_its_document(signed_in: SignedIn) -> None:
    shown = text_of(signed_in("an"), "/lich/?nam=2026")
    assert "12729/VPCP-KGVX" in shown
    assert "10/01/2026" in shown


def test_a_preview_keeps_nothing_and_saving_makes_a_version(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("giang")
    preview = client.post("/lich/thanhbinh/gio/", {**HOURS, "xem": "1"})
    assert "07:00–11:00, 13:00–17:00" in preview.content.decode()
    assert not AgencyCalendar.objects.within(cast.an.agency).exists()
    assert client.post("/lich/thanhbinh/gio/", HOURS).status_code == 302
    shown = text_of(client, "/lich/")
    assert "Phiên bản 1 áp dụng từ 01/12/2026" in shown
    assert "07:00–11:00" in text_of(client, "/lich/?ban=1")


def test_hours_that_cannot_be_read_are_refused_beside_their_day(signed_in: SignedIn) -> None:
    answer = signed_in("giang").post("/lich/thanhbinh/gio/", {**HOURS, "tuesday": "7 giờ đến 11 giờ"})
    assert answer.status_code == 422
    assert "không chồng nhau" in answer.content.decode()


def test_a_closure_moves_what_is_due_and_can_be_taken_back(signed_in: SignedIn) -> None:
    client, asked = signed_in("giang"), "/tinh-han/?nhan=16/11/2026+09:00&han=2+ngày+làm+việc"
    preview = client.post("/lich/thanhbinh/nghi/", {**CLOSURE, "xem": "1"}).content.decode()
    assert "Cơ quan nghỉ riêng: Sửa trụ sở" in preview
    client.post("/lich/thanhbinh/nghi/", CLOSURE)
    assert "17:00 19/11/2026" in text_of(client, asked)
    taken_back = client.post("/lich/thanhbinh/nghi/2026-11-18/2026-11-18/bo/", {"decision": "16/TB-UBND"})
    assert taken_back.status_code == 302
    assert "17:00 18/11/2026" in text_of(client, asked)


@pytest.mark.parametrize(("name", "status"), [("an", 403), ("ha", 403), ("chi", 404), ("dung", 403)])
def test_only_who_keeps_the_calendar_changes_it(name: str, status: int, cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in(name).post("/lich/thanhbinh/nghi/", CLOSURE).status_code == status
    assert not AgencyCalendar.objects.within(cast.an.agency).exists()


def test_instruments_are_found_and_judged_by_the_day(signed_in: SignedIn) -> None:
    client = signed_in("an")
    assert "03/2025/TT-VPCP" in text_of(client, "/van-ban/?q=3/2025/TT-VPCP")
    assert "61/2018/NĐ-CP" in text_of(client, "/van-ban/?q=61/2018&xem=expired")
    assert (
        "61/2018/NĐ-CP" not in text_of(client, "/van-ban/?q=61/2018&xem=expired&ngay=01/01/2020").partition("<table")[2]
    )
    assert "Bị thay thế bởi" in text_of(client, "/van-ban/so/61/2018/NĐ-CP/")
    text_of(client, "/van-ban/so/1/1900/XX/", 404)


def test_the_pages_of_the_list_follow_each_other(signed_in: SignedIn) -> None:
    first = signed_in("an").get("/van-ban/").context
    second = signed_in("an").get("/van-ban/", {"sau": first["page"]["after"]}).context
    numbers = [[row.instrument.number for row, _citing in context["rows"]] for context in (first, second)]
    assert len(numbers[0]) == 50
    assert not set(numbers[0]) & set(numbers[1])


def test_a_pasted_basis_is_read_with_what_to_cite_instead(signed_in: SignedIn) -> None:
    pasted = {"text": "Căn cứ Nghị định số 61/2018/NĐ-CP; TT 99/2099/TT-BXX", "on": "16/11/2026"}
    shown = signed_in("an").post("/van-ban/doan-van/", pasted).content.decode()
    assert "118/2025/NĐ-CP" in shown
    assert "1 cần xem lại" in shown
    assert escape("chưa có trong danh mục") in shown


def test_the_administrator_adds_an_instrument_of_the_province(signed_in: SignedIn) -> None:
    typed = {"number": "7/2026/QĐ-UBND", "title": "Quy chế một cửa", "effective_on": "01/03/2026"}
    assert signed_in("khanh").post("/van-ban/them/", typed).status_code == 302
    assert LegalInstrument.objects.get().number == "07/2026/QĐ-UBND"
    assert "07/2026/QĐ-UBND" in text_of(signed_in("an"), "/van-ban/?q=07/2026")
    assert signed_in("an").post("/van-ban/them/", typed).status_code == 403


def test_the_standard_switches_its_edition(signed_in: SignedIn) -> None:
    shown = text_of(signed_in("an"), "/tieu-chuan/?ban=2008&q=8.2.2")
    assert "9.2.1" in shown
    assert "9.2.2" in shown
    assert text_of(signed_in("an"), "/tieu-chuan/?ban=khong&voi=x")
