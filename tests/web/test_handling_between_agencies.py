"""A living dossier in which several agencies take part: what each sees, how it answers, whose a delay is."""

from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse

from chuan.organisations.people.models import Account
from chuan.quality.dossiers import actions
from chuan.rules.authority import Role
from chuan.rules.procedure.structure import Limit, TimeUnit

from ..cast import NOW, Cast, Part, _enter
from ..quality.dossier_stage import agency, an, at, dossier, press, received
from ..quality.stage import BY
from .handling import SignedIn, act_url, kinds, sent, text, url

pytestmark = pytest.mark.django_db
TWO_DAYS = Limit(Fraction(2), TimeUnit.WORKING_DAY)


def test_a_question_that_is_entered_later_is_due_from_when_it_was_asked(cast: Cast, signed_in: SignedIn) -> None:
    fields = {"body": "UBND xã Đông Hạ", "content": "Ranh giới", "amount": "2", "unit": "working_day"}
    sent(signed_in("an"), "xin-y-kien", **fields, done_at="08:00 10/11/2026")
    part = dossier("hosomo").participations.get(role="consulted")
    assert (part.got_at, part.due_at) == (at(10), at(12, "17:00"))


def test_an_asked_agency_sees_its_part_and_nobody_s_name(cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in("chi").get(url("living_dossier")).status_code == 404
    page = signed_in("chi").get(url("living_dossier", "hosohoi"))
    shown = text(page)
    assert "Ranh giới thửa đất giáp xã Đông Hạ" in shown
    assert "Bản vẽ" in shown
    assert "Nguyễn Thị An" not in shown
    assert "Gửi trả lời" in shown
    assert signed_in("chi").get(act_url("ghi-chu", "hosohoi")).status_code == 403


def test_an_asked_agency_does_not_see_what_others_are_asked(cast: Cast, signed_in: SignedIn) -> None:
    fields = {"body": "Công ty Điện lực", "content": "Hành lang lưới điện", "amount": "2", "unit": "working_day"}
    sent(signed_in("an"), "xin-y-kien", "hosohoi", **fields)
    assert "Hành lang lưới điện" not in text(signed_in("chi").get(url("living_dossier", "hosohoi")))
    assert signed_in("chi").get(reverse("answer_dossier", args=["hosohoi", 4])).status_code == 403


def test_a_reader_of_an_asked_agency_learns_who_answers(cast: Cast) -> None:
    _enter(Part("em", "Vũ Thị Em", "dongha", "Văn thư", Role.READER), agency("dongha"), BY, NOW)
    client = Client()
    client.force_login(Account.objects.get(username="em"))
    shown = text(client.get(url("living_dossier", "hosohoi")))
    assert "Trả lời là việc của công chức" in shown
    assert "Gửi trả lời" not in shown


def test_an_asked_agency_answers_for_itself_once(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("chi")
    page = client.get(url("living_dossier", "hosohoi"))
    asked = page.context["asked"][0]
    answer_url = reverse("answer_dossier", args=["hosohoi", asked.number])
    empty = client.post(answer_url, {"key": "tl0", "seen": page.context["seen"], "content": ""})
    assert empty.status_code == 422
    said = {"key": "tl", "seen": page.context["seen"], "content": "Không vướng ranh giới"}
    for _press in range(2):
        assert client.post(answer_url, said).status_code == 302
    act = dossier("hosohoi").acts.last()
    assert act is not None
    assert (act.kind, act.agency.key, act.reason) == ("answered", "dongha", "Không vướng ranh giới")
    shown = text(signed_in("an").get(url("living_dossier", "hosohoi")))
    assert "Trả lời: Không vướng ranh giới" in shown
    assert "UBND xã Đông Hạ" in shown


def test_the_answer_of_a_body_outside_is_written_by_who_asked(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("an")
    fields = {"body": "Công ty Điện lực", "content": "Hành lang", "amount": "2", "unit": "working_day"}
    sent(client, "xin-y-kien", **fields)
    number = dossier("hosomo").act_count
    answer = reverse("answer_dossier", args=["hosomo", number])
    assert client.get(answer).status_code == 200
    assert client.get(reverse("answer_dossier", args=["hosomo", 1])).status_code == 404
    client.post(answer, {"key": "tl", "seen": number, "content": "Ngoài hành lang"})
    assert kinds(dossier("hosomo"))[-1] == "answered"


def test_a_delay_is_shared_out_among_the_agencies_and_counted_once(cast: Cast, signed_in: SignedIn) -> None:
    one = received("cham", at(2))
    part = {"content": "Ranh giới", "limit": TWO_DAYS, "press": press(one, "lt"), "by": an(at(3)), "at": at(3)}
    actions.forward(one, agency=agency("dongha"), **part)  # type: ignore[arg-type]  # as typed there
    page = signed_in("an").get(url("living_dossier", "cham"))
    shares = page.context["shares"]
    assert [share.agency for share in shares] == ["UBND xã Đông Hạ", "UBND xã Thanh Bình"]
    assert sum(int(share.percent.split("\N{NO-BREAK SPACE}")[0]) for share in shares) == 100
    assert "Hồ sơ chậm chỉ tính một lần" in text(page)
    assert not signed_in("an").get(url("living_dossier", "hosohoi")).context["shares"], "in time"


def test_that_a_late_answer_was_told_is_written_of_the_question(cast: Cast, signed_in: SignedIn) -> None:
    one = received("tre", at(9))
    asked = {"body": "Công ty Điện lực", "content": "Hành lang", "limit": TWO_DAYS}
    actions.consult(one, **asked, press=press(one, "h"), by=an(at(10)), at=at(10))  # type: ignore[arg-type]
    page = signed_in("an").get(url("living_dossier", "tre"))
    assert any("Công ty Điện lực quá hạn trả lời" in each.words for each in page.context["pressing"])
    sent(signed_in("an"), "ghi-chu", "tre", about="3", text="Đã báo Giám đốc Trung tâm")
    page = signed_in("an").get(url("living_dossier", "tre"))
    assert not any("Công ty Điện lực" in each.words for each in page.context["pressing"])
