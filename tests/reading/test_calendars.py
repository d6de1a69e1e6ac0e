"""The calendars that ship against the official days, and calendar files of an agency's own."""

import json
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import holidays
import pytest

from chuan.reading.calendars import available_calendars, freeze_calendar, load_calendar, read_calendar
from chuan.rules.workdays import DayKind
from chuan.text.messages import BadInput

VN = load_calendar("vn")
MONDAYS = b'[week]\nmonday = ["07:30-11:30", "13:00-17:00"]\n'

# Weekdays off, and Saturdays worked, as the yearly notices set them.
OFFICIAL_OFF = {
    2024: "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03",
    2025: "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02",
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24",
}
OFFICIAL_WORKED = {2024: "05-04", 2025: "04-26", 2026: "01-10 08-22"}


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=day) for day in range(366 if year % 4 == 0 else 365)]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_official_calendar_of_the_year_is_exact(year: int) -> None:
    off = [day for day in days_of(year) if day.weekday() < 5 and not VN.is_workday(day)]
    worked = [day for day in days_of(year) if day.weekday() >= 5 and VN.is_workday(day)]
    assert " ".join(f"{day:%m-%d}" for day in off) == OFFICIAL_OFF[year]
    assert " ".join(f"{day:%m-%d}" for day in worked) == OFFICIAL_WORKED[year]


@pytest.mark.parametrize(("year", "working_days"), [(2024, 251), (2025, 250), (2026, 249)])
def test_the_year_has_so_many_working_days(year: int, working_days: int) -> None:
    assert sum(VN.is_workday(day) for day in days_of(year)) == working_days


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_the_holidays_package_agrees_wherever_it_is_right(year: int) -> None:
    library = holidays.country_holidays("VN", years=year)
    mine = {day for day in days_of(year) if day.weekday() < 5 and not VN.is_workday(day)}
    theirs = {day for day in library if day.weekday() < 5}
    assert mine - theirs == ({date(2026, 1, 2)} if year == 2026 else set())  # 12729/VPCP-KGVX came too late for it
    assert theirs <= mine


def test_every_day_set_apart_says_why_and_by_which_document() -> None:
    assert all(override.reason and override.source for override in VN.overrides)


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        ("2024-04-29", "2024-05-04"),
        ("2025-05-02", "2025-04-26"),
        ("2026-01-02", "2026-01-10"),
        ("2026-08-31", "2026-08-22"),
    ],
)
def test_a_swapped_saturday_has_the_hours_of_the_day_it_stands_for(off: str, worked: str) -> None:
    assert VN.day(date.fromisoformat(off)).kind is DayKind.COMPENSATION
    swapped = VN.day(date.fromisoformat(worked))
    assert swapped.kind is DayKind.SWAPPED_WORKDAY
    assert swapped.hours == VN.week[0]


def test_culture_day_is_off_from_2026() -> None:
    assert VN.day(date(2026, 11, 24)).source == "NQ 28/2026/QH16"
    assert VN.is_workday(date(2025, 11, 24))
    assert not VN.is_workday(date(2027, 11, 24))


def test_a_full_saturday_week_of_swaps_keeps_full_hours() -> None:
    assert load_calendar("vn-sat").day(date(2025, 4, 26)).hours == VN.week[0]


def test_all_shipped_calendars_load() -> None:
    assert set(available_calendars()) >= {"vn", "vn-7h", "vn-sat"}
    assert all(load_calendar(name).known_years == {2024, 2025, 2026, 2027} for name in available_calendars())


def test_the_version_changes_with_any_change_of_the_data() -> None:
    assert read_calendar(MONDAYS, "a.toml").version != read_calendar(MONDAYS + b"# \n", "a.toml").version
    assert VN.version.startswith("2026.11+")


def test_a_calendar_of_ones_own_in_toml_and_json_is_the_same(tmp_path: Path) -> None:
    week = {"monday": ["07:30-11:30"], "saturday": ["07:30-11:30"]}
    days = [{"from": "2026-03-02", "to": "2026-03-09", "kind": "closure", "reason": "Hội nghị"}]
    as_json = tmp_path / "xa.json"
    as_json.write_text(json.dumps({"week": week, "counts_as": {"saturday": "1/2"}, "days": days, "years": [2026]}))
    as_toml = tmp_path / "xa.toml"
    as_toml.write_text(
        'years = [2026]\n[week]\nmonday = ["07:30-11:30"]\nsaturday = "07:30 – 11:30"\n[counts_as]\nsaturday = 0.5\n'
        '[[days]]\nfrom = 2026-03-02\nto = 2026-03-09\nkind = "closure"\nreason = "Hội nghị"\n',
        encoding="utf-8",
    )
    first, second = load_calendar(str(as_json)), load_calendar(str(as_toml))
    assert (first.week, first.overrides, first.known_years) == (second.week, second.overrides, second.known_years)
    assert first.week[5].weight == Fraction(1, 2)
    assert not first.is_workday(date(2026, 3, 9))
    assert first.is_workday(date(2026, 3, 16))


@pytest.mark.parametrize("name", available_calendars())
def test_a_frozen_calendar_reads_back_equal_with_its_name_and_version(name: str) -> None:
    calendar = load_calendar(name)
    assert read_calendar(freeze_calendar(calendar).encode(), "stored.json") == calendar


def test_a_frozen_half_day_keeps_its_hours_and_weight() -> None:
    half = b'[[days]]\ndate = 2026-03-02\nkind = "closure"\nhours = ["07:30-09:30"]\ncounts_as = "1/4"\n'
    calendar = read_calendar(b"years = [2026]\n" + MONDAYS + half, "a.toml")
    assert calendar.hours(date(2026, 3, 2)).weight == Fraction(1, 4)
    assert read_calendar(freeze_calendar(calendar).encode(), "b.json") == calendar


def test_a_day_outside_the_listed_years_does_not_make_them_known() -> None:
    calendar = read_calendar(MONDAYS + b'[[days]]\ndate = 2031-05-05\nkind = "closure"\n', "a.toml")
    assert not calendar.is_workday(date(2031, 5, 5))
    assert not calendar.knows(date(2031, 5, 5))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "workdays.bad_week"),
        (b"\xff\xfe", "workdays.not_a_calendar_file"),
        (b"week = ", "workdays.not_a_calendar_file"),
        (b"[week]\n", "workdays.no_workday"),
        (b'[week]\nthu_hai = ["07:30-11:30"]\n', "workdays.bad_week"),
        (b'[week]\nmonday = ["7h30-11h30"]\n', "workdays.bad_shift"),
        (b'[week]\nmonday = ["11:30-07:30"]\n', "workdays.bad_shift"),
        (b'[week]\nmonday = ["07:75-11:30"]\n', "workdays.bad_shift"),
        (b"[week]\nmonday = [7]\n", "workdays.bad_shift"),
        (b'[week]\nmonday = ["07:30-11:30", "11:00-17:00"]\n', "workdays.shifts_overlap"),
        (MONDAYS + b'[counts_as]\nmonday = "2"\n', "workdays.bad_weight"),
        (MONDAYS + b'[counts_as]\nmonday = "1/0"\n', "workdays.bad_weight"),
        (b'days_of = "lao"\n' + MONDAYS, "workdays.unknown_days"),
        (b"years = 2026\n" + MONDAYS, "workdays.bad_years"),
        (b"days = 3\n" + MONDAYS, "workdays.bad_days"),
        (MONDAYS + b'[[days]]\ndate = "31/02/2026"\nkind = "closure"\n', "workdays.bad_date"),
        (MONDAYS + b'[[days]]\nkind = "closure"\n', "workdays.bad_date"),
        (MONDAYS + b'[[days]]\ndate = 9999-12-31\nkind = "closure"\n', "workdays.bad_date"),
        (MONDAYS + b'[[days]]\ndate = 2026-03-02\nkind = "party"\n', "workdays.bad_kind"),
        (MONDAYS + b'[[days]]\ndate = 2026-03-02\nkind = ["closure"]\n', "workdays.bad_kind"),
        (MONDAYS + b'[[days]]\ndate = 2026-03-07\nkind = "swapped_workday"\n', "workdays.bad_date"),
        (MONDAYS + b'[[days]]\nfrom = 2026-03-02\nto = 2026-03-01\nkind = "closure"\n', "workdays.bad_run"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_calendar_file_with_a_defect_says_what_to_mend(content: bytes, code: str, language: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_calendar(content, "xa.toml")
    assert refused.value.message.code == code
    assert "xa.toml" in refused.value.message.text(language)


def test_a_calendar_that_is_not_there_is_refused_with_the_names_that_are(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="vn-sat"):
        load_calendar("vietnam")
    with pytest.raises(BadInput, match="Không tìm thấy"):
        load_calendar(str(tmp_path / "x.toml"))
    with pytest.raises(BadInput, match="Không đọc được"):
        (tmp_path / "folder.toml").mkdir()
        load_calendar(str(tmp_path / "folder.toml"))
