"""One living dossier on the web: each act, what refuses it, and what is shown to whom."""

from datetime import timedelta
from typing import Any

import pytest

from chuan.quality.dossiers import actions
from chuan.quality.dossiers.models import Dossier, RoleHolder
from chuan.rules.handling.acts import TURNS, DossierState
from chuan.web.agency.handling.offered import VERBS

from ..cast import NOW, Cast
from ..quality.dossier_stage import at, dossier, press, received
from .handling import SignedIn, act_url, in_state, kinds, sent, text, url

pytestmark = pytest.mark.django_db


def test_a_step_is_done_once_for_each_key_and_goes_back_to_where_it_was_pressed(
    cast: Cast, signed_in: SignedIn
) -> None:
    said = {"step": "1", "key": "k1", "seen": "2", "next": "/xu-ly/"}
    for _press in range(2):
        answer = signed_in("an").post(url("do_dossier_step"), said)
        assert (answer.status_code, answer["Location"]) == (302, "/xu-ly/")
    assert kinds(dossier("hosomo")) == ["received", "step", "step"]
    elsewhere = signed_in("an").post(url("do_dossier_step"), said | {"next": "https://la.example/"})
    assert elsewhere["Location"] == url("living_dossier")


def test_a_step_can_be_undone_from_its_message(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("an")
    page = client.post(url("do_dossier_step"), {"step": "1", "key": "k1", "seen": "2"}, follow=True)
    undo = next(str(one.extra_tags) for one in page.context["messages"])
    client.post(undo)
    client.post(undo)
    one = dossier("hosomo")
    assert (one.act_count, one.step) == (4, 1)
    shown = text(client.get(url("living_dossier")))
    assert "Nguyễn Thị An lấy lại lúc 09:00 16/11/2026" in shown


ACTS: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("handling", "bo-sung", {"items": ["Bản vẽ"], "why": "Thiếu chữ ký"}, "supplement"),
    ("handling", "cho-nop-tien", {"why": "Thuế trước bạ"}, "payment"),
    ("handling", "tam-dung", {"why": "Chờ kết luận"}, "paused"),
    ("handling", "tu-choi", {"why": "Không thuộc thẩm quyền"}, "refused"),
    ("handling", "dung", {"why": "Trùng hồ sơ"}, "stopped"),
    ("handling", "rut", {}, "withdrawn"),
    ("handling", "co-ket-qua", {"why": "Cấp ngay theo chỉ đạo"}, "ready"),
    ("handling", "xin-loi", {"why": "Chờ đo đạc", "new_due": "17:00 25/11/2026"}, "handling"),
    (
        "handling",
        "xin-y-kien",
        {"body": "Công ty Điện lực", "content": "Hành lang", "amount": "2", "unit": "working_day"},
        "handling",
    ),
    (
        "handling",
        "lien-thong",
        {"body": "UBND xã Đông Hạ", "content": "Ranh giới", "amount": "0,5", "unit": "working_day"},
        "handling",
    ),
    ("handling", "ghi-chu", {"text": "Đã gọi cho dân"}, "handling"),
    ("handling", "buoc-khac", {"step": "2", "reason": "Làm trước cho kịp"}, "handling"),
    ("supplement", "nhan-bo-sung", {"items": ["Bản vẽ"]}, "handling"),
    ("payment", "da-nop-tien", {}, "handling"),
    ("paused", "tiep-tuc", {}, "handling"),
)


@pytest.mark.parametrize(("before", "verb", "fields", "after"), ACTS, ids=[verb for _b, verb, _f, _a in ACTS])
def test_each_act_is_written_once_by_its_form(
    cast: Cast, signed_in: SignedIn, before: str, verb: str, fields: dict[str, object], after: str
) -> None:
    count = in_state(before).act_count
    client = signed_in("an")
    assert client.get(act_url(verb)).status_code == 200
    said = {"key": "mot-lan", "seen": count, **fields}
    for _press in range(2):
        answer = client.post(act_url(verb), said)
        assert (answer.status_code, answer["Location"]) == (302, url("living_dossier"))
    one = dossier("hosomo")
    assert (one.state, one.act_count) == (after, count + 1)
    assert "không ghi thêm lần nữa" in text(client.get(url("living_dossier")))


WRONG: tuple[tuple[str, dict[str, str], str], ...] = (
    ("bo-sung", {"why": "Thiếu chữ ký"}, "ít nhất một giấy tờ"),
    ("tu-choi", {"why": "  "}, "phải ghi lý do"),
    ("co-ket-qua", {}, "phải ghi lý do"),
    ("xin-loi", {"why": "Chờ đo đạc", "new_due": "17:00 17/11/2026"}, "sau hẹn cũ"),
    ("xin-loi", {"why": "Chờ đo đạc", "new_due": "mai"}, "9:05 16/11/2026"),
    ("lien-thong", {"body": "Công ty Điện lực", "content": "Hỏi"}, "Không có cơ quan nào tên như vậy"),
    ("xin-y-kien", {"body": "Sở Xây dựng", "content": "Hỏi", "amount": ""}, "Phải nêu thời hạn"),
    ("xin-y-kien", {"body": "Sở Xây dựng", "content": "Hỏi", "amount": "hai"}, "Chỉ ghi số"),
    ("buoc-khac", {"step": "2"}, "chưa đến lượt"),
    ("ghi-chu", {"text": "Đã gọi", "done_at": "08:00 01/11/2026"}, "chưa được tiếp nhận"),
    ("ghi-chu", {"text": "Đã gọi", "done_at": "10:00 16/11/2026"}, "chưa đến"),
)


@pytest.mark.parametrize(("verb", "fields", "said"), WRONG, ids=[f"{verb}-{said}" for verb, _f, said in WRONG])
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    cast: Cast, signed_in: SignedIn, verb: str, fields: dict[str, str], said: str
) -> None:
    answer = sent(signed_in("an"), verb, **fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in text(answer)
    assert all(value.strip() in page for name, value in fields.items() if name in ("why", "content", "text"))
    assert dossier("hosomo").act_count == 2


def test_who_had_not_seen_the_last_act_is_told_it_and_keeps_what_was_typed(cast: Cast, signed_in: SignedIn) -> None:
    one = dossier("hosomo")
    actions.do_step(one, 1, press=press(one, "ha"), reason="Làm thay", by=cast.ha.actor, at=NOW)
    client = signed_in("an")
    answer = client.post(act_url("ghi-chu"), {"key": "cu", "seen": "2", "text": "Dân xin gặp chiều nay"})
    assert answer.status_code == 422
    assert "Xong bước: Phân công xử lý" in text(answer)
    assert "Phạm Thu Hà" in text(answer)
    assert "Dân xin gặp chiều nay" in answer.content.decode()
    again = {"key": answer.context["key"], "seen": answer.context["seen"], "text": "Dân xin gặp chiều nay"}
    assert client.post(act_url("ghi-chu"), again).status_code == 302
    assert kinds(dossier("hosomo"))[-2:] == ["step", "noted"]


def test_two_who_press_the_same_step_do_it_once_and_the_second_is_told(cast: Cast, signed_in: SignedIn) -> None:
    signed_in("ha").post(url("do_dossier_step"), {"step": "1", "key": "ha", "seen": "2", "note": "Xem kỹ móng"})
    answer = signed_in("an").post(url("do_dossier_step"), {"step": "1", "key": "an", "seen": "2", "note": "Gấp"})
    assert answer.status_code == 422
    assert "Trong lúc đó đã có" in text(answer)
    assert "Gấp" in answer.content.decode()
    assert answer.context["seen"] == 3
    assert dossier("hosomo").act_count == 3


def test_another_refusal_does_not_hide_what_others_did(cast: Cast, signed_in: SignedIn) -> None:
    one = dossier("hosomo")
    actions.note(one, text="Đã gọi", press=press(one, "ha"), by=cast.ha.actor, at=NOW)
    answer = signed_in("an").post(act_url("ghi-chu"), {"key": "cu", "seen": "2", "text": ""})
    assert answer.context["seen"] == 2, "what was not shown was not seen"


def test_a_press_that_says_nothing_of_itself_is_refused(cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in("an").post(url("do_dossier_step"), {"step": "1"})
    assert answer.status_code == 422
    assert dossier("hosomo").act_count == 2


def test_an_act_that_the_state_does_not_admit_shows_the_dossier_and_says_so(cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in("an").get(act_url("tiep-tuc"))
    assert answer.status_code == 422
    assert "không làm được việc này" in text(answer)
    assert signed_in("an").get(act_url("khong-co")).status_code == 404


@pytest.mark.parametrize("state", ["handling", "supplement", "payment", "paused", "ready", "returned"])
def test_only_what_can_be_done_is_offered(cast: Cast, signed_in: SignedIn, state: str) -> None:
    in_state(state)
    client = signed_in("an")
    offered = client.get(url("living_dossier")).context["offers"]
    admitted = TURNS.get(DossierState(state), {})
    kind_of = {verb.slug: verb.kind for verb in VERBS}
    assert all(kind_of[one.slug] in admitted for one in offered)
    assert all(client.get(one.url).status_code == 200 for one in offered)
    assert bool(offered) == (state != "returned")


def test_the_button_of_each_state_is_what_comes_next(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("an")
    for state, word in (("supplement", "Nhận bổ sung"), ("payment", "Ghi đã nộp tiền"), ("paused", "Cho chạy tiếp")):
        received(state, at(16))
        in_state(state, state)
        assert str(client.get(url("living_dossier", state)).context["main"].words) == word
    in_state("ready")
    page = client.get(url("living_dossier"))
    assert page.context["returns"]
    client.post(url("return_dossier"), {"key": "tra", "seen": page.context["seen"], "note": "Ủy quyền cho con"})
    ended = client.get(url("living_dossier"))
    assert "Ủy quyền cho con" in text(ended)
    assert "không còn việc phải làm" in text(ended)
    received("khai", at(16), service="thutuc2")
    assert str(client.get(url("living_dossier", "khai")).context["main"].words) == "Ghi đã có kết quả"


def test_another_s_step_asks_for_the_reason_first(cast: Cast, signed_in: SignedIn) -> None:
    one = dossier("hosomo")
    client = signed_in("an")
    fields: dict[str, Any] = {"position": cast.ha.position.pk, "note": "Xin anh chị xem", "always": "on"}
    assert sent(client, "chuyen-nguoi", **fields).status_code == 302
    assert RoleHolder.objects.within(one.agency).get().position == cast.ha.position
    page = client.get(url("living_dossier"))
    assert "Bước này đang ở vị trí Chủ tịch UBND xã" in text(page)
    said = {"step": "1", "key": "thay", "seen": "3"}
    refused = client.post(url("do_dossier_step"), said)
    assert refused.status_code == 422
    assert "Lý do làm thay" in text(refused)
    assert client.post(url("do_dossier_step"), said | {"reason": "Chủ tịch đi họp"}).status_code == 302


def test_what_was_done_before_it_is_written_down_shows_both_times(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("an")
    said = {"step": "1", "key": "muon", "seen": "2", "done_at": "16:30 10/11/2026"}
    assert client.post(url("do_dossier_step"), said).status_code == 302
    shown = text(client.get(url("living_dossier")))
    assert "16:30 10/11/2026 (ghi lúc 09:00 16/11/2026)" in shown
    wrong = client.post(url("do_dossier_step"), said | {"key": "sai", "seen": "3", "step": "2", "done_at": "hôm qua"})
    assert wrong.status_code == 422
    assert "hôm qua" in wrong.content.decode()
    early = client.post(url("do_dossier_step"), said | {"key": "som", "seen": "3", "done_at": "08:00 01/11/2026"})
    assert "Lúc đó hồ sơ chưa được tiếp nhận" in text(early)
    assert dossier("hosomo").act_count == 3


def test_a_reader_sees_the_page_and_learns_whose_work_it_is(cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in("binh").get(url("living_dossier"))
    assert page.status_code == 200
    assert "Xử lý hồ sơ là việc của công chức" in text(page)
    assert not page.context["offers"]
    assert not page.context["papers"]
    assert signed_in("binh").post(url("do_dossier_step"), {"step": "1"}).status_code == 403
    assert signed_in("binh").get(act_url("ghi-chu")).status_code == 403


def test_a_second_apology_is_warned_of_and_refused(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("an")
    sent(client, "xin-loi", why="Chờ đo đạc", new_due="17:00 20/11/2026")
    assert "chậm nhất" in text(client.get(act_url("tu-choi"))), "R10 is shown before a refusal"
    assert "chỉ được hẹn lại một lần" in text(client.get(act_url("xin-loi")))
    said = {"key": "lai", "seen": 3, "why": "Vẫn chờ", "new_due": "17:00 27/11/2026"}
    answer = client.post(act_url("xin-loi"), said)
    assert answer.status_code == 422
    assert "chỉ được hẹn lại một lần" in text(answer)
    assert dossier("hosomo").due_at == at(20, "17:00")


def test_a_second_request_for_supplement_is_warned_of(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("an")
    assert "trước 17:00 12/11/2026" in text(client.get(act_url("bo-sung"))) or "quá thời hạn trả lại" in text(
        client.get(act_url("bo-sung"))
    )
    in_state("supplement")
    sent(client, "nhan-bo-sung", items=["Bản vẽ"])
    assert "đòi thêm giấy tờ mới" in text(client.get(act_url("bo-sung")))


def test_what_presses_names_its_source_and_leads_to_its_answer(cast: Cast, signed_in: SignedIn) -> None:
    pressing = signed_in("an").get(url("living_dossier")).context["pressing"]
    assert [(one.source[:13], one.url) for one in pressing] == [("61/2018/NĐ-CP", act_url("xin-loi"))]
    in_state("ready")
    (early,) = signed_in("an").get(url("living_dossier")).context["pressing"]
    assert early.url == act_url("ghi-chu")
    sent(signed_in("an"), "ghi-chu", about="result", text="Đã gọi điện")
    assert not signed_in("an").get(url("living_dossier")).context["pressing"]


def test_a_newer_procedure_is_named_and_does_not_govern(cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in("an").get(url("living_dossier"))
    assert "QT.XD.03" in text(page)
    assert page.context["newer"] is None
    one = dossier("hosomo")
    Dossier.objects.within(one.agency).filter(pk=one.pk).update(version=None)
    page = signed_in("an").get(url("living_dossier"))
    assert page.context["newer"] is not None


def test_the_page_is_evidence_and_leads_to_the_improvement_register(cast: Cast, signed_in: SignedIn) -> None:
    received("cham", at(2))
    page = signed_in("an").get(url("living_dossier", "cham"))
    clauses = {one.clause: one.shape for one in page.context["evidence"]}
    assert clauses["8.2"] == "done"
    assert clauses["8.7"] == "soon"
    ((words, address),) = page.context["entering"]
    assert words == "Quá hạn"
    form = signed_in("an").get(address)
    assert form.context["form"].initial["dossier_code"] == dossier("cham").code
    ready = in_state("ready")
    page = signed_in("an").get(url("living_dossier", ready.key))
    assert [words for words, _address in page.context["entering"]] == ["Kết quả sai", "Trả sai người"]


def test_a_paper_that_was_not_in_the_list_is_waited_for_too(cast: Cast, signed_in: SignedIn) -> None:
    sent(signed_in("an"), "bo-sung", items=["Bản vẽ"], more="Giấy ủy quyền\n", why="Thiếu")
    shown = text(signed_in("an").get(url("living_dossier")))
    assert "đang chờ bổ sung Bản vẽ" in shown
    assert "đang chờ bổ sung Giấy ủy quyền" in shown


def test_papers_are_those_that_the_acts_give_occasion_for(cast: Cast, signed_in: SignedIn) -> None:
    in_state("supplement")
    papers = dict(signed_in("an").get(url("living_dossier")).context["papers"])
    assert list(papers) == ["tiep-nhan", "bo-sung", "kiem-soat"]


def test_time_left_is_told_in_words(cast: Cast, signed_in: SignedIn) -> None:
    received("moi", NOW - timedelta(minutes=30))
    shown = text(signed_in("an").get(url("living_dossier", "moi")))
    assert "Còn 3 giờ 30" in shown, "of the four hours of the step"
    assert "Còn 6,8 ngày làm việc" in shown
    waiting = in_state("supplement")
    shown = text(signed_in("an").get(url("living_dossier", waiting.key)))
    assert "Dự kiến, nếu đồng hồ chạy lại bây giờ" in shown


def test_a_new_appointment_on_a_day_off_is_refused_beside_its_field(cast: Cast, signed_in: SignedIn) -> None:
    said = {"key": "nghi", "seen": 2, "why": "Chờ đo đạc", "new_due": "17:00 24/11/2026"}
    answer = signed_in("an").post(act_url("xin-loi"), said)
    assert answer.status_code == 422
    assert "24/11/2026 là ngày nghỉ" in text(answer)
    assert dossier("hosomo").act_count == 2


@pytest.mark.parametrize(
    ("finish", "said"), [(False, "Kết quả đã được phê duyệt trước khi trả"), (True, "Chưa phê duyệt")]
)
def test_approval_is_evidence_when_its_step_was_done_in_its_turn(
    finish: bool, said: str, cast: Cast, signed_in: SignedIn
) -> None:
    one = received("duyet", at(16, "08:00"), finish=finish)
    if not finish:
        for step in (1, 2, 3):
            actions.do_step(one, step, press=press(one, f"b{step}"), by=cast.an.actor, at=NOW)
    assert said in text(signed_in("an").get("/xu-ly/duyet/"))
