"""Boards of living dossiers counted once more, one's own timeliness by hand, and the settings of the one-stop shop."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chuan.kernel.errors import NotAllowed
from chuan.quality.dossiers import actions, holders
from chuan.quality.dossiers.models import Dossier, RoleHolder
from chuan.quality.dossiers.queries import one_stop_of
from chuan.quality.dossiers.timeliness import Band, timeliness
from chuan.trail.models import Entry
from chuan.web.agency.queue.chosen import Queue, Wanted

from ..cast import NOW, Cast
from ..quality.dossier_stage import agency, an, at, dossier, press, received
from .looking import rows_in, text
from .test_queue import codes, many

pytestmark = pytest.mark.django_db
BOARD, MINE, SETTINGS = "/xu-ly-bang/", "/xu-ly-bang/toi/", "/mot-cua/sua/"
ROLE = "Chuyên viên Phòng Kinh tế"
TYPED = {
    "unit": "Bộ phận Một cửa",
    "place": "Thanh Bình",
    "identifier": "H99.132.05",
    "code_format": "",
    "system_owner": "BX",
    "numbering": "03/2025/TT-VPCP",
    "counting": "days",
    "supplement": "restart",
}


def test_every_number_of_the_board_is_the_list_behind_it(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    many(48)
    one = dossier("hosomo")
    actions.hand_over(one, cast.ha.position, press=press(one, "ch"), by=an(NOW), at=NOW)
    client = signed_in("ha")
    shown = client.get(BOARD).context
    cells = [shown["total"], shown["received"], shown["ended"], shown["apologies"], shown["more"]]
    cells += [cell for _shape, _word, cell in shown["groups"]]
    for row in (*shown["positions"], *shown["services"]):
        cells += [row.total, *row.cells]
    assert len(cells) > 20
    for cell in cells:
        assert rows_in(text(client, cell.url)) == cell.count, cell.url


def test_the_board_counts_what_is_open_by_position_and_service(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    many(24)
    one = dossier("hosomo")
    actions.hand_over(one, cast.ha.position, press=press(one, "ch"), by=an(NOW), at=NOW)
    shown = signed_in("ha").get(BOARD).context
    rows = Queue(cast.ha.actor, Wanted(scope="co-quan")).rows
    by_hand = Counter(row.holder.title if row.holder else "Chưa rõ vị trí" for row in rows)
    assert {row.name: row.total.count for row in shown["positions"]} == by_hand
    assert by_hand["Chủ tịch UBND xã"] == 1
    assert sum(row.total.count for row in shown["services"]) == len(rows) == 26
    for row in (*shown["positions"], *shown["services"]):
        assert sum(cell.count for cell in row.cells) == row.total.count


def test_the_board_knows_what_came_and_went_today(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    one = received("moi", at(16, "08:10"))
    for step in (1, 2, 3):
        actions.do_step(one, step, press=press(one, f"b{step}"), by=an(NOW), at=NOW)
    actions.return_result(one, press=press(one, "tra"), by=an(NOW), at=NOW)
    refused = dossier("hosomo")
    actions.refuse(refused, why="Sai thẩm quyền", press=press(refused, "tu-choi"), by=an(NOW), at=NOW)
    came = signed_in("ha").get(BOARD).context["came"]
    assert (came.received, came.returned, came.ended) == (1, 1, 1)
    client = signed_in("ha")
    assert codes(text(client, "/xu-ly/", xem="nhan", ngay="2026-11-16")) == [one.code]
    assert set(codes(text(client, "/xu-ly/", xem="ket-thuc", ngay="2026-11-16"))) == {one.code, refused.code}


def test_the_head_sees_what_is_to_decide_today(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    for key in ("hosomo", "hosohoi"):
        one = dossier(key)
        actions.hand_over(one, cast.ha.position, press=press(one, f"ch{key}"), by=an(NOW), at=NOW)
    Dossier.objects.everywhere(reason="tests").filter(key="hosohoi").update(next_due_at=at(20))
    shown = signed_in("ha").get(BOARD).context
    assert [one.row.key for one in shown["deciding"]] == ["hosomo"], "the other has time until Friday"
    assert shown["more"].count == 1


def test_the_load_of_a_position_counts_steps_of_the_last_days_that_hold(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    one = dossier("hosomo")
    actions.hand_over(one, cast.an.position, press=press(one, "ch"), by=an(NOW), at=NOW)
    before = lines(signed_in)["Công chức tiếp nhận và trả kết quả"]
    actions.do_step(one, 1, press=press(one, "b1"), by=an(NOW), at=NOW)
    actions.hand_over(one, cast.an.position, press=press(one, "c2"), by=an(NOW), at=NOW)
    assert lines(signed_in)["Công chức tiếp nhận và trả kết quả"] == before + 1


def lines(signed_in: Callable[[str], Client]) -> dict[str, int]:
    return {row.name: row.done for row in signed_in("ha").get(BOARD).context["positions"]}


@pytest.mark.parametrize("address", [BOARD, MINE, "/xu-ly-bang/toi/?nguoi=an", "/mot-cua/"])
def test_boards_cost_the_same_for_few_and_many_rows(
    address: str, cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    client, counts = signed_in("ha"), []
    for count in (3, 57):
        many(count)
        for number in range(count // 8):
            received(f"n{count}-{number}", at(16, "08:05"))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[1] <= counts[0]
    assert counts[1] <= 10 + 6, "beside those of signing in"


def test_steps_are_held_against_their_own_dues_and_stand_beside_the_load(cast: Cast) -> None:
    """By hand, on three dossiers. B2 has 4 working hours, B3 24; a working day has 8.

    som   received 09/11 08:00; B2 (due 13:30) done 08:30: early. B3 from 08:30 (due 12/11 08:30), done 12/11 08:00: in
          time, half an hour was left of 24.
    tre   received 09/11 08:00; B2 (due 13:30) done 10/11 10:30: 5 hours late, less than a day.
    lau   received 09/11 08:00; B2 (due 13:30) done 12/11 14:00: more than two days late; then taken back and done
          again, which counts once.
    Each reception did its own step B1 at once: early.
    """
    early, late, later = (received(key, at(9)) for key in ("som", "tre", "lau"))
    do(early, 1, at(9, "08:30"))
    do(early, 2, at(12))
    do(late, 1, at(10, "10:30"))
    do(later, 1, at(12, "13:50"))
    by = an(at(12, "13:55"))
    actions.take_back(dossier("lau"), press=press(later, "lui"), by=by, at=by.at)
    do(later, 1, at(12, "14:00"))
    found = timeliness(cast.an.account, None, NOW)
    others = {"hosomo": Band.EARLY, "hosoxong": Band.EARLY, "hosohoi": Band.EARLY}  # their reception, by An as well
    expected = Counter([Band.EARLY] * 4 + [Band.IN_TIME, Band.LATE, Band.VERY_LATE] + list(others.values()))
    assert found.total.bands == expected
    monday, thursday = found.days[date(2026, 11, 9)], found.days[date(2026, 11, 12)]
    assert (monday.acts, monday.bands) == (9, Counter({Band.EARLY: 5})), "four receptions with their steps, and B2"
    assert (thursday.late, thursday.bands[Band.IN_TIME]) == (1, 1)
    assert found.judged == found.steps == expected.total()


def do(one: Dossier, step: int, moment: object) -> None:
    by = an(moment)  # type: ignore[arg-type]
    actions.do_step(one, step, press=press(one, f"{one.key}-{step}-{moment}"), by=by, at=by.at)


def test_timeliness_is_for_the_officer_and_the_head_and_ranks_nobody(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    mine = text(signed_in("an"), MINE)
    assert "không để xếp hạng" in mine
    assert "Xem của" not in mine
    assert signed_in("giang").get(MINE, {"nguoi": "an"}).status_code == 404, "the secretary is not the head"
    assert signed_in("an").get(MINE, {"nguoi": "ha"}).status_code == 404
    of_an = text(signed_in("ha"), MINE, nguoi="an")
    assert "Bước Nguyễn Thị An đã làm" in of_an
    assert signed_in("ha").get(MINE, {"nguoi": "chi"}).status_code == 404, "of another agency"
    assert "Chưa có việc nào trên hồ sơ" in text(signed_in("ha"), MINE)


def test_settings_are_tried_as_a_code_before_they_are_kept(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("ha")
    wrong = client.post(SETTINGS, TYPED | {"identifier": "132.H99"})
    assert wrong.status_code == 422
    assert "không đúng dạng MX1X2.Y1Y2Y3.Z1Z2" in wrong.content.decode()
    owner = client.post(SETTINGS, TYPED | {"system_owner": "b"})
    assert "cần 2 chữ cái in hoa" in owner.content.decode()
    old = TYPED | {"code_format": "01/2018/TT-VPCP", "identifier": "000.00.64.H10", "system_owner": ""}
    assert client.post(SETTINGS, old | {"numbering": "01/2018/TT-VPCP", "supplement": "pause"}).status_code == 302
    shop = one_stop_of(agency("thanhbinh"))
    assert shop is not None
    assert (shop.forms, shop.supplement, shop.keeps_applicants) == ("01/2018/TT-VPCP", "pause", False)
    page = text(client, "/mot-cua/")
    assert "000.00.64.H10-261116-0001" in page
    assert "phiếu kiểm soát là mẫu 05, sổ theo dõi là mẫu 06" in page
    given = received("ma", at(16))
    assert given.code == "000.00.64.H10-261116-0001"
    assert "000.00.64.H10-261116-0002" in text(client, "/mot-cua/")


def test_what_was_received_before_keeps_its_code_and_its_count(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    before = dossier("hosomo")
    signed_in("ha").post(SETTINGS, TYPED | {"counting": "rolling"})
    after = dossier("hosomo")
    assert (after.code, after.counting, after.due_at) == (before.code, "days", before.due_at)
    assert received("sau", at(16)).counting == "rolling"


def test_a_role_that_matches_no_position_is_shown_and_mended_and_its_dossiers_follow(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    one = dossier("hosomo")
    actions.do_step(one, 1, press=press(one, "b1"), by=an(NOW), at=NOW)
    assert dossier("hosomo").holder is None, "B3 is for a role that no position bears by name"
    client = signed_in("ha")
    assert f"vai-tro={'Chuy%C3%AAn%20vi%C3%AAn%20Ph%C3%B2ng%20Kinh%20t%E1%BA%BF'}" in text(client, "/mot-cua/")
    answer = client.post(f"/mot-cua/vai-tro/?vai-tro={ROLE}", {"position": cast.an.position.pk}, follow=True)
    assert "hồ sơ đang ở bước đó đã chuyển theo" in answer.content.decode()
    assert dossier("hosomo").holder == cast.an.position
    assert dossier("hosohoi").holder is None, "at another role's step"
    assert dossier("hosomo").code in codes(text(signed_in("an"), "/xu-ly/"))
    assert {use.role for use in holders.role_uses(agency("thanhbinh")) if use.position is None} == {
        "Công chức tiếp nhận",
        "Lãnh đạo Phòng Kinh tế",
        "Lãnh đạo UBND xã",
    }
    row = RoleHolder.objects.within(agency("thanhbinh")).get()
    client.post(f"/mot-cua/vai-tro/{row.key}/bo/")
    assert dossier("hosomo").holder is None
    assert [one.action for one in Entry.objects.order_by("-seq")[:2]] == ["role_holder.remove", "role_holder.set"]


def test_what_was_handed_over_stays_there_when_the_table_changes(cast: Cast) -> None:
    one = dossier("hosomo")
    actions.hand_over(one, cast.binh.position, press=press(one, "ch"), by=an(NOW), at=NOW)
    home = agency("thanhbinh")
    holders.set_role_holder(home, "Lãnh đạo Phòng Kinh tế", cast.ha.position, by=cast.ha.actor, at=NOW)
    assert dossier("hosomo").holder == cast.binh.position
    assert dossier("hosohoi").holder == cast.ha.position


def test_a_row_of_the_table_that_no_procedure_uses_can_be_taken_away(cast: Cast) -> None:
    home = agency("thanhbinh")
    kept = holders.set_role_holder(home, "Vai trò cũ", cast.an.position, by=cast.ha.actor, at=NOW)
    uses = holders.role_uses(home)
    assert holders.unused(holders.holders_of(home), uses) == [kept]
    again = holders.set_role_holder(home, " vai  TRÒ cũ", cast.ha.position, by=cast.ha.actor, at=NOW)
    assert (again.pk, again.position) == (kept.pk, cast.ha.position)


@pytest.mark.parametrize("name", ["an", "binh", "chi"])
def test_only_who_runs_the_one_stop_of_the_agency_sets_it(
    name: str, cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    actor, home = getattr(cast, name).actor, agency("thanhbinh")
    with pytest.raises(NotAllowed):
        holders.set_role_holder(home, ROLE, cast.an.position, by=actor, at=NOW)
    row = holders.set_role_holder(home, ROLE, cast.an.position, by=cast.ha.actor, at=NOW)
    assert signed_in(name).post(f"/mot-cua/vai-tro/{row.key}/bo/").status_code in (403, 404)
    assert signed_in(name).post(f"{SETTINGS}?cq=thanhbinh", TYPED | {"unit": "X"}).status_code in (403, 404)
    assert re.search("Bộ phận", one_stop_of(home).unit)  # type: ignore[union-attr]
