"""The pages of the improvement register: entering from a dossier, the life of an entry, the list, the work at home."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from chuan.formats.xlsx import read_sheets
from chuan.quality.improvement.actions import correct, enter
from chuan.quality.improvement.models import Improvement

from ..cast import NOW, Cast
from .looking import text, titles

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
ENTER, LIST = "/so-cai-tien/ghi/", "/so-cai-tien/"
TYPED = {"about": "Trả nhầm giấy", "kind": "wrong_person", "source": "citizen", "found_on": "16/11/2026"}


def newest(key: str = "thanhbinh") -> Improvement:
    rows = Improvement.objects.everywhere(reason="tests").filter(agency__key=key)
    return rows.latest("pk")


def test_a_late_dossier_leads_to_the_register_with_everything_known_filled_in(signed_in: SignedIn) -> None:
    chi = signed_in("chi")
    page = text(chi, "/ho-so/hoso2/")
    assert "Đầu ra không phù hợp chưa ghi vào sổ cải tiến" in page
    address = next(part.split('"')[0] for part in page.split('href="')[1:] if part.startswith(ENTER))
    form = chi.get(address).context["form"]
    assert {name: str(form.initial[name]) for name in ("kind", "source", "dossier_code", "clause")} == {
        "kind": "late",
        "source": "dossier",
        "dossier_code": "H2",
        "clause": "8.7",
    }
    assert form.initial["procedure"].code == "QT.99"
    typed = {name: form.initial[name] or "" for name in ("about", "kind", "source", "dossier_code", "clause")}
    answer = chi.post(address, typed | {"found_on": "16/11/2026", "procedure": form.initial["procedure"].pk})
    one = newest("dongha")
    assert answer["Location"] == f"/so-cai-tien/{one.key}/"
    assert 'href="/ho-so/hoso2/">H2</a>' in text(chi, answer["Location"])
    back = text(chi, "/ho-so/hoso2/")
    assert f"Phiếu cải tiến {one.shown_number}" in back
    assert "Đầu ra không phù hợp đã ghi vào sổ cải tiến" in back
    assert ENTER not in back


def test_a_dossier_in_time_says_what_it_is_evidence_for_and_offers_no_entry(signed_in: SignedIn, cast: Cast) -> None:
    chi = signed_in("chi")
    key = chi.get("/ho-so/", {"q": "H1"}).context["page"].rows[0].key
    page = text(chi, f"/ho-so/{key}/")
    assert "Bằng chứng cho ISO 9001" in page
    assert "Giải quyết theo quy trình có hiệu lực vào ngày nhận" in page
    assert "Dữ liệu không ghi ai phê duyệt kết quả" in page
    assert ENTER not in page


def test_a_typed_code_that_is_not_the_dossiers_leads_nowhere(signed_in: SignedIn) -> None:
    chi = signed_in("chi")
    chi.post(f"{ENTER}?ho-so=H2&khoa=hoso2", TYPED | {"dossier_code": "H3"})
    assert (newest("dongha").dossier_code, newest("dongha").dossier_key) == ("H3", "")


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_written(signed_in: SignedIn) -> None:
    before = newest().pk
    answer = signed_in("an").post(ENTER, TYPED | {"about": "", "found_on": "17/11/2026"})
    assert answer.status_code == 422
    answer = signed_in("an").post(ENTER, TYPED | {"found_on": "17/11/2026"})
    assert answer.status_code == 422
    assert "Ngày phát hiện không được sau hôm nay." in answer.content.decode()
    assert newest().pk == before


def test_an_entry_made_by_mistake_is_taken_back_by_its_undo(signed_in: SignedIn) -> None:
    an = signed_in("an")
    page = an.post(ENTER, TYPED, follow=True).content.decode()
    undo = f"/so-cai-tien/{newest().key}/bo/"
    assert f'action="{undo}"' in page
    said = an.post(undo, follow=True).content.decode()
    assert "Đã bỏ phiếu ghi nhầm" in said
    assert newest().state == "dropped"
    assert newest().shown_number not in text(an, LIST)


def test_the_life_of_an_entry_stands_on_its_page_with_the_form_of_what_comes_next(
    signed_in: SignedIn, cast: Cast
) -> None:
    an, ha = signed_in("an"), signed_in("ha")
    an.post(ENTER, TYPED)
    url = f"/so-cai-tien/{newest().key}/"
    assert f'action="{url}khac-phuc/"' in text(an, url)
    assert f'action="{url}khac-phuc/"' not in text(signed_in("binh"), url)
    done = {"correction": "Thu hồi, trả đúng người", "corrected_by": "Một cửa", "corrected_on": "16/11/2026"}
    an.post(f"{url}khac-phuc/", done)
    assert f'action="{url}dong/"' not in text(an, url)
    assert f'action="{url}dong/"' in text(ha, url)
    assert "nên để người khác kiểm tra" not in text(ha, url)
    ha.post(f"{url}dong/", {"note": "Đã gặp người dân"})
    assert "Đã gặp người dân" in text(an, url)
    answer = ha.post(f"{url}mo-lai/", {"note": ""})
    assert "Phải ghi lý do" in answer.content.decode()
    ha.post(f"{url}mo-lai/", {"note": "Lại trả nhầm"})
    page = text(an, url)
    assert "Khắc phục trước khi mở lại" in page
    assert page.index("Thu hồi, trả đúng người") < page.index("Lại trả nhầm")


def test_who_corrected_and_closes_too_is_asked_to_leave_it_to_another(signed_in: SignedIn, cast: Cast) -> None:
    facts: dict[str, Any] = {"found_on": NOW.date(), "source": "other", "kind": "other", "about": "Thử"}
    one = enter(agency=cast.giang.agency, **facts, by=cast.giang.actor, at=NOW)
    correct(one, correction="Sửa", corrected_by="Thư ký", corrected_on=NOW.date(), by=cast.giang.actor, at=NOW)
    assert "nên để người khác kiểm tra rồi đóng" in text(signed_in("giang"), f"/so-cai-tien/{one.key}/")
    again = signed_in("giang").post(f"/so-cai-tien/{one.key}/lay-lai/", follow=True).content.decode()
    assert "Chưa làm gì: phiếu đang ở trạng thái “Đã khắc phục, chờ đóng”" in again


def test_cause_and_action_are_added_on_the_page_of_changes(signed_in: SignedIn) -> None:
    an = signed_in("an")
    an.post(ENTER, TYPED)
    url = f"/so-cai-tien/{newest().key}/"
    an.post(f"{url}sua/", TYPED | {"cause": "Hai người trùng tên", "corrective_action": "Hỏi số giấy hẹn"})
    page = text(an, url)
    assert "Hai người trùng tên" in page
    assert "Hỏi số giấy hẹn" in page


def test_the_list_is_filtered_counted_and_told_in_sums(signed_in: SignedIn) -> None:
    an = signed_in("an")
    an.post(ENTER, TYPED | {"due_on": "16/11/2026"})
    page = text(an, LIST)
    assert "ghi 2, đã đóng 1/2, quá hạn 0." in page
    assert {word for word, _sum in an.get(LIST).context["sums"]} == {"Người dân phản ánh", "Hồ sơ thực tế"}
    assert "Trả nhầm giấy" not in text(an, f"{LIST}?trang-thai=da-dong")
    assert "Trả nhầm giấy" in text(an, f"{LIST}?q=nham+giay&loai=wrong_person&nguon=citizen&nam=2026")
    nothing = text(an, f"{LIST}?qt=khong-co")
    assert "Không có phiếu nào khớp" in nothing
    assert "đã đóng 0/0" not in nothing, "of the whole register that would be wrong"
    Improvement.objects.everywhere(reason="tests").filter(pk=newest().pk).update(due_on=date(2026, 11, 12))
    assert "Quá hạn 4 ngày" in text(an, f"{LIST}?trang-thai=qua-han")


def test_the_register_is_a_workbook_of_what_the_page_shows(signed_in: SignedIn) -> None:
    an = signed_in("an")
    an.post(ENTER, TYPED | {"about": "=1+1"})
    answer = an.get("/so-cai-tien/tai-ve/?nguon=citizen")
    rows = read_sheets(answer.content)[0].rows
    assert tuple(rows[0][:4]) == ("Số phiếu", "Cơ quan", "Phát hiện ngày", "Phát hiện")
    assert [tuple(row[:4]) for row in rows[1:]] == [("02/2026", "UBND xã Thanh Bình", "16/11/2026", "=1+1")]


def test_what_waits_in_the_register_waits_at_home_and_is_found(signed_in: SignedIn, cast: Cast) -> None:
    facts: dict[str, Any] = {
        "found_on": date(2026, 11, 2),
        "source": "other",
        "kind": "other",
        "about": "Biển hiệu sai tên",
    }
    one = enter(
        agency=cast.an.agency,
        **facts,
        position=cast.an.position,
        due_on=date(2026, 11, 10),
        by=cast.giang.actor,
        at=NOW,
    )
    title = f"Khắc phục theo phiếu cải tiến {one.shown_number}"
    assert titles(cast, "an")[0] == title, "late work comes first"
    assert title not in titles(cast, "binh")
    assert f"{one.shown_number} Biển hiệu sai tên" in text(signed_in("binh"), "/tim/", q="bien hieu")
    assert "Biển hiệu" not in text(signed_in("chi"), "/tim/", q="bien hieu")


def test_many_entries_without_a_day_are_one_task(cast: Cast) -> None:
    facts: dict[str, Any] = {"found_on": NOW.date(), "source": "other", "kind": "other", "about": "Thử"}
    for _each in range(4):
        enter(agency=cast.an.agency, **facts, by=cast.an.actor, at=NOW)
    assert "4 phiếu trong sổ cải tiến chờ bạn" in titles(cast, "giang")
