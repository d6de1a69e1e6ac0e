"""Who is told what: every act that concerns somebody leaves a notice with him, once, and none where it fails."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from chuan.analytics.findings.actions import read_again
from chuan.analytics.findings.choosing import choose
from chuan.analytics.logs.actions import hand_in
from chuan.jobs.models import Run, State
from chuan.jobs.take_in_log import ask_for
from chuan.jobs.work import perform
from chuan.kernel.actor import machine
from chuan.notices.kinds import KINDS
from chuan.notices.models import Mail, Notice
from chuan.organisations.people.accounts import reset_password, reset_second_factor
from chuan.quality.models import Procedure, ProcedureVersion
from chuan.quality.procedures import actions, refusals
from chuan.quality.procedures.import_intake import files_waiting, read_file, take_in

from ..analytics.world import ALL, BY, SKIPS, STEPS, csv, story, world
from ..cast import NOW, Cast
from ..quality.stage import version
from ..quality.word_files import clear_word_file, word_file

pytestmark = pytest.mark.django_db


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


def test_who_follows_a_version_of_the_province_is_told_why_it_ended(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    original = version("qtxd03-01")
    follower = Procedure.objects.everywhere(reason="tests").filter(agency=cast.chi.agency).first()
    assert follower is not None
    follower.change(adopted_from=original.procedure, adopted_version=original)
    page = f"/quy-trinh/{follower.key}/"
    assert "Tỉnh đã thôi áp dụng bản ấy" not in signed_in("chi").get(page).content.decode()
    actions.withdraw(original, note="Trái thẩm quyền", by=cast.ha.actor, at=NOW)
    assert told("procedures.source_ended") == ["account:chi"]
    notice = Notice.objects.get(kind="procedures.source_ended")
    assert notice.link == page
    assert notice.text.endswith(": Trái thẩm quyền")
    assert "Tỉnh đã thôi áp dụng bản ấy" in signed_in("chi").get(page).content.decode()


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


def test_who_hands_a_log_in_is_told_what_became_of_it(cast: Cast) -> None:
    here = world(cast)
    for rows in (ALL, ["không phải hồ sơ"]):
        upload = hand_in(here.source, csv(rows), f"{len(rows)}.csv", by=cast.an.actor, at=NOW)
        ask_for(upload)
        for run in Run.objects.filter(state=State.WAITING).order_by("pk"):
            perform(run.pk)
    assert (told("logs.imported"), told("logs.failed")) == (["account:an"], ["account:an"])
    assert Notice.objects.get(kind="logs.imported").link.startswith("/tep-ho-so/")


def test_the_head_is_told_once_a_day_of_new_questions_and_never_of_the_same_again(cast: Cast) -> None:
    here = world(cast)
    here.take_in(SKIPS)
    read_again(here.procedure, by=BY, at=NOW)
    assert told("questions.open") == ["account:ha"]
    later = NOW + timedelta(days=1)
    read_again(here.procedure, by=BY, at=later)  # the same questions
    assert told("questions.open") == ["account:ha"]
    here.take_in(story("H7", "09 08:00", "09 09:00", "09 10:00", "09 11:00", steps=(*STEPS[:3], "Xin ý kiến")))
    read_again(here.procedure, by=BY, at=later)
    assert told("questions.open") == ["account:ha", "account:ha"]


def test_who_holds_the_position_is_told_of_the_work_that_it_was_given(cast: Cast) -> None:
    here = world(cast)
    choice = choose(
        here.procedure,
        kind="change_practice",
        deviation="skipped",
        step="B2",
        question="Vì sao bỏ bước?",
        count=1,
        position=cast.an.position,
        due_on=NOW.date(),
        by=cast.ha.actor,
        at=NOW,
    )
    assert told("tasks.assigned") == ["account:an"]
    assert Notice.objects.get(kind="tasks.assigned").link == f"/thuc-te/{choice.procedure.key}/"


def test_who_hands_files_in_is_told_once_all_are_read_if_there_is_something_to_look_at(cast: Cast) -> None:
    giang = cast.giang
    files = [("a.docx", io.BytesIO(word_file("QT.M.1"))), ("b.docx", io.BytesIO(b""))]
    batch = take_in(files, agency=giang.agency, name="Lô mới", by=giang.actor, at=NOW)
    assert told("imports.read") == []
    for key in files_waiting(batch.key) * 2:
        read_file(key, at=NOW)
    assert told("imports.read") == ["account:giang"]
    notice = Notice.objects.get(kind="imports.read")
    assert (notice.text, notice.link) == (
        "Lô mới: 1 tệp còn chỗ cần xem, 1 tệp không đọc được",
        f"/nhap-quy-trinh/{batch.key}/",
    )
    clear = [("c.docx", io.BytesIO(clear_word_file("QT.M.3")))]
    for key in files_waiting(take_in(clear, agency=giang.agency, name="Rõ", by=giang.actor, at=NOW).key):
        read_file(key, at=NOW)
    assert told("imports.read") == ["account:giang"]
