"""The states of a dossier: the national ten, those often forgotten, and one meaning wherever states are read."""

import pytest

from chuan.checking.clock import ENDS_EARLY, HAS_RESULT, OPENS
from chuan.reading.eventlogs.kinds import Kinds
from chuan.rules.dossier_status import Clock, DossierStatus, status_of, status_of_state, statuses
from chuan.rules.eventlog import EventKind
from chuan.rules.handling.acts import DossierState

ALL = pytest.mark.parametrize("status", statuses(), ids=lambda status: status.name)


def test_the_national_catalogue_has_the_codes_one_to_ten() -> None:
    assert [one.code for one in statuses() if one.is_national] == [str(code) for code in range(1, 11)]


def test_the_states_often_forgotten_are_there_but_not_national() -> None:
    assert [one.vietnamese for one in statuses() if not one.is_national] == [
        "Nháp chưa nộp",
        "Chờ phí",
        "Chờ cơ quan phối hợp",
        "Có kết quả chưa nhận",
    ]


@pytest.mark.parametrize(
    ("code", "vietnamese", "clock"),
    [
        ("1", "Mới đăng ký", Clock.NOT_BEGUN),
        ("2", "Được tiếp nhận", Clock.RUNS),
        ("3", "Không được tiếp nhận", Clock.ENDED),
        ("4", "Đang xử lý", Clock.RUNS),
        ("05", "Yêu cầu bổ sung giấy tờ", Clock.WAITS_FOR_CITIZEN),
        ("6", "Yêu cầu thực hiện nghĩa vụ tài chính", Clock.WAITS_FOR_PAYMENT),
        ("7", "Công dân yêu cầu rút hồ sơ", Clock.ENDED),
        ("8", "Dừng xử lý", Clock.ENDED),
        ("9", "Đã xử lý xong", Clock.ENDED),
        (" 10 ", "Đã trả kết quả", Clock.ENDED),
    ],
)
def test_a_code_says_the_state_and_its_clock(code: str, vietnamese: str, clock: Clock) -> None:
    status = status_of(code)
    assert status is not None
    assert (status.vietnamese, status.clock) == (vietnamese, clock)


@pytest.mark.parametrize("code", ["", "0", "11", "ten"])
def test_a_code_that_the_catalogue_has_not_is_no_state(code: str) -> None:
    assert status_of(code) is None


@ALL
def test_the_reading_of_logs_takes_name_and_code_for_the_same(status: DossierStatus) -> None:
    kinds = Kinds()
    assert kinds.of_state(status.vietnamese) is status.kind
    if status.is_national:
        assert kinds.of_state(status.code) is status.kind
        assert kinds.of_state(f"{status.code} - {status.vietnamese}") is status.kind


@ALL
def test_the_clock_of_a_state_is_the_clock_by_which_dossiers_are_checked(status: DossierStatus) -> None:
    waits = {EventKind.SUPPLEMENT: Clock.WAITS_FOR_CITIZEN, EventKind.PAYMENT: Clock.WAITS_FOR_PAYMENT}
    assert (status.kind in (*ENDS_EARLY, *HAS_RESULT)) == (status.clock is Clock.ENDED)
    assert (status.kind in OPENS) == (status.clock in waits.values())
    assert status.clock is waits.get(status.kind, status.clock)
    assert status.kind is not EventKind.RECEIVED or status.clock is Clock.RUNS


def test_every_state_has_names_of_its_own_in_both_languages() -> None:
    for names in ([one.vietnamese for one in statuses()], [one.english for one in statuses()]):
        assert all(names)
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("state", DossierState)
def test_every_state_of_a_dossier_run_here_is_told_as_one_national_state_with_the_same_clock(
    state: DossierState,
) -> None:
    told = [one for one in statuses() if state in one.living]
    assert told == [status_of_state(state)]
    assert told[0].is_national
    stands = told[0].clock in (Clock.WAITS_FOR_CITIZEN, Clock.WAITS_FOR_PAYMENT)
    assert stands == (state.waits and state is not DossierState.PAUSED), "a pause has no code of its own"
    assert (told[0].clock is Clock.ENDED) == (not state.is_open or state is DossierState.READY)
