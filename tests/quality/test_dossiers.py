"""Living dossiers: received once, handled by acts, never lost, never doubled."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, connection, transaction

from chuan.kernel.errors import NotAllowed, NotYours
from chuan.quality.dossiers import actions
from chuan.quality.dossiers.models import Applicant, Dossier, DossierAct, DossierPart
from chuan.quality.dossiers.queries import (
    asked_parts,
    at_hand,
    counts_by_urgency,
    dossier_by_key,
    open_ones,
    own_dossiers,
    soon_for,
    with_urgency,
)
from chuan.quality.dossiers.reckoned import acts_of, reckoned
from chuan.quality.dossiers.refusals import ActedMeanwhile, NotAdmittedNow, NotHandled, NotItsStep, SlipEntered
from chuan.quality.dossiers.writing import Press
from chuan.rules.handling.urgency import Urgency, urgency
from chuan.rules.procedure.structure import Limit, TimeUnit

from ..cast import NOW, Cast
from .dossier_stage import agency, an, at, dossier, press, received

TWO_DAYS = Limit(Fraction(2), TimeUnit.WORKING_DAY)


def kinds(one: Dossier) -> list[str]:
    return [act.kind for act in one.acts.all()]


def test_reception_settles_what_governs_and_gives_code_and_number(cast: Cast) -> None:
    one = received("moi", at(16, "08:30"))
    assert one.code == "H99.132.05-261116-BX0001"
    assert one.version is not None
    assert one.version.key == "qtxd03-01"
    assert (one.committed, one.legal) == (
        Limit(Fraction(6), TimeUnit.WORKING_DAY),
        Limit(Fraction(15), TimeUnit.WORKING_DAY),
    )
    assert kinds(one) == ["received", "step"], "the step of reception is done by receiving"
    assert (one.step, one.step_title, one.state) == (1, "Phân công xử lý", "handling")
    assert one.due_at == at(25, "17:00"), "16/11 does not count, 24/11 is a holiday"
    assert one.volume == 1
    assert one.number == dossier("hosohoi").number + 1


def test_the_same_press_receives_once_and_another_gets_the_next_numbers(cast: Cast) -> None:
    first = received("mot", at(16))
    again = received("mot", at(16))
    other = received("hai", at(16))
    assert again.pk == first.pk
    assert other.code.endswith("BX0002")
    assert other.number == first.number + 1


def test_a_dossier_goes_its_way_with_one_press_a_step_until_it_is_handed_out(cast: Cast) -> None:
    one = received("di", at(16))
    for step in (1, 2, 3):
        written = actions.do_step(one, step, press=press(one, f"b{step}"), by=an(at(17)), at=at(17))
        assert written.numbers
    one = dossier("di")
    assert one.state == "ready", "only handing out is left"
    assert (one.step, one.next_due_at) == (4, None)
    actions.return_result(one, press=press(one, "tra"), by=an(at(18)), at=at(18))
    one = dossier("di")
    assert kinds(one)[-3:] == ["result_ready", "step", "returned"]
    assert (one.state, one.ended_at, one.holder) == ("returned", at(18), None)


def test_the_same_press_again_writes_nothing_also_when_others_acted_since(cast: Cast) -> None:
    one = dossier("hosomo")
    first = Press("cung-mot-nut", one.act_count)
    assert actions.do_step(one, 1, press=first, by=an(NOW), at=NOW).numbers == (3,)
    actions.do_step(one, 2, press=press(one, "sau"), by=an(NOW), at=NOW)
    assert actions.do_step(one, 1, press=first, by=an(NOW), at=NOW).numbers == ()
    assert len(kinds(dossier("hosomo"))) == 4


def test_who_had_not_seen_the_last_act_is_told_who_did_what_and_nothing_is_written(cast: Cast) -> None:
    one = dossier("hosomo")
    stale = Press("cu", one.act_count)
    actions.do_step(one, 1, press=press(one, "moi"), by=cast.ha.actor, at=NOW, reason="Làm thay")
    with pytest.raises(ActedMeanwhile) as told:
        actions.do_step(one, 1, press=stale, by=an(NOW), at=NOW)
    assert "Phạm Thu Hà lúc 09:00 16/11/2026" in str(told.value)
    assert len(kinds(dossier("hosomo"))) == 3


def test_a_supplement_stops_the_clock_and_begins_it_anew(cast: Cast) -> None:
    one = dossier("hosomo")
    assert one.due_at == at(17, "17:00")
    actions.ask_supplement(one, ["Bản vẽ"], why="Thiếu chữ ký", press=press(one, "bs"), by=an(at(10)), at=at(10))
    one = dossier("hosomo")
    assert (one.state, one.waiting_since, one.due_at) == ("supplement", at(10), at(17, "17:00"))
    actions.take_supplement(one, ["Bản vẽ"], press=press(one, "nop"), by=an(at(16)), at=at(16))
    one = dossier("hosomo")
    assert (one.state, one.waiting_since) == ("handling", None)
    assert one.due_at == at(25, "17:00"), "six working days from the completed dossier (R7)"


def test_a_second_supplement_for_a_new_item_is_recorded_as_not_asked_at_once(cast: Cast) -> None:
    one = dossier("hosomo")
    for number, item in enumerate(("Bản vẽ", "Giấy ủy quyền")):
        actions.ask_supplement(one, [item], why="Thiếu", press=press(one, f"a{number}"), by=an(NOW), at=NOW)
        actions.take_supplement(one, [item], press=press(one, f"b{number}"), by=an(NOW), at=NOW)
    one = dossier("hosomo")
    assert [found.rule for found in reckoned(one, acts_of(one), NOW).violations] == ["R7", "R2"], "late, and twice"


def test_undo_takes_the_whole_press_back_and_leaves_the_reception(cast: Cast) -> None:
    one = dossier("hosomo")
    for step in (1, 2, 3):
        actions.do_step(one, step, press=press(one, f"b{step}"), by=an(NOW), at=NOW)
    assert dossier("hosomo").state == "ready"
    actions.take_back(one, press=press(one, "lui"), by=an(NOW), at=NOW)
    one = dossier("hosomo")
    assert (one.state, one.step, one.ready_at) == ("handling", 3, None)
    for number in range(2):
        actions.take_back(one, press=press(one, f"lui{number}"), by=an(NOW), at=NOW)
    assert dossier("hosomo").step == 1
    with pytest.raises(NotAdmittedNow, match="tiếp nhận"):
        actions.take_back(one, press=press(one, "lui-nua"), by=an(NOW), at=NOW)


def test_acts_are_never_changed_and_never_deleted(cast: Cast) -> None:
    act = dossier("hosomo").acts.first()
    assert act is not None
    for sql in (
        "UPDATE quality_dossieract SET reason = 'x' WHERE id = %s",
        "DELETE FROM quality_dossieract WHERE id = %s",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [act.pk])


def test_another_agency_is_asked_sees_the_dossier_and_answers_for_itself(cast: Cast) -> None:
    one = dossier("hosohoi")
    part = asked_parts(cast.chi.actor).get()
    assert (part.dossier_id, part.due_at) == (one.pk, at(16, "17:00"))
    assert dossier_by_key(cast.chi.actor, "hosohoi").pk == one.pk
    with pytest.raises(NotYours):
        dossier_by_key(cast.chi.actor, "hosomo")
    with pytest.raises(NotAllowed):
        actions.do_step(one, 1, press=press(one, "k"), by=cast.chi.actor, at=NOW)
    actions.answer(one, part.act, content="Không vướng", press=press(one, "tl"), by=an(NOW), at=NOW)
    assert DossierPart.objects.everywhere(reason="tests").get(pk=part.pk).done_at == NOW
    actions.take_back(one, press=press(one, "lui"), by=an(NOW), at=NOW)
    assert asked_parts(cast.chi.actor).get().done_at is None


def test_an_apology_moves_the_appointment_once(cast: Cast) -> None:
    one, by = dossier("hosomo"), an(NOW)
    actions.apologise(one, why="Chờ đo đạc", new_due=at(20, "17:00"), press=press(one, "x1"), by=by, at=NOW)
    with pytest.raises(NotAdmittedNow, match="hẹn lại một lần"):
        actions.apologise(one, why="Vẫn chờ", new_due=at(27, "17:00"), press=press(one, "x2"), by=by, at=NOW)
    one = dossier("hosomo")
    assert (one.first_due_at, one.due_at) == (at(17, "17:00"), at(20, "17:00"))


def test_a_result_waits_for_those_who_were_asked_unless_somebody_says_why(cast: Cast) -> None:
    one = dossier("hosohoi")
    for step in (1, 2, 3):
        actions.do_step(one, step, press=press(one, f"b{step}"), by=an(NOW), at=NOW)
    assert dossier("hosohoi").state == "handling", "UBND xã Đông Hạ has not answered"
    with pytest.raises(NotAdmittedNow, match="Đông Hạ"):
        actions.make_ready(one, press=press(one, "xong"), by=an(NOW), at=NOW)
    actions.make_ready(one, reason="Đã hỏi qua điện thoại", press=press(one, "xong"), by=an(NOW), at=NOW)
    actions.return_result(one, press=press(one, "tra"), by=an(NOW), at=NOW)
    assert not asked_parts(cast.chi.actor).exists(), "nobody waits for an answer any more"


def test_a_slip_of_the_year_is_entered_once(cast: Cast) -> None:
    first = received("phieu", at(16), channel="paper_slip", paper_slip="05")
    with pytest.raises(SlipEntered, match=first.code):
        received("phieu2", at(16), channel="paper_slip", paper_slip="05")


def test_an_applicant_is_kept_only_where_the_agency_says_so(cast: Cast) -> None:
    assert Applicant.objects.everywhere(reason="tests").get().name == "Trần Thị Dân"
    actions.set_one_stop(agency("thanhbinh"), keeps_applicants=False, by=cast.ha.actor, at=NOW)
    one = received("kin", at(16), applicant={"name": "Lê Văn Kín"})
    assert not Applicant.objects.everywhere(reason="tests").filter(dossier=one).exists()


def test_a_service_that_the_agency_does_not_handle_is_not_received_for_it(cast: Cast) -> None:
    with pytest.raises(NotHandled):
        received("lac", at(16), where="dongha")


def test_a_service_without_a_procedure_is_received_and_returned_all_the_same(cast: Cast) -> None:
    one = received("khai", at(16), service="thutuc2")
    assert (one.version, one.step, one.state) == (None, None, "handling")
    actions.make_ready(one, press=press(one, "xong"), by=an(NOW), at=NOW)
    actions.return_result(one, press=press(one, "tra"), by=an(NOW), at=NOW)
    assert dossier("khai").state == "returned"


def test_what_is_done_on_the_spot_is_received_done_and_returned_in_one_press(cast: Cast) -> None:
    one = received("ngay", at(16, "08:10"), immediate=True, wants_receipt=False, finish=True)
    assert one.state == "returned"
    assert kinds(one) == ["received", "step", "step", "step", "step", "result_ready", "step", "returned"]


def test_the_queue_has_the_order_of_the_rules(cast: Cast) -> None:
    (
        received("cho", at(16)),
        received("gap", at(9, "14:00")),
        received("tre", at(3)),
        received("luat", at(3, month=8)),
    )
    waiting = dossier("cho")
    actions.ask_supplement(waiting, ["Bản vẽ"], why="Thiếu", press=press(waiting, "bs"), by=an(NOW), at=NOW)
    home = agency("thanhbinh")
    rows = with_urgency(open_ones(own_dossiers(cast.an.actor)), NOW, soon_for(home, NOW))
    shown = {row.key: Urgency(row.urgency) for row in rows.order_by("urgency", "ends", "pk")}
    expected = {}
    for row in rows:
        found = reckoned(row, acts_of(row), NOW)
        waits = row.state in ("supplement", "payment", "ready")
        calendar = found.promised.calendar if found.promised else None
        assert calendar is not None
        expected[row.key] = urgency(found.limits, NOW, calendar, waiting=waits)
    assert shown == expected
    assert list(shown.values()) == sorted(shown.values())
    assert counts_by_urgency(rows)[Urgency.WAITING] == 1
    assert set(shown.values()) >= {Urgency.LATE_BY_LAW, Urgency.LATE, Urgency.WAITING}


def test_a_dossier_lies_with_the_position_of_its_step_and_can_be_handed_to_another(cast: Cast) -> None:
    one = dossier("hosomo")
    assert one.holder is None, "no position is called Lãnh đạo Phòng Kinh tế"
    assert one in at_hand(own_dossiers(cast.an.actor), cast.an.actor)
    assert one not in at_hand(own_dossiers(cast.binh.actor), cast.binh.actor), "a reader handles nothing"
    actions.hand_over(
        one, cast.ha.position, note="Xin anh chị xem", always=True, press=press(one, "ch"), by=an(NOW), at=NOW
    )
    one = dossier("hosomo")
    assert one.holder == cast.ha.position
    assert one not in at_hand(own_dossiers(cast.an.actor), cast.an.actor)
    later = received("sau", at(16))
    assert later.holder == cast.ha.position, "said once, kept for the role"


def test_another_s_step_needs_a_reason(cast: Cast) -> None:
    one = dossier("hosomo")
    actions.hand_over(one, cast.ha.position, press=press(one, "ch"), by=an(NOW), at=NOW)
    with pytest.raises(NotItsStep, match="làm thay"):
        actions.do_step(one, 1, press=press(one, "t1"), by=an(NOW), at=NOW)
    actions.do_step(one, 1, press=press(one, "t2"), reason="Anh Hà đi họp", by=an(NOW), at=NOW)
    assert DossierAct.objects.everywhere(reason="tests").get(key="t2").reason == "Anh Hà đi họp"


def test_a_moment_to_come_is_refused(cast: Cast) -> None:
    one = dossier("hosomo")
    with pytest.raises(NotAdmittedNow, match="chưa đến"):
        actions.do_step(one, 1, press=press(one, "m"), happened_at=NOW + timedelta(hours=1), by=an(NOW), at=NOW)


def test_a_case_with_a_total_of_its_own_is_promised_that_total(cast: Cast) -> None:
    version = dossier("hosomo").version
    assert version is not None
    first = version.content["variants"][0]
    quick = {**first, "name": "Cấp lại", "declared_total_days": 3}
    version.content["variants"] = [first, quick]
    version.save(update_fields=["content"])
    assert received("thuong", at(16), variant=0).committed == Limit(Fraction(6), TimeUnit.WORKING_DAY)
    assert received("caplai", at(16), variant=1).committed == Limit(Fraction(3), TimeUnit.WORKING_DAY)
