"""Public services without a procedure in force: what is on its way for them, and where one begins."""

from collections.abc import Callable

import pytest
from django.test import Client

from chuan.quality.models import Procedure, PublicService
from chuan.quality.procedures.actions import save_draft
from chuan.quality.procedures.models import ProcedureService

from ..cast import NOW, Cast
from ..quality.stage import content, version
from .looking import text

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
BARE = "/do-phu/thanhbinh/?xem=chua-co"
WRITE = "/quy-trinh/soan-moi/?co-quan=thanhbinh&ma=1.001193"


def bears(cast: Cast, code: str) -> None:
    """Giang types this service code into the draft under way."""
    draft = version("qtxd03-02")
    new = content(service_code=code)
    save_draft(draft, content=new, started_from=draft.saved, by=cast.giang.actor, at=NOW)


def test_a_service_without_a_procedure_is_begun_from_the_list_and_from_its_page(signed_in: SignedIn) -> None:
    giang = signed_in("giang")
    for url in (BARE, "/dich-vu-cong/thutuc2/"):
        page = text(giang, url)
        assert WRITE in page
        assert "Áp dụng bản của tỉnh" not in page
    assert WRITE not in text(giang, "/dich-vu-cong/thutuc1/")
    assert WRITE not in text(signed_in("binh"), BARE)
    form = text(giang, "/quy-trinh/soan-moi/?co-quan=thanhbinh&ma=1.001193")
    assert 'value="Đăng ký khai sinh"' in form
    assert 'value="1.001193"' in form


def test_what_the_province_issued_for_the_service_is_offered_beside_it(signed_in: SignedIn) -> None:
    rows = Procedure.objects.everywhere(reason="tests")
    service = PublicService.objects.everywhere(reason="tests").get(key="thutuc2")
    ProcedureService.objects.create(procedure=rows.get(key="qtkhcn02"), service=service)
    for url in (BARE, "/dich-vu-cong/thutuc2/"):
        assert 'href="/quy-trinh/qtkhcn02/ap-dung/"' in text(signed_in("giang"), url)


def test_a_draft_that_bears_the_code_is_told_in_place_of_the_buttons(signed_in: SignedIn, cast: Cast) -> None:
    bears(cast, "1.001193.H61")
    for url in (BARE, "/dich-vu-cong/thutuc2/"):
        page = " ".join(text(signed_in("giang"), url).split())
        assert "lần 02 (Dự thảo): có hiệu lực thì được tính." in page
        assert WRITE not in page
    assert "Dự thảo" not in text(signed_in("dung"), BARE)


def test_a_draft_says_which_service_it_will_be_tied_to(signed_in: SignedIn, cast: Cast) -> None:
    giang, said = signed_in("giang"), "Khi có hiệu lực, quy trình này gắn với thủ tục"
    pages = ("/quy-trinh/qtxd03/?lan=2", "/ban-thao/qtxd03-02/?phan=thong-tin")
    assert not any(said in text(giang, url) for url in pages), "it serves that service already"
    bears(cast, "1.001193")
    assert all(f'{said} <a href="/dich-vu-cong/thutuc2/">1.001193</a>' in text(giang, url) for url in pages)
    assert said not in text(giang, "/quy-trinh/qtxd03/?lan=1")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"service_code": "abc"}, "Mã thủ tục gồm một chữ số, dấu chấm, sáu chữ số"),
        ({"code": "QT.XD.03"}, "Ký hiệu QT.XD.03 đã là của quy trình “Cấp giấy phép xây dựng nhà ở riêng lẻ”"),
    ],
)
def test_a_wrong_code_is_refused_beside_its_field(typed: dict[str, str], said: str, signed_in: SignedIn) -> None:
    usual = {"agency": "thanhbinh", "name": "Thử", "code": "QT.99", "service_code": ""}
    answer = signed_in("giang").post("/quy-trinh/soan-moi/", usual | typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
