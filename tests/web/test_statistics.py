"""Pages of figures: every number opens a list with as many dossiers; empty, one, wrong; what the workbooks hold."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from chuan.formats.xlsx import read_sheets
from chuan.rules.one_stop_indices import indices as all_indices

from ..analytics.world import ALL, OPEN, STEPS, World, in_force, row, story, world
from ..cast import Cast
from .looking import rows_in, text

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
ASKED = [
    row("H5", "04/11/2026 08:00", STEPS[0]),
    row("H5", "04/11/2026 10:00", "Yêu cầu bổ sung"),
    row("H5", "06/11/2026 10:00", "Bổ sung hồ sơ"),
    row("H5", "09/11/2026 08:00", STEPS[1]),
    row("H5", "09/11/2026 10:00", STEPS[2]),
]
FIGURES = ("indices", "heat_map", "where_time_goes")


@pytest.fixture
def here(cast: Cast) -> World:
    made = world(cast)
    made.take_in([*ALL, *ASKED])
    made.read()
    return made


@pytest.fixture
def an(signed_in: SignedIn) -> Client:
    return signed_in("an")


def links(page: str) -> list[tuple[str, int]]:
    """Return the address and the number of every link "words: number" of the page."""
    found = re.findall(r'<a href="([^"]+)">[^<]+: ([\d.]+)</a>', page)
    return [(unescape(url), int(count.replace(".", ""))) for url, count in found]


def lines(client: Client, name: str, **query: str) -> list[list[object]]:
    answer = client.get(reverse(name), query)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    sheet = read_sheets(answer.content)[0]
    return [list(one) for one in sheet.rows]


@pytest.mark.parametrize("query", ["", "?ky=2026-Q4", "?tu=03/11/2026&den=05/11/2026"])
def test_every_count_of_the_indices_opens_a_list_with_as_many_dossiers(an: Client, here: World, query: str) -> None:
    found = links(text(an, reverse("indices") + query))
    assert len(found) >= 7
    for url, count in found:
        assert rows_in(text(an, url)) == count, url


def test_the_indices_say_part_whole_share_score_and_source(an: Client, here: World) -> None:
    page = text(an, reverse("indices"))
    assert "5 hồ sơ tiếp nhận trong kỳ" in page
    assert "4/5</span> 80,00\u00a0%" in page, "H1, H3, H5 early, H4 still open in time; H2 late"
    assert "16,00/20" in page
    assert "766/QĐ-TTg (23/6/2022)" in page
    assert "Hồ sơ có kết quả trước hạn, đúng hạn" in page
    assert "Đã được 03/2025/TT-VPCP thay từ 15/09/2025" in page
    assert "(3/9 chỉ số có chấm điểm)" in page
    assert "Chưa xếp loại: còn thiếu dữ liệu của 6 chỉ số" in page
    assert "Chưa có dữ liệu: cần phiếu đánh giá của người dân" in page


def test_what_the_source_does_not_record_is_missing_and_not_zero(an: Client, cast: Cast) -> None:
    made = world(cast)
    made.take_in(ALL)
    made.read()
    page = text(an, reverse("indices"))
    assert "(2/9 chỉ số có chấm điểm)" in page
    assert "Chưa có dữ liệu: cần nguồn dữ liệu có ghi việc yêu cầu bổ sung" in page


@pytest.mark.parametrize("name", FIGURES)
def test_without_any_dossier_a_page_says_what_to_do(an: Client, cast: Cast, name: str) -> None:
    page = text(an, reverse(name))
    assert "Chưa có" in page
    assert reverse("log_sources") in page
    assert f"{reverse(name)}?ky" not in page
    rows = lines(an, f"{name}_export")
    assert len(rows) == (1 + len(all_indices()) if name == "indices" else 1)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("indices", "Kỳ này không có hồ sơ"),
        ("heat_map", "Không có bước nào xong"),
        ("where_time_goes", "Không có bước nào xong"),
    ],
)
def test_a_period_without_anything_says_so(an: Client, here: World, name: str, said: str) -> None:
    assert said in text(an, reverse(name), ky="2024")


@pytest.mark.parametrize("name", FIGURES)
def test_one_open_dossier_alone_is_shown(an: Client, cast: Cast, name: str) -> None:
    made = world(cast)
    made.take_in(OPEN)
    made.read()
    page = text(an, reverse(name))
    assert "Chưa có hồ sơ" not in page
    assert "Không có bước nào" not in page


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?tu=31/02/2026", "Không có ngày 31/02/2026 trong lịch."),
        ("?tu=mai", "Ngày phải viết dạng 31/12/2026."),
        ("?tu=05/11/2026&den=01/11/2026", "Ngày kết thúc phải từ ngày bắt đầu trở đi."),
    ],
)
def test_a_wrong_day_is_told_beside_the_field_and_all_time_is_shown(
    an: Client, here: World, name: str, query: str, said: str
) -> None:
    page = text(an, reverse(name) + query)
    assert said in page
    assert "Toàn bộ thời gian" in page


def test_every_cell_of_the_heat_map_opens_its_dossiers(an: Client, here: World) -> None:
    page = text(an, reverse("heat_map"))
    cells = re.findall(r'<td class="figure heat \w+"><a href="([^"]+)">.*?n = (\d+)', page)
    assert len(cells) == 6, "four steps in the first week; B2 and B3 in the second, of H5 alone"
    for url, visits in cells:
        assert rows_in(text(an, unescape(url))) == int(visits), url


def test_the_cell_of_a_slow_step_says_so_in_words(an: Client, here: World) -> None:
    page = text(an, reverse("heat_map"))
    first_week = page.index("02/11/2026")
    assert first_week > page.index("Tuần 46")
    assert re.search(r"ít</small>", page), "four visits are few"
    assert ", trong định mức</span>" in page or ", không quá nửa định mức</span>" in page


def test_where_the_time_goes_says_that_waiting_is_not_told_apart(an: Client, here: World) -> None:
    page = text(an, reverse("where_time_goes"))
    assert "Nguồn dữ liệu không ghi lúc bắt đầu làm từng bước" in page
    assert page.count("Chiếm nhiều thời gian nhất") == 1
    over = re.findall(r'<a href="([^"]+diem=over_limit[^"]+)">(\d+)/\d+', page)
    assert over
    for url, visits in over:
        assert rows_in(text(an, unescape(url))) == int(visits)


def test_a_procedure_can_be_chosen_and_that_of_others_is_not_found(
    an: Client, here: World, signed_in: SignedIn
) -> None:
    other = in_force(here.agency, "QT.02", effective=date(2026, 2, 2))
    for name in FIGURES:
        assert an.get(reverse(name), {"qt": here.procedure.key}).status_code == 200
        assert "Chưa có" in text(an, reverse(name), qt=other.key) or name == "indices"
        assert signed_in("chi").get(reverse(name), {"qt": here.procedure.key}).status_code == 404


def test_the_province_sees_the_sums_of_an_agency_and_none_of_its_dossiers(
    an: Client, here: World, signed_in: SignedIn
) -> None:
    page = text(signed_in("dung"), reverse("indices_agencies"))
    assert "4/5\u00a0·\u00a080,00\u00a0%" in page
    assert reverse("reality_agency", args=[here.agency.key]) in page
    assert not re.search(r"\bH[1-5]\b", page)
    assert f'"{reverse("dossiers")}' not in page
    assert "–" in text(signed_in("dung"), reverse("indices_agencies"), ky="2024")


def test_the_workbooks_hold_what_the_pages_show(an: Client, here: World) -> None:
    indices = {(one[0], one[1]): one for one in lines(an, "indices_export")[1:]}
    in_time = next(one for (_set, code), one in indices.items() if str(code) == "2.1")
    assert [float(str(cell)) for cell in in_time[3:5]] == [4, 5]
    heat = lines(an, "heat_map_export")
    assert [str(one[0]) for one in heat[1:]].count("2026-W45") == 4
    where = lines(an, "where_time_goes_export")
    assert [one[1] for one in where[1:]] == ["B1", "B2", "B3", "B4"]
    shares = sum(float(str(one[11])) for one in where[1:])
    assert shares == pytest.approx(1, abs=0.001)


def test_the_tab_stands_beside_the_others_and_the_choice_of_figures_keeps_the_period(an: Client, here: World) -> None:
    assert f'href="{reverse("indices")}"' in text(an, reverse("dossiers"))
    page = text(an, reverse("indices"), ky="2026-Q4")
    assert f"{reverse('heat_map')}?ky=2026-Q4" in page


def test_words_in_an_address_are_not_taken_for_a_format(an: Client, here: World) -> None:
    page = text(an, reverse("dossiers"), buoc="50%", tuan="2026-11-02", qt=here.procedure.key, lan="1")
    assert "50%" in page
    assert rows_in(page) == 0


def test_two_more_dossiers_ask_no_more_of_the_database(
    an: Client, here: World, django_assert_max_num_queries: Callable[..., object]
) -> None:
    here.take_in(
        [
            *story("H7", "10 08:00", "10 15:00", "11 08:30", "11 09:00"),
            *story("H8", "12 08:00", "12 15:00", "13 08:30", "13 09:00"),
        ]
    )
    here.read()
    for name in FIGURES:
        with django_assert_max_num_queries(6 + 10):  # type: ignore[attr-defined]  # a context manager
            assert an.get(reverse(name)).status_code == 200
