"""The record of outages: begun, ended, corrected, taken back; and what it says of dossiers from paper slips (R21)."""

from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from chuan.kernel.errors import NotAllowed, NotYours
from chuan.quality.dossiers.models import Channel
from chuan.quality.dossiers.outages import actions, refusals
from chuan.quality.dossiers.outages.models import Outage
from chuan.quality.dossiers.outages.queries import (
    covering,
    outage_by_key,
    outages,
    slips_of,
    slips_without_outage,
    unfinished,
    with_slips,
)
from chuan.quality.dossiers.reckoned import acts_of, reckoned
from chuan.rules.handling.verdicts import Rule
from chuan.trail.models import Entry

from ..cast import NOW, Cast
from .dossier_stage import an, at, dossier, received

pytestmark = pytest.mark.django_db


def down(cast: Cast, began_at: datetime, ended_at: datetime | None = None) -> Outage:
    """Let An record that Thanh Bình's network was down."""
    by = cast.an.actor
    return actions.begin_outage(cast.an.agency, began_at=began_at, ended_at=ended_at, why="Đứt cáp", by=by, at=NOW)


def now(one: Outage) -> Outage:
    return Outage.objects.everywhere(reason="tests").select_related("agency").get(pk=one.pk)


def recorded(cast: Cast) -> list[int]:
    """Return what is on record of Thanh Bình beside the outage of the stage."""
    return [row.pk for row in outages(cast.an.actor) if row.key != "matmang"]


def slip(key: str, moment: datetime, number: str = "") -> None:
    received(key, moment, channel=Channel.PAPER_SLIP, paper_slip=number or key)


def test_an_outage_is_begun_and_ended_and_the_trail_has_both(cast: Cast) -> None:
    one = down(cast, at(13, "10:00"))
    assert now(one).ended_at is None
    actions.end_outage(one, ended_at=at(16, "08:30"), by=cast.ha.actor, at=NOW)
    assert now(one).ended_at == at(16, "08:30")
    written = Entry.objects.filter(subject=one.ref).order_by("seq")
    assert [entry.action for entry in written] == ["outage.begin", "outage.end"]


def test_one_that_is_over_is_recorded_in_retrospect(cast: Cast) -> None:
    one = down(cast, at(10, "10:00"), at(12, "09:00"))
    assert [row.pk for row in unfinished([cast.an.agency.pk])] == [one.pk]


@pytest.mark.parametrize(
    ("began_at", "ended_at", "refusal"),
    [
        (at(16, "09:01"), None, refusals.NotYetBegun),
        (at(16, "08:00"), at(16, "09:01"), refusals.NotYetOver),
        (at(12, "08:00"), at(12, "08:00"), ValidationError),
        (at(12, "08:00"), at(12, "07:00"), ValidationError),
    ],
)
def test_moments_to_come_and_an_end_before_the_beginning_are_refused(
    cast: Cast, began_at: datetime, ended_at: datetime | None, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        down(cast, began_at, ended_at)
    assert recorded(cast) == []


def test_two_outages_of_an_agency_never_overlap_and_may_touch(cast: Cast) -> None:
    down(cast, at(10, "10:00"), at(12, "09:00"))
    for began_at, ended_at in [(at(9), at(10, "10:01")), (at(11), at(11, "09:00")), (at(9), None), (at(12), None)]:
        with pytest.raises(refusals.Overlapping, match="10:00 10/11/2026 đến 09:00 12/11/2026"):
            down(cast, began_at, ended_at)
    down(cast, at(9), at(10, "10:00"))
    down(cast, at(12, "09:00"))
    with pytest.raises(refusals.Overlapping, match="chưa ghi lúc có lại"):
        down(cast, at(16, "08:00"))


def test_the_database_refuses_a_second_open_one_and_an_end_before_the_beginning(cast: Cast) -> None:
    one = down(cast, at(13))
    twin = Outage(agency=one.agency, began_at=at(14), why="Hai", created_at=NOW)
    with pytest.raises(ValidationError, match="chưa ghi lúc có lại"):
        twin.full_clean()
    with pytest.raises(ValidationError, match="chưa thể nhập đủ"):
        one.change(all_entered_at=NOW)
    with pytest.raises(IntegrityError):
        Outage.objects.within(one.agency).update(ended_at=at(12))


def test_only_who_receives_or_keeps_the_one_stop_shop_records_and_only_at_home(cast: Cast) -> None:
    one = down(cast, at(13))
    for name in ("binh", "chi", "dung", "khanh"):
        by = getattr(cast, name).actor
        with pytest.raises(NotAllowed):
            actions.end_outage(one, ended_at=NOW, by=by, at=NOW)
        with pytest.raises(NotAllowed):
            actions.begin_outage(one.agency, began_at=at(9), ended_at=at(10), why="Thử", by=by, at=NOW)
    with pytest.raises(NotYours):
        outage_by_key(cast.chi.actor, one.key)
    actions.end_outage(one, ended_at=NOW, by=cast.giang.actor, at=NOW)


def test_an_end_that_was_recorded_meanwhile_is_not_written_over(cast: Cast) -> None:
    one = down(cast, at(13))
    actions.end_outage(one, ended_at=at(14), by=cast.ha.actor, at=NOW)
    with pytest.raises(refusals.OverAlready, match="08:00 14/11/2026"):
        actions.end_outage(one, ended_at=at(15), by=cast.an.actor, at=NOW)
    assert now(one).ended_at == at(14)


def test_what_is_wrong_is_corrected_and_without_an_end_nothing_is_all_entered(cast: Cast) -> None:
    by, one = cast.an.actor, down(cast, at(10), at(12))
    actions.finish_entering(one, by=by, at=NOW)
    actions.correct_outage(one, began_at=at(9), ended_at=at(12), why=" Mất  điện ", by=by, at=NOW)
    assert (now(one).began_at, now(one).why, now(one).all_entered_at) == (at(9), "Mất điện", NOW)
    actions.correct_outage(one, began_at=at(9), ended_at=None, why="Mất điện", by=by, at=NOW)
    assert (now(one).ended_at, now(one).all_entered_at) == (None, None)
    with pytest.raises(refusals.StillDown):
        actions.finish_entering(one, by=by, at=NOW)


def test_entering_is_finished_once_it_is_over_and_taken_back(cast: Cast) -> None:
    by, one = cast.an.actor, down(cast, at(10), at(12))
    actions.finish_entering(one, by=by, at=NOW)
    assert not unfinished([one.agency_id]).exists()
    actions.resume_entering(one, by=by, at=NOW)
    assert unfinished([one.agency_id]).get().pk == one.pk
    actions.reopen_outage(one, by=by, at=NOW)
    assert unfinished([one.agency_id]).get().ended_at is None


def test_one_recorded_by_mistake_is_withdrawn_and_restored_unless_another_took_its_place(cast: Cast) -> None:
    by, one = cast.an.actor, down(cast, at(10), at(12))
    actions.withdraw_outage(one, by=by, at=NOW)
    assert recorded(cast) == []
    assert outages(by, withdrawn=True).get().pk == one.pk
    with pytest.raises(refusals.Withdrawn):
        actions.finish_entering(one, by=by, at=NOW)
    actions.restore_outage(one, by=by, at=NOW)
    assert recorded(cast) == [one.pk]
    actions.withdraw_outage(one, by=by, at=NOW)
    down(cast, at(11), at(13))
    with pytest.raises(refusals.Overlapping):
        actions.restore_outage(one, by=by, at=NOW)


def test_slips_are_counted_with_the_outage_in_which_they_were_received(cast: Cast) -> None:
    for key, moment in (("truoc", at(10, "07:59")), ("dau", at(10)), ("cuoi", at(12)), ("sau", at(12, "08:01"))):
        slip(key, moment)
    received("maytinh", at(11))
    one, later = down(cast, at(10), at(12)), down(cast, at(12, "09:00"))
    counted = {row.pk: row.slips for row in with_slips(outages(cast.an.actor))}
    assert (counted[one.pk], counted[later.pk]) == (2, 0)
    assert {row.key for row in slips_of(one)} == {"dau", "cuoi"}
    assert {row.key for row in slips_without_outage([one.agency_id])} == {"truoc", "sau"}
    actions.withdraw_outage(one, by=cast.an.actor, at=NOW)
    assert slips_without_outage([one.agency_id]).count() == 4


def test_a_dossier_from_a_slip_is_judged_by_the_outages_on_record(cast: Cast) -> None:
    slip("phieu", at(11, "09:00"))

    def found() -> list[tuple[Rule, str]]:
        one = dossier("phieu")
        return [(bad.rule, bad.reason.code) for bad in reckoned(one, acts_of(one), at(11, "10:00")).violations]

    assert found() == [(Rule.R21, "handling.paper_without_outage")]
    one = down(cast, at(10), at(12))
    assert found() == []
    assert [row.pk for row in covering(cast.an.agency, at(12))] == [one.pk]
    actions.withdraw_outage(one, by=an(NOW), at=NOW)
    assert found() == [(Rule.R21, "handling.paper_without_outage")]
