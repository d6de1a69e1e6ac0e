"""R14: interlinked dossiers: who begins when, and the shares of a delay, which sum to the delay."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuan.rules.deadlines import Pause
from chuan.rules.handling import Body, DelayShare, Handled, Route, Rule, delay_shares, part_duty, plan, route_of
from chuan.rules.workdays import working_days

from .moments import SATURDAYS, VN, at, days

LAND = Body("Sở Nông nghiệp và Môi trường", "province", days("5"), VN)
TAX = Body("Thuế tỉnh", "province", days("3"), VN)
COMMUNE = Body("UBND xã", "commune", days("2"), VN)
RECEIVED = at("2025-03-03 10:00")
DUE = at("2025-03-10 17:00")
NOW = at("2025-03-31 17:00")


def shared(*handled: Handled, ready: str | None = None, lead: str = LAND.agency) -> list[tuple[str, object, str]]:
    ready_at = at(ready) if ready else None
    found = delay_shares(DUE, handled, lead=lead, calendar=VN, ready_at=ready_at, as_of=NOW)
    assert all(one.rule is Rule.R14 and one.reason.text("vi") != one.reason.text("en") for one in found)
    counts_once(found)
    return [(one.agency, one.delay, one.reason.code.removeprefix("handling.share_")) for one in found]


def counts_once(shares: tuple[DelayShare, ...]) -> None:
    assert sum(one.of_dossier for one in shares) == (1 if shares else 0)
    assert all(one.of_dossier >= 0 for one in shares)


def test_r14_the_route_follows_level_and_medium() -> None:
    assert route_of([LAND, TAX], electronic=True) is Route.PARALLEL
    assert route_of([LAND, TAX], electronic=False) is Route.CHAIN
    assert route_of([COMMUNE, LAND], electronic=True) is Route.LEVELS
    assert route_of([COMMUNE, LAND], electronic=False) is Route.LEVELS


def test_r14_same_level_electronic_all_get_it_at_once_each_with_its_own_deadline() -> None:
    found = plan(RECEIVED, [LAND, TAX], reception="Một cửa xã", electronic=True)
    assert [part.starts for part in found.parts] == [RECEIVED, RECEIVED]
    assert [part.duty.until for part in found.parts] == [at("2025-03-10 17:00"), at("2025-03-06 17:00")]
    assert (found.route, found.due) == (Route.PARALLEL, at("2025-03-10 17:00"))


def test_r14_on_paper_it_goes_in_chain_order() -> None:
    found = plan(RECEIVED, [LAND, TAX], reception="Một cửa xã", electronic=False)
    assert [part.starts for part in found.parts] == [RECEIVED, at("2025-03-10 17:00")]
    assert (found.route, found.due) == (Route.CHAIN, at("2025-03-13 17:00"))


def test_r14_between_levels_the_upper_one_stop_gets_the_data_and_the_result_returns_to_the_reception() -> None:
    found = plan(RECEIVED, [COMMUNE, LAND], reception="Một cửa phường An Hòa", electronic=True)
    assert [part.duty.until for part in found.parts] == [at("2025-03-05 17:00"), at("2025-03-12 17:00")]
    assert found.result_to == "Một cửa phường An Hòa"
    assert "Một cửa phường An Hòa" in found.reason.text()


def test_r14_each_body_counts_on_its_own_calendar() -> None:
    open_on_saturdays = Body("UBND phường", "commune", days("6"), SATURDAYS)
    until = [part_duty(body, at("2025-04-25 10:00")).until for body in (LAND, open_on_saturdays)]
    assert until == [at("2025-05-06 17:00"), part_duty(open_on_saturdays, at("2025-04-25 10:00")).until]
    tet = plan(at("2026-02-12 10:00"), [TAX], reception="Một cửa", electronic=True)
    assert tet.due == at("2026-02-24 17:00")  # 13, 23, 24


def test_r14_in_time_there_is_nothing_to_share() -> None:
    assert shared(Handled(TAX, RECEIVED, at("2025-03-10 12:00")), ready="2025-03-10 17:00") == []


def test_r14_the_agency_that_took_longer_bears_the_delay() -> None:
    found = shared(
        Handled(TAX, RECEIVED, at("2025-03-06 16:00")),
        Handled(LAND, RECEIVED, at("2025-03-12 17:00")),
        ready="2025-03-12 17:00",
    )
    assert found == [(TAX.agency, 0, "none"), (LAND.agency, 2, "own")]


def test_r14_agencies_late_at_the_same_time_share_alike_and_the_dossier_counts_once() -> None:
    health = Body("Sở Y tế", "province", days("5"), VN)
    both = [Handled(body, RECEIVED, at("2025-03-13 17:00")) for body in (LAND, health)]
    assert shared(*both, ready="2025-03-13 17:00") == [
        (LAND.agency, Fraction(3, 2), "own"),
        (health.agency, Fraction(3, 2), "own"),
    ]


def test_r14_what_lies_between_the_agencies_is_the_leads() -> None:
    found = shared(
        Handled(LAND, RECEIVED, at("2025-03-10 17:00")),
        Handled(TAX, at("2025-03-12 08:00"), at("2025-03-18 17:00")),  # lay two days; a day too long
        ready="2025-03-18 17:00",
    )
    assert found == [(LAND.agency, 5, "rest"), (TAX.agency, 1, "own")]


def test_r14_the_lead_may_bear_both_its_own_and_what_nobody_did() -> None:
    found = shared(Handled(LAND, RECEIVED, at("2025-03-11 17:00")), ready="2025-03-12 17:00")
    assert found == [(LAND.agency, 2, "own_and_rest")]


def test_r14_a_lead_that_handled_nothing_is_named_all_the_same() -> None:
    found = shared(Handled(TAX, RECEIVED, at("2025-03-06 16:00")), ready="2025-03-11 17:00", lead="VP UBND tỉnh")
    assert found == [(TAX.agency, 0, "none"), ("VP UBND tỉnh", 1, "rest")]


def test_r14_a_pause_for_supplement_is_not_the_bodys_time() -> None:
    pause = Pause(at("2025-03-04 08:00"), at("2025-03-06 08:00"))
    found = shared(Handled(TAX, RECEIVED, at("2025-03-10 17:00"), (pause,)), ready="2025-03-11 17:00")
    assert found == [(TAX.agency, 0, "none"), (LAND.agency, 1, "rest")]


def test_r14_what_a_body_did_after_the_result_was_ready_delayed_nobody() -> None:
    found = shared(Handled(TAX, at("2025-03-07 10:00"), at("2025-03-21 17:00")), ready="2025-03-14 17:00")
    assert found == [(TAX.agency, 2, "own"), (LAND.agency, 2, "rest")]


def test_r14_late_outside_working_time_it_counts_once_for_the_lead_with_no_days() -> None:
    found = delay_shares(DUE, [], lead=LAND.agency, calendar=VN, ready_at=at("2025-03-10 18:00"), as_of=NOW)
    (share,) = found
    assert (share.delay, share.of_dossier) == (Fraction(0), Fraction(1))
    assert share.reason.code == "handling.share_rest"


def test_r14_a_dossier_still_open_is_shared_as_of_now() -> None:
    assert shared(Handled(LAND, RECEIVED, None), Handled(TAX, None, None)) == [
        (LAND.agency, 15, "own"),
        (TAX.agency, 0, "none"),
    ]


def test_r14_an_agency_that_handles_twice_is_one_share() -> None:
    found = shared(
        Handled(TAX, RECEIVED, at("2025-03-07 17:00")),  # one day too long
        Handled(TAX, at("2025-03-07 17:00"), at("2025-03-14 17:00")),  # two
        ready="2025-03-14 17:00",
    )
    assert found == [(TAX.agency, 3, "own"), (LAND.agency, 1, "rest")]


spans = st.tuples(st.integers(0, 600), st.one_of(st.none(), st.integers(0, 600)))


@given(st.lists(spans, max_size=4), st.integers(-50, 900))
def test_r14_the_shares_sum_to_the_delay(times: list[tuple[int, int | None]], ready: int) -> None:
    """Hours from the receipt: when each body got the dossier and how long it kept it; when the dossier was ready."""
    ready_at = DUE + timedelta(hours=ready)
    bodies = (LAND, TAX, COMMUNE, LAND)
    handled = [
        Handled(body, got := RECEIVED + timedelta(hours=start), None if kept is None else got + timedelta(hours=kept))
        for body, (start, kept) in zip(bodies, times, strict=False)
    ]
    found = delay_shares(DUE, handled, lead=LAND.agency, calendar=VN, ready_at=ready_at, as_of=NOW)
    counts_once(found)
    assert bool(found) is (ready_at > DUE)
    assert all(one.delay >= 0 for one in found)
    assert sum(one.delay for one in found) == (working_days(VN, DUE, ready_at) if found else 0)


@pytest.mark.parametrize("electronic", [True, False])
def test_r14_a_part_that_is_late_is_a_recorded_violation(electronic: bool) -> None:
    (part,) = plan(RECEIVED, [TAX], reception="Một cửa", electronic=electronic).parts
    late = part.duty.violation(at("2025-03-07 08:00"), NOW)
    assert late is not None
    assert (late.rule, late.at, late.reason.code) == (Rule.R14, at("2025-03-06 17:00"), "handling.part_late")
