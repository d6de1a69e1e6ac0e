"""The editor of a draft with several cases, and the way from it to the review."""

from collections.abc import Callable

import pytest
from django.test import Client

from chuan.quality.procedures.actions import bring_into_force, save_draft, withdraw
from chuan.rules.procedure.structure import Variant

from ..cast import NOW, Cast
from ..quality.stage import CONTROL, STEPS, content, version
from ..quality.test_procedures import approved
from .looking import text

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
OVER = "Thừa 4 giờ làm việc"


def test_what_is_wrong_with_another_case_is_told_by_its_name_and_stands_there(signed_in: SignedIn, cast: Cast) -> None:
    draft = version("qtxd03-02")
    cases = (Variant(STEPS, name="Nhóm I"), Variant((*STEPS[:3], CONTROL, *STEPS[3:]), name="Nhóm II"))
    new = content(variants=cases)
    save_draft(draft, content=new, started_from=draft.saved, by=cast.giang.actor, at=NOW)
    giang = signed_in("giang")
    first = text(giang, "/ban-thao/qtxd03-02/")
    assert OVER not in first
    assert "Trường hợp “Nhóm II” còn 1 điểm." in first
    assert 'href="/ban-thao/qtxd03-02/?th=1"' in first.split("Trường hợp “Nhóm II”")[1].split("</div>")[0]
    second = text(giang, "/ban-thao/qtxd03-02/?th=1")
    assert OVER in second
    assert "Trường hợp “Nhóm" not in second


def test_the_editor_leads_to_the_review_which_names_issue_points_and_receivers(signed_in: SignedIn) -> None:
    giang, url = signed_in("giang"), "/phien-ban/qtxd03-02/trinh/"
    assert f'href="{url}"' in text(giang, "/ban-thao/qtxd03-02/")
    page = " ".join(text(giang, url).split())
    assert "QT.XD.03, lần ban hành 02." in page
    assert "Phê duyệt: Phạm Thu Hà (Chủ tịch UBND xã)" in page
    assert OVER in page


def test_a_version_ended_on_its_first_day_applied_on_none(signed_in: SignedIn, cast: Cast) -> None:
    bring_into_force(approved(cast, NOW.date()), by=cast.ha.actor, at=NOW)
    withdraw(version("qtxd03-02"), note="Nhầm", by=cast.ha.actor, at=NOW)
    for url in ("/quy-trinh/qtxd03/?lan=2", "/quy-trinh/qtxd03/lich-su/"):
        page = text(signed_in("giang"), url)
        assert "Thôi ngay trong ngày có hiệu lực, 16/11/2026" in page
        assert "đến trước 16/11/2026" not in page
