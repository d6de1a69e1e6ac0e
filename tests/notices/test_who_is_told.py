"""Who is told what: every act that concerns somebody leaves a notice with him, once, and none where it fails."""

from collections.abc import Callable

import pytest
from django.test import Client

from chuan.kernel.actor import machine
from chuan.notices.kinds import KINDS
from chuan.notices.models import Mail, Notice
from chuan.organisations.people.accounts import reset_password, reset_second_factor
from chuan.quality.models import Procedure, ProcedureVersion
from chuan.quality.procedures import actions, refusals

from ..cast import NOW, Cast

pytestmark = pytest.mark.django_db


def version(key: str) -> ProcedureVersion:
    rows = ProcedureVersion.objects.everywhere(reason="tests").select_related("procedure__agency")
    return rows.get(key=key)


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def submitted(cast: Cast) -> ProcedureVersion:
    draft = version("qtxd03-02")
    actions.submit(draft, by=cast.giang.actor, at=NOW)
    return draft


def test_who_may_approve_is_told_of_what_was_submitted_and_the_writer_of_what_became_of_it(cast: Cast) -> None:
    draft = submitted(cast)
    assert told("procedures.approve") == ["account:ha"]
    assert told("procedures.review") == []  # Giang may review, but she handed it over
    actions.send_back(draft, note="Thiếu bước thu lệ phí", by=cast.ha.actor, at=NOW)
    assert told("procedures.returned") == ["account:giang"]
    notice = Notice.objects.get(kind="procedures.returned")
    assert notice.link == f"/quy-trinh/{draft.procedure.key}/?lan=2"
    assert "Thiếu bước thu lệ phí" in notice.text


def test_the_writer_is_told_of_approval_and_effect_and_the_others_that_there_is_something_to_read(cast: Cast) -> None:
    draft = submitted(cast)
    actions.approve(draft, effective_on=NOW.date(), decision="20/QĐ-UBND", by=cast.ha.actor, at=NOW)
    assert told("procedures.approved") == ["account:giang"]
    actions.bring_into_force(draft, by=machine("take_effect", NOW), at=NOW)
    assert told("procedures.in_force") == ["account:giang"]
    assert told("procedures.acknowledge") == ["account:an", "account:binh", "account:ha"]
    actions.withdraw(draft, note="Ban hành nhầm", by=cast.ha.actor, at=NOW)
    assert told("procedures.withdrawn") == ["account:giang"]


def test_who_does_it_is_not_told_of_it(cast: Cast) -> None:
    draft = submitted(cast)
    actions.approve(draft, effective_on=NOW.date(), decision="20/QĐ-UBND", by=cast.ha.actor, at=NOW)
    actions.bring_into_force(draft, by=cast.giang.actor, at=NOW)
    assert told("procedures.in_force") == []


def test_an_act_that_is_refused_tells_nobody(cast: Cast) -> None:
    with pytest.raises(refusals.NoReason):
        actions.send_back(submitted(cast), note=" ", by=cast.ha.actor, at=NOW)
    assert told("procedures.returned") == []


def test_who_has_an_address_is_also_told_by_mail(cast: Cast) -> None:
    cast.ha.person.change(email="")
    submitted(cast)
    assert told("procedures.approve") == ["account:ha"]
    assert not Mail.objects.exists()
    cast.ha.person.change(email="ha@mau.invalid")
    draft = version("qtxd03-02")
    actions.send_back(draft, note="Sửa", by=cast.ha.actor, at=NOW)
    actions.submit(draft, by=cast.giang.actor, at=NOW.replace(hour=10))
    assert list(Mail.objects.values_list("address", flat=True).order_by("address")) == [
        "giang@mau.invalid",
        "ha@mau.invalid",
    ]


def test_who_follows_an_original_is_told_of_its_new_version(cast: Cast) -> None:
    draft = submitted(cast)
    follower = Procedure.objects.everywhere(reason="tests").filter(agency=cast.chi.agency).first()
    assert follower is not None
    follower.change(adopted_from=draft.procedure, adopted_version=version("qtxd03-01"))
    actions.approve(draft, effective_on=NOW.date(), decision="20/QĐ-UBND", by=cast.ha.actor, at=NOW)
    actions.bring_into_force(draft, by=cast.ha.actor, at=NOW)
    assert told("procedures.source_changed") == ["account:chi"]
    assert Notice.objects.get(kind="procedures.source_changed").link == f"/quy-trinh/{follower.key}/so-voi-goc/"


def test_who_reads_the_password_of_another_out_cannot_do_it_unnoticed(cast: Cast) -> None:
    reset_password(cast.an.account, by=cast.khanh.actor, at=NOW)
    reset_second_factor(cast.an.account, by=cast.khanh.actor, at=NOW)
    assert told("account.reset") == ["account:an", "account:an"]
    assert set(Mail.objects.values_list("address", flat=True)) == {"an@mau.invalid"}


def test_who_wants_no_mail_reads_notices_in_the_application_alone(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    ha = signed_in("ha")
    assert "được gửi tới ha@mau.invalid" in ha.get("/thong-bao/").content.decode()
    ha.post("/thong-bao/qua-thu/")
    submitted(cast)
    assert (told("procedures.approve"), Mail.objects.count()) == (["account:ha"], 0)
    ha.post("/thong-bao/qua-thu/", {"co": ""})
    reset_password(cast.ha.account, by=cast.khanh.actor, at=NOW)
    assert Mail.objects.get().address == "ha@mau.invalid"


def test_the_page_promises_every_kind_that_there_is(signed_in: Callable[[str], Client]) -> None:
    page = signed_in("an").get("/thong-bao/").content.decode()
    assert [kind.code for kind in KINDS.values() if str(kind.when)[1:] not in page] == []
