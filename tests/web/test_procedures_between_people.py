"""Procedures between people: mended, decided by another, taken over from the province, kept to the law."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from chuan.formats.document import Table
from chuan.formats.docx import read_docx
from chuan.quality.models import Procedure, ProcedureVersion
from chuan.quality.procedures.actions import approve, draft_again, save_draft, submit
from chuan.rules.procedure.structure import Variant
from chuan.web.agency.procedures.downloads import cover_of
from chuan.web.agency.tasks import PROVIDERS
from chuan.web.kit.tasks import gather

from ..cast import NOW, Cast
from ..quality.stage import CONTROL, STEPS, content, in_force, version
from ..quality.test_procedure_decisions import of_a_service
from .looking import state, text, titles

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


def mends(page: str) -> list[str]:
    return re.findall(r'name="do" value="(\w+)"', page)


def test_a_finding_is_mended_with_one_press_on_the_page_and_taken_back_with_another(signed_in: SignedIn) -> None:
    client, before = signed_in("giang"), version("qtxd03-02").content
    name, *_others = mends(text(client, "/quy-trinh/qtxd03/?lan=2"))
    answer = client.post("/phien-ban/qtxd03-02/sua-nhanh/", {"do": name}, follow=True).content.decode()
    assert "Đã sửa:" in answer
    assert name not in mends(answer)
    assert version("qtxd03-02").content != before
    (undo,) = re.findall(r'action="(/ban-thao/[^"]+/lay-lai/[^"]*)"', answer)
    assert "Đã hoàn tác" in client.post(undo, follow=True).content.decode()
    assert version("qtxd03-02").content == before


def test_a_mend_of_a_page_left_open_changes_nothing(signed_in: SignedIn) -> None:
    client, before = signed_in("giang"), version("qtxd03-02").content
    answer = client.post("/phien-ban/qtxd03-02/sua-nhanh/", {"do": "khongcon"}, follow=True)
    assert "Điểm này đã được xử lý" in answer.content.decode()
    assert version("qtxd03-02").content == before


def test_only_who_writes_is_offered_a_mend(signed_in: SignedIn) -> None:
    assert mends(text(signed_in("ha"), "/quy-trinh/qtxd03/?lan=2")) == []
    assert signed_in("ha").post("/phien-ban/qtxd03-02/sua-nhanh/", {"do": "x"}).status_code == 403


def test_the_signature_table_names_writer_reviewer_and_approver_with_their_positions(
    signed_in: SignedIn, cast: Cast
) -> None:
    signed_in("giang").post("/phien-ban/qtxd03-02/trinh/", {"note": "Luật mới"})
    assert "Bạn đã soạn hoặc trình bản này" in text(signed_in("giang"), "/quy-trinh/qtxd03/?lan=2")
    assert "Xem xét QT.XD.03 Cấp giấy phép xây dựng nhà ở riêng lẻ" not in titles(cast, "giang")
    signed_in("ha").post("/phien-ban/qtxd03-02/xem-xet/", {"note": ""})
    decided = {"decision": "20", "decided_on": "16/11/2026", "effective_on": "16/11/2026"}
    signed_in("ha").post("/phien-ban/qtxd03-02/phe-duyet/", decided)
    document = read_docx(signed_in("an").get("/phien-ban/qtxd03-02/tai/word/").content)
    lines = [[cell.text for cell in row] for block in document.blocks if isinstance(block, Table) for row in block.rows]
    assert ["Họ và tên", "Lê Hương Giang", "Phạm Thu Hà", "Phạm Thu Hà"] in lines
    assert ["Chức vụ", "Thư ký ISO", "Chủ tịch UBND xã", "Chủ tịch UBND xã"] in lines


def test_a_review_before_the_last_handing_over_signs_nothing(signed_in: SignedIn, cast: Cast) -> None:
    giang, ha = signed_in("giang"), signed_in("ha")
    giang.post("/phien-ban/qtxd03-02/trinh/", {"note": "Luật mới"})
    ha.post("/phien-ban/qtxd03-02/xem-xet/", {"note": ""})
    ha.post("/phien-ban/qtxd03-02/tra-lai/", {"note": "Còn thiếu"})
    giang.post("/phien-ban/qtxd03-02/trinh/", {"note": "Đã thêm"})
    cover = cover_of(version("qtxd03-02"), cast.giang.actor)
    assert (cover.drafted.name, cover.reviewed.name) == ("Lê Hương Giang", "")


def test_the_head_lets_one_officer_do_both_until_a_day_and_for_a_reason(signed_in: SignedIn) -> None:
    client, url = signed_in("ha"), "/quy-trinh/tach-soan-va-duyet/thanhbinh/"
    for missing in ({"until_on": ""}, {"reason": ""}):
        typed = {"from_on": "16/11/2026", "until_on": "30/11/2026", "reason": "Chỉ có một công chức"} | missing
        assert client.post(url, typed).status_code == 422
    client.post(url, {"from_on": "16/11/2026", "until_on": "30/11/2026", "reason": "Chỉ có một công chức"})
    page = text(client, url)
    assert "đang cho người soạn tự phê duyệt đến hết ngày 30/11/2026" in page
    assert "Chỉ có một công chức" in page
    client.post(url + "bat-lai/")
    assert "Đang tách" in text(client, url)
    assert client.get("/quy-trinh/tach-soan-va-duyet/dongha/").status_code == 404


def test_the_secretary_reads_who_may_lift_the_separation_and_cannot(signed_in: SignedIn) -> None:
    client, url = signed_in("giang"), "/quy-trinh/tach-soan-va-duyet/thanhbinh/"
    page = text(client, url)
    assert "Phạm Thu Hà" in page.split("Ai phê duyệt ở cơ quan")[1]
    assert 'name="reason"' not in page
    typed = {"from_on": "16/11/2026", "until_on": "30/11/2026", "reason": "Vội"}
    assert client.post(url, typed).status_code == 403


def test_a_dropped_draft_comes_back_with_the_button_beside_the_words(signed_in: SignedIn) -> None:
    answer = signed_in("giang").post("/phien-ban/qtxd03-02/bo/", follow=True).content.decode()
    assert 'action="/phien-ban/qtxd03-02/lay-lai/"' in answer
    signed_in("giang").post("/phien-ban/qtxd03-02/lay-lai/")
    assert state("qtxd03-02") == "draft"


def test_a_newer_original_is_work_seen_compared_and_taken_over(signed_in: SignedIn, cast: Cast) -> None:
    assert "Tỉnh đã có bản mới của Cấp phép nghiên cứu" in titles(cast, "giang")
    client = signed_in("giang")
    assert "Tỉnh đã có bản mới" in text(client, "/quy-trinh/qtnd01/")
    assert "Bỏ: <b>1</b>" in text(client, "/quy-trinh/qtnd01/so-voi-goc/")
    client.post("/quy-trinh/qtnd01/lay-ban-moi/")
    draft = ProcedureVersion.objects.everywhere(reason="tests").get(procedure__key="qtnd01", state="draft")
    assert draft.step_count == 4
    assert "Tỉnh đã có bản mới" not in text(client, "/quy-trinh/qtnd01/")


def test_the_province_lists_who_took_a_procedure_over_and_opens_the_differences(signed_in: SignedIn) -> None:
    client, url = signed_in("dung"), "/quy-trinh/qtkhcn01/noi-ap-dung/"
    page = text(client, url)
    assert "Giữ nguyên</span>" in page
    assert "Chưa áp dụng</span>" in page
    missing = client.get(url, {"xem": "chua-ap-dung"})
    assert [agency.key for agency, _adoption in missing.context["rows"]] == ["dongha"]
    assert client.get(url, {"xem": "da-sua"}).context["rows"] == []
    found = client.get(url, {"q": "thanh binh", "xem": "ban-cu"})
    assert [agency.key for agency, _adoption in found.context["rows"]] == ["thanhbinh"]
    assert "1 giữ nguyên, 0 đã sửa; 1 còn theo bản cũ." in text(client, "/quy-trinh/qtkhcn01/")
    compared = text(client, "/quy-trinh/qtnd01/so-voi-goc/?xem=minh")
    assert "Cơ quan khác bản gốc" in compared
    assert "Từ lần 01 của Sở Khoa học và Công nghệ (Hết hiệu lực) đến lần 01 của UBND xã Thanh Bình" in compared


def test_an_expired_instrument_names_the_procedures_to_be_written_anew_and_is_work(
    signed_in: SignedIn, cast: Cast
) -> None:
    draft = version("qtxd03-02")
    basis = {**draft.content, "legal_basis": ["NĐ 61/2018/NĐ-CP"]}
    save_draft(draft, content=basis, started_from=draft.saved, by=cast.giang.actor, at=NOW)
    in_force(version("qtxd03-02"), NOW.date())
    assert "1 quy trình còn căn cứ 61/2018/NĐ-CP" in titles(cast, "giang")
    page = text(signed_in("giang"), "/van-ban/so/61/2018/NĐ-CP/")
    assert "/quy-trinh/qtxd03/ban-moi/" in page
    assert "từ ngày 01/07/2025" in page  # when it ended, not the day asked about
    assert "tính đến ngày 16/11/2026" in " ".join(page.split())
    assert "/quy-trinh/qtxd03/ban-moi/" not in text(signed_in("an"), "/van-ban/so/61/2018/NĐ-CP/")
    assert "Chưa có quy trình nào bạn xem được" in text(signed_in("chi"), "/van-ban/so/61/2018/NĐ-CP/")
    rows = signed_in("giang").get("/van-ban/", {"q": "61/2018"}).context["rows"]
    assert [count for _shown, count in rows] == [1]


def test_a_draft_with_the_new_basis_leaves_the_work_open_until_it_applies(signed_in: SignedIn, cast: Cast) -> None:
    draft = version("qtxd03-02")
    basis = {**draft.content, "legal_basis": ["NĐ 61/2018/NĐ-CP"]}
    save_draft(draft, content=basis, started_from=draft.saved, by=cast.giang.actor, at=NOW)
    in_force(version("qtxd03-02"), NOW.date())
    url = "/van-ban/so/61/2018/NĐ-CP/"
    assert "Soạn bản mới" in text(signed_in("giang"), url)
    again = draft_again(version("qtxd03-02").procedure, by=cast.giang.actor, at=NOW)
    assert "Mở dự thảo lần 03" in text(signed_in("giang"), url)
    mended = {**again.content, "legal_basis": ["NĐ 118/2025/NĐ-CP"]}
    save_draft(again, content=mended, started_from=again.saved, by=cast.giang.actor, at=NOW)
    (task,) = (one for one in gather(cast.giang.actor, PROVIDERS).all if "61/2018" in one.title)
    assert "1 bản mới đã thay căn cứ, còn chờ có hiệu lực" in task.why
    page = text(signed_in("giang"), url)
    assert "Bản mới đã thay căn cứ, chờ có hiệu lực" in page


def test_a_step_that_became_uncounted_and_optional_is_compared_in_words(signed_in: SignedIn, cast: Cast) -> None:
    draft = version("qtxd03-02")
    steps = (replace(STEPS[0], counted=False, time=None, optional=True), *STEPS[1:])
    new = content(variants=(Variant(steps),))
    save_draft(draft, content=new, started_from=draft.saved, by=cast.giang.actor, at=NOW)
    page = text(signed_in("giang"), "/quy-trinh/qtxd03/so-sanh/?tu=1&den=2")
    assert "<del>có tính giờ</del> → <ins>không tính giờ</ins>" in page
    assert "<del>bắt buộc</del> → <ins>không bắt buộc</ins>" in page


def test_what_came_in_place_of_another_word_stands_apart_from_it(signed_in: SignedIn, cast: Cast) -> None:
    draft = version("qtxd03-02")
    new = content(fee="75.000 đồng", committed_text="Trong 20 ngày")
    save_draft(draft, content=new, started_from=draft.saved, by=cast.giang.actor, at=NOW)
    in_force(version("qtxd03-02"), NOW.date())
    again = draft_again(version("qtxd03-02").procedure, by=cast.giang.actor, at=NOW)
    newer = content(fee="", committed_text="Trong 15 ngày")
    save_draft(again, content=newer, started_from=again.saved, by=cast.giang.actor, at=NOW)
    assert "Trong <del>20</del> <ins>15</ins> ngày" in text(signed_in("giang"), "/quy-trinh/qtxd03/so-sanh/?tu=2&den=3")


def test_the_secretary_sees_who_has_not_read_the_version_in_force(signed_in: SignedIn) -> None:
    page = text(signed_in("giang"), "/quy-trinh/qtxd03/lich-su/")
    unread = page.split('id="chua-doc"')[1].split("</ul>")[0]
    assert "Trần Văn Bình" in unread
    assert "Nguyễn Thị An" not in unread  # she has
    assert 'id="chua-doc"' not in text(signed_in("binh"), "/quy-trinh/qtxd03/lich-su/")


def test_the_code_of_an_adopted_procedure_is_refused_beside_its_field(signed_in: SignedIn) -> None:
    answer = signed_in("giang").post("/quy-trinh/qtkhcn02/ap-dung/", {"agency": "thanhbinh", "code": "QT.XD.03"})
    assert answer.status_code == 422
    assert "Ký hiệu QT.XD.03 đã là của quy trình" in answer.content.decode()


def test_adopting_makes_a_draft_with_its_link(signed_in: SignedIn) -> None:
    signed_in("chi").post("/quy-trinh/qtkhcn02/ap-dung/", {"agency": "dongha", "code": "QT.SK.01"})
    own = Procedure.objects.everywhere(reason="tests").get(agency__key="dongha", adopted_from__isnull=False)
    assert own.adopted_from is not None
    assert (own.adopted_from.key, own.code) == ("qtkhcn02", "QT.SK.01")
    other = signed_in("chi").post("/quy-trinh/qtkhcn02/ap-dung/", {"agency": "thanhbinh", "code": "X"})
    assert other.status_code == 422


def test_the_head_sees_what_is_still_wrong_and_why_it_was_handed_over(signed_in: SignedIn) -> None:
    signed_in("giang").post("/phien-ban/qtxd03-02/trinh/", {"note": "Luật mới, sẽ giảm sau"})
    page = text(signed_in("ha"), "/phien-ban/qtxd03-02/phe-duyet/")
    assert "còn 1 điểm sai" in page
    assert "Thừa 4 giờ làm việc" in page
    assert "Luật mới, sẽ giảm sau" in page


def test_the_day_of_issue_is_that_of_the_decision_and_the_day_of_effect_another(
    signed_in: SignedIn, cast: Cast
) -> None:
    signed_in("giang").post("/phien-ban/qtxd03-02/trinh/", {"note": "Luật mới"})
    decided = {"decision": "Quyết định số 20/QĐ-UBND", "decided_on": "16/11/2026", "effective_on": "01/12/2026"}
    signed_in("ha").post("/phien-ban/qtxd03-02/phe-duyet/", decided | {"signed_by": "Phạm Thu Hà"})
    cover = cover_of(version("qtxd03-02"), cast.an.actor)
    assert cover.decision == "Quyết định số 20/QĐ-UBND ngày 16/11/2026"
    assert "16/11/2026, Phạm Thu Hà" in text(signed_in("an"), "/quy-trinh/qtxd03/lich-su/")
    document = read_docx(signed_in("an").get("/phien-ban/qtxd03-02/tai/word/").content)
    lines = [[cell.text for cell in row] for block in document.blocks if isinstance(block, Table) for row in block.rows]
    assert ["Ngày ban hành", "16/11/2026", "Ngày áp dụng", "01/12/2026"] in lines


def test_the_head_takes_back_what_applies_by_mistake_and_reads_before_what_happens(signed_in: SignedIn) -> None:
    ha, url = signed_in("ha"), "/phien-ban/qtxd03-01/thoi-ap-dung/"
    assert f'class="button" href="{url}"' in text(ha, "/quy-trinh/qtxd03/")  # nobody is led to it
    assert url not in text(signed_in("giang"), "/quy-trinh/qtxd03/")
    assert "Không có bản trước để áp dụng trở lại" in text(ha, url)
    ha.post(url, {"note": "Ghi nhầm ngày"})
    assert state("qtxd03-01") == "withdrawn"
    page = text(ha, "/quy-trinh/qtxd03/lich-su/")
    assert "Đã thôi áp dụng" in page
    assert "Ghi nhầm ngày" in page


def test_what_the_agency_does_not_handle_stands_behind_a_choice_and_is_adopted_on_its_word(
    signed_in: SignedIn,
) -> None:
    of_a_service("qtkhcn02", "Cấp Tỉnh")
    client, url = signed_in("giang"), "/quy-trinh/cua-tinh/"
    assert "Đăng ký sáng kiến" not in text(client, url)
    every = text(client, url, xem="tat-ca")
    assert "Đăng ký sáng kiến" in every
    assert "Thủ tục cơ quan không được giao" in every
    typed = {"agency": "thanhbinh", "code": "QT.SK.01"}
    refused = client.post("/quy-trinh/qtkhcn02/ap-dung/", typed)
    assert "Đánh dấu để xác nhận" in refused.content.decode()
    assert client.post("/quy-trinh/qtkhcn02/ap-dung/", typed | {"beyond": "on"}).status_code == 302


def test_a_version_that_waits_is_still_named_when_the_next_is_being_written(signed_in: SignedIn, cast: Cast) -> None:
    waiting = version("qtxd03-02")
    submit(waiting, by=cast.giang.actor, at=NOW)
    approve(waiting, effective_on=NOW.date() + timedelta(days=15), decision="20", by=cast.ha.actor, at=NOW)
    draft_again(waiting.procedure, by=cast.giang.actor, at=NOW)
    page = text(signed_in("giang"), "/quy-trinh/qtxd03/")
    assert "Lần 02 áp dụng từ 01/12/2026." in page
    assert "Mở lần 02 (Đã phê duyệt, chờ hiệu lực)" in page
    assert "Mở lần 03 (Dự thảo)" in page
    assert "Mở lần 03" not in text(signed_in("binh"), "/quy-trinh/qtxd03/")


def test_a_first_issue_is_not_compared_with_itself(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    assert "So với bản trước" not in text(client, "/quy-trinh/qtxd03/?lan=1")
    assert "/so-sanh/?tu=1&den=2" in text(client, "/quy-trinh/qtxd03/?lan=2")
    alone = text(client, "/quy-trinh/qtcho/so-sanh/")
    assert "Chưa có bản nào trước bản này để so sánh" in alone
    assert "Hai bản giống nhau" not in alone


def test_what_came_and_went_among_the_other_parts_is_said_in_words(signed_in: SignedIn, cast: Cast) -> None:
    draft = version("qtxd03-02")
    new = {**draft.content, "legal_basis": ["Luật Xây dựng 50/2014/QH13", "Thông tư 03/2025/TT-VPCP"]}
    save_draft(draft, content=new, started_from=draft.saved, by=cast.giang.actor, at=NOW)
    page = text(signed_in("giang"), "/quy-trinh/qtxd03/so-sanh/?tu=1&den=2").split("Các phần khác")[1]
    assert "Thêm</span> Thông tư 03/2025/TT-VPCP" in page
    assert "Bỏ</span> Nghị định số 118/2025/NĐ-CP" in page


def test_the_first_point_that_is_opened_is_one_that_is_wrong(signed_in: SignedIn, cast: Cast) -> None:
    draft = version("qtxd03-02")
    steps = (replace(STEPS[0], role=""), *STEPS[1:3], CONTROL, *STEPS[3:])
    new = content(variants=(Variant(steps),))  # a step to look at, and the sum over the limit: wrong
    save_draft(draft, content=new, started_from=draft.saved, by=cast.giang.actor, at=NOW)
    page = text(signed_in("giang"), "/quy-trinh/qtxd03/?lan=2")
    anchor = re.search(r'href="#([^"]+)">Đến điểm đầu tiên', page)
    assert anchor is not None
    place = page.split(f'id="{anchor[1]}"')[1]
    assert 'class="note wrong' in place.split("<tr id=")[0]
