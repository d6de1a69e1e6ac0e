"""The book of a year: numbers run on without a gap, over volumes too, and a closed year takes nothing more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuan.rules.one_stop_books import DayBook, Place, begin_volume, book_for, close, enter, missing, place_of
from chuan.text.messages import BadInput

DAY, YEAR_END = date(2026, 11, 20), date(2026, 12, 31)


def filled(count: int) -> DayBook:
    return DayBook(2026, last=count)


def refusal(book: DayBook, numbers: list[int], on: date = YEAR_END) -> str:
    with pytest.raises(BadInput) as refused:
        close(book, numbers, on)
    return str(refused.value)


def test_a_year_begins_with_number_one() -> None:
    assert enter(DayBook(2026), DAY) == (DayBook(2026, last=1), Place(2026, 1, 1))


def test_a_second_volume_goes_on_with_the_next_number() -> None:
    book, place = enter(begin_volume(filled(250)), DAY)
    assert place == Place(2026, 2, 251)
    assert [place_of(book, number).volume for number in (1, 250, 251)] == [1, 1, 2]


def test_an_empty_volume_is_followed_by_none() -> None:
    with pytest.raises(BadInput) as refused:
        begin_volume(begin_volume(filled(250)))
    assert "Quyển số 2 của sổ năm 2026 chưa có hồ sơ nào" in str(refused.value)


def test_a_dossier_of_the_new_year_is_not_entered_in_the_old_book() -> None:
    with pytest.raises(BadInput) as refused:
        enter(DayBook(2026), date(2027, 1, 1))
    assert "Hãy ghi vào sổ năm 2027" in str(refused.value)


def test_a_slip_of_the_last_day_that_is_entered_late_stands_in_the_next_open_book() -> None:
    old, new = filled(3), DayBook(2027, last=8)
    closed = close(old, [1, 2, 3], date(2027, 1, 4))
    assert book_for([new, old], YEAR_END) == old
    assert enter(book_for([closed, new], YEAR_END), YEAR_END)[1] == Place(2027, 1, 9)
    with pytest.raises(BadInput) as refused:
        book_for([closed, filled(0)], date(2027, 1, 2))
    assert "nhận ngày 02/01/2027" in str(refused.value)


def test_a_closed_year_takes_no_entry_no_volume_and_no_second_closing() -> None:
    closed = close(filled(3), [1, 2, 3], date(2027, 1, 4))
    assert closed.closed_on == date(2027, 1, 4)
    for change in (
        lambda: enter(closed, DAY),
        lambda: begin_volume(closed),
        lambda: close(closed, [1, 2, 3], YEAR_END),
    ):
        with pytest.raises(BadInput) as refused:
            change()
        assert "năm 2026 đã khóa ngày 04/01/2027" in str(refused.value)


def test_closing_names_the_gaps() -> None:
    assert "thiếu số 2, 5–7, 10." in refusal(filled(10), [1, 3, 4, 8, 9])


def test_closing_names_what_was_entered_twice_or_never_given() -> None:
    assert "số 2, 3 được ghi hơn một lần" in refusal(filled(3), [1, 2, 2, 3, 3])
    assert "số 0, 4 không do sổ này cấp (sổ mới đến số 3)" in refusal(filled(3), [0, 1, 2, 3, 4])


def test_a_year_is_not_closed_before_its_last_day() -> None:
    assert "từ ngày 31/12/2026" in refusal(filled(1), [1], date(2026, 12, 30))
    assert close(filled(1), [1], YEAR_END).closed_on == YEAR_END


def test_a_year_without_dossiers_can_be_closed() -> None:
    assert close(DayBook(2026), [], YEAR_END).closed_on == YEAR_END


@pytest.mark.parametrize("number", [0, 4])
def test_a_number_that_was_not_given_stands_nowhere(number: int) -> None:
    with pytest.raises(ValueError, match="not among 1-3"):
        place_of(filled(3), number)


@given(st.lists(st.booleans(), max_size=60))
def test_whatever_volumes_begin_the_numbers_run_on_and_the_year_can_be_closed(volume_first: list[bool]) -> None:
    book, places = DayBook(2026), []
    for further in volume_first:
        if further and book.volumes[-1] <= book.last:
            book = begin_volume(book)
        book, place = enter(book, DAY)
        places.append(place)
    numbers = [place.number for place in places]
    assert numbers == list(range(1, len(places) + 1))
    assert [place_of(book, number) for number in numbers] == places
    assert len({place.volume for place in places}) == (len(book.volumes) if places else 0)
    assert close(book, numbers, YEAR_END).closed_on == YEAR_END


@given(st.sets(st.integers(-2, 40)), st.integers(0, 35))
def test_the_gaps_and_the_numbers_fill_the_book_together(numbers: set[int], last: int) -> None:
    gaps = [number for first, end in missing(numbers, last) for number in range(first, end + 1)]
    assert sorted([*gaps, *(number for number in numbers if 1 <= number <= last)]) == list(range(1, last + 1))
