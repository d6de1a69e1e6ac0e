"""What a decided version says of itself: who signed, who looked it through, that it does not apply (yet, any more)."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from chuan.kernel.actor import machine
from chuan.organisations.people.actions import assign_role
from chuan.quality.procedures.actions import approve, bring_into_force, drop, reopen, review, submit, withdraw
from chuan.quality.procedures.models import ProcedureVersion
from chuan.rules.authority import Role
from chuan.web.agency.procedures.downloads import cover_of
from chuan.web.agency.tasks import PROVIDERS
from chuan.web.kit.tasks import gather
from chuan.writing.cover import Signature

from ..cast import NOW, Cast
from ..quality.stage import version
from .looking import text, titles

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
TODAY = NOW.date()
DAY = timedelta(days=1)


def approved(cast: Cast, *, signed_by: str = "", decided_on: date = TODAY, before: bool = False) -> ProcedureVersion:
    """Giang hands her draft over; Hà approves it by a decision that may be older, signed by another."""
    one = version("qtxd03-02")
    submit(one, by=cast.giang.actor, at=NOW)
    approve(
        one,
        effective_on=TODAY,
        decision="215/QĐ-UBND",
        decided_on=decided_on,
        signed_by=signed_by,
        signed_before=before,
        by=cast.ha.actor,
        at=NOW,
    )
    return version("qtxd03-02")


def test_who_signed_the_decision_stands_in_the_signature_table_on_its_day(cast: Cast) -> None:
    cover = cover_of(approved(cast, signed_by="Đoàn Văn Sơn"), cast.an.actor)
    assert cover.approved == Signature("", "Đoàn Văn Sơn", TODAY)
    assert cover.signed_by == "Đoàn Văn Sơn"


def test_a_signer_of_the_agency_signs_in_the_own_position(cast: Cast) -> None:
    one = version("qtxd03-02")
    submit(one, by=cast.giang.actor, at=NOW)
    approve(one, effective_on=TODAY, decision="215", signed_by="phạm thu hà", by=cast.ha.actor, at=NOW)
    assert cover_of(one, cast.an.actor).approved.position == "Chủ tịch UBND xã"


def test_a_decision_written_down_later_lets_nobody_draft_after_it_was_signed(cast: Cast) -> None:
    earlier = TODAY - 7 * DAY
    cover = cover_of(approved(cast, signed_by="Đoàn Văn Sơn", decided_on=earlier, before=True), cast.an.actor)
    assert (cover.issued_on, cover.approved.signed_on) == (earlier, earlier)
    assert (cover.drafted.name, cover.drafted.signed_on) == ("Lê Hương Giang", None)


def test_a_version_is_marked_until_it_applies_and_when_it_no_longer_does(cast: Cast) -> None:
    def mark(key: str) -> str:
        return cover_of(version(key), cast.giang.actor).mark

    assert mark("qtxd03-02") == "DỰ THẢO"
    assert mark("qttrinh-01") == "DỰ THẢO"
    assert mark("qtcho-01") == "CHƯA CÓ HIỆU LỰC"
    assert mark("qtxd03-01") == ""
    bring_into_force(approved(cast), by=cast.ha.actor, at=NOW)
    assert mark("qtxd03-01") == "HẾT HIỆU LỰC TỪ 16/11/2026"
    withdraw(version("qtxd03-02"), note="Nhầm", former_returns=False, by=cast.ha.actor, at=NOW)
    assert mark("qtxd03-02") == "ĐÃ THÔI ÁP DỤNG"
    reopen(version("qtcho-01"), note="Sai", by=cast.ha.actor, at=NOW)
    drop(version("qtcho-01"), by=cast.giang.actor, at=NOW)
    assert mark("qtcho-01") == "DỰ THẢO ĐÃ BỎ"


def test_a_reopened_draft_prints_neither_decision_nor_signatures(cast: Cast) -> None:
    reopen(version("qtcho-01"), note="Sai ngày", by=cast.ha.actor, at=NOW)
    cover = cover_of(version("qtcho-01"), cast.giang.actor)
    assert (cover.decision, cover.issued_on, cover.effective_on) == ("", None, None)
    assert (cover.drafted, cover.approved) == (Signature(), Signature())


REVIEWED = "Đã xem xét, đề nghị phê duyệt"
DECIDED = {"decision": "20/QĐ-UBND", "decided_on": "16/11/2026", "effective_on": "01/12/2026"}
FORM = "/phien-ban/qtxd03-02/phe-duyet/"


def test_who_approves_is_told_that_nobody_looked_it_through_and_who_may(signed_in: SignedIn) -> None:
    signed_in("giang").post("/phien-ban/qtxd03-02/trinh/", {"note": "Luật mới"})
    ha = signed_in("ha")
    page = text(ha, FORM)
    assert "Chưa ai xem xét bản này." in page
    assert "Người xem xét được: Phạm Thu Hà (Chủ tịch UBND xã)" in page
    ha.post("/phien-ban/qtxd03-02/xem-xet/", {"note": "Được"})
    page = text(ha, FORM)
    assert "Chưa ai xem xét" not in page
    assert re.search(rf"{REVIEWED}</b>, Phạm Thu Hà, .*: Được", page)


def test_a_review_is_told_on_the_page_and_not_asked_for_twice(signed_in: SignedIn) -> None:
    signed_in("giang").post("/phien-ban/qtxd03-02/trinh/", {"note": "Luật mới"})
    ha = signed_in("ha")
    assert 'href="/phien-ban/qtxd03-02/xem-xet/"' in text(ha, "/quy-trinh/qtxd03/?lan=2")
    ha.post("/phien-ban/qtxd03-02/xem-xet/", {"note": ""})
    assert 'href="/phien-ban/qtxd03-02/xem-xet/"' not in text(ha, "/quy-trinh/qtxd03/?lan=2")
    assert f"{REVIEWED}</b>, Phạm Thu Hà" in text(signed_in("giang"), "/quy-trinh/qtxd03/?lan=2")


def test_work_on_a_version_says_who_looked_it_through(signed_in: SignedIn, cast: Cast) -> None:
    signed_in("giang").post("/phien-ban/qtxd03-02/trinh/", {"note": "Luật mới"})

    def why() -> str:
        (task,) = (one for one in gather(cast.ha.actor, PROVIDERS).all if "QT.XD.03 Cấp" in one.title)
        return task.why

    assert "đang chờ" in why()
    signed_in("ha").post("/phien-ban/qtxd03-02/xem-xet/", {"note": ""})
    assert "Phạm Thu Hà đã xem xét, còn chờ phê duyệt" in why()


def test_who_only_reviews_has_no_work_left_with_what_was_looked_through(cast: Cast) -> None:
    assign_role(cast.binh.position, Role.ISO_SECRETARY, from_on=TODAY, by=machine("tests", NOW), at=NOW)
    submit(version("qtxd03-02"), by=cast.giang.actor, at=NOW)
    assert "Xem xét QT.XD.03 Cấp giấy phép xây dựng nhà ở riêng lẻ" in titles(cast, "binh")
    review(version("qtxd03-02"), by=cast.binh.actor, at=NOW)
    assert "Xem xét QT.XD.03 Cấp giấy phép xây dựng nhà ở riêng lẻ" not in titles(cast, "binh")


def test_reopening_says_before_and_after_that_the_review_no_longer_counts(signed_in: SignedIn) -> None:
    signed_in("giang").post("/phien-ban/qtxd03-02/trinh/", {"note": "Luật mới"})
    ha = signed_in("ha")
    ha.post("/phien-ban/qtxd03-02/xem-xet/", {"note": ""})
    ha.post(FORM, DECIDED)
    assert "cũng không còn tính cho bản sửa" in text(ha, "/phien-ban/qtxd03-02/mo-lai/")
    ha.post("/phien-ban/qtxd03-02/mo-lai/", {"note": "Sai ngày"})
    page = text(signed_in("giang"), "/quy-trinh/qtxd03/?lan=2")
    assert "<b>Mở lại để sửa</b>, Phạm Thu Hà" in page
    assert "không còn tính cho bản sửa" in page
    signed_in("giang").post("/phien-ban/qtxd03-02/trinh/", {"note": "Đã sửa"})
    page = text(ha, FORM)
    assert "Chưa ai xem xét bản này." in page
    assert "là của bản trước khi sửa lại" in page


def test_the_form_of_a_move_opens_only_where_the_move_begins(signed_in: SignedIn, cast: Cast) -> None:
    refused = signed_in("ha").get(FORM, follow=True)
    assert "đang ở trạng thái “Dự thảo”" in refused.content.decode()
    approved(cast)
    ha = signed_in("ha")
    for answer in (ha.get(FORM, follow=True), ha.post(FORM, DECIDED, follow=True)):
        page = answer.content.decode()
        assert "đang ở trạng thái “Đã phê duyệt, chờ hiệu lực”, do bạn chuyển lúc 09:00 16/11/2026" in page
        assert "215/QĐ-UBND" not in page.split("</header>")[0]
    for form in ("trinh", "xem-xet", "tra-lai"):
        name = "giang" if form == "trinh" else "ha"
        assert "đang ở trạng thái" in signed_in(name).get(f"/phien-ban/qtxd03-02/{form}/", follow=True).content.decode()


def test_who_would_begin_a_second_draft_is_led_to_the_first(signed_in: SignedIn) -> None:
    giang = signed_in("giang")
    for answer in (giang.get("/quy-trinh/qtxd03/ban-moi/"), giang.post("/quy-trinh/qtxd03/ban-moi/", {"reason": "x"})):
        assert answer.headers["Location"] == "/ban-thao/qtxd03-02/"
    assert "dự thảo lần ban hành 02" in text(giang, "/ban-thao/qtxd03-02/")
    under_review = giang.get("/quy-trinh/qttrinh/ban-moi/", follow=True)
    assert "đang có dự thảo lần ban hành 01" in under_review.content.decode()
