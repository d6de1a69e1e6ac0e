"""The editor takes what was typed, as a page and from its script; two writers never overwrite each other unseen."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chuan.quality.procedures.content import structure
from chuan.quality.procedures.drafting import shown
from chuan.quality.procedures.models import DraftSaved, ProcedureVersion
from chuan.rules.procedure.structure import Link, Procedure

from ..cast import Cast

SignedIn = Callable[[str], Client]
DRAFT = "qtxd03-02"
URL = f"/ban-thao/{DRAFT}/"
COLUMNS = ("was", "no", "title", "role", "time", "output", "phase", "ways", "parallel", "budget", "optional", "note")


def draft() -> ProcedureVersion:
    rows = ProcedureVersion.objects.everywhere(reason="tests")
    return rows.select_related("procedure__agency").get(key=DRAFT)


def written() -> Procedure:
    return structure(draft())


def sent(rows: Iterable[dict[str, str]], **more: Any) -> dict[str, Any]:
    form: dict[str, Any] = {"started_from": draft().saved, "phan": "buoc", "th": 0, "do": ""}
    rows = list(rows)
    form |= {f"steps-{column}": [row.get(column, "") for row in rows] for column in COLUMNS}
    return form | more


def as_shown() -> list[dict[str, str]]:
    rows = shown(written().variants[0].steps)
    return [
        {column: str(getattr(row, column) or "") if column != "was" else str(row.was) for column in COLUMNS}
        for row in rows
    ]


def autosave(client: Client, form: dict[str, Any]) -> Any:
    return client.post(URL, form, headers={"X-Autosave": "1"})


def points_to_look_at(answer: dict[str, str]) -> int:
    found = re.search(r"(\d+) điểm cần xem", answer["notes"])
    assert found
    return int(found[1])


def test_a_new_draft_has_the_code_it_was_begun_with(signed_in: SignedIn) -> None:
    typed = {"agency": "thanhbinh", "name": "Đăng ký khai sinh", "code": "QT.HT.02", "service_code": "1.001193"}
    page = signed_in("giang").post("/quy-trinh/soan-moi/", typed, follow=True).content.decode()
    begun = ProcedureVersion.objects.everywhere(reason="tests").get(procedure__code="QT.HT.02")
    assert structure(begun).procedure_code == "QT.HT.02"
    assert "Chưa ghi mã hiệu quy trình" not in page


def test_what_was_shown_and_sent_back_changes_nothing(signed_in: SignedIn) -> None:
    before, count = written(), draft().saved
    assert signed_in("giang").post(URL, sent(as_shown())).status_code == 302
    assert (written(), draft().saved) == (before, count)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("0,5 ngày", "0,5 ngày làm việc"),
        ("4 giờ", "4 giờ làm việc"),
        ("1/4 ngày làm việc", "0,25 ngày làm việc"),
        ("10 ngày lịch", "10 ngày lịch"),
        ("không tính", "Không tính"),
        ("giờ hành chính", "Không tính"),
        ("", ""),
    ],
)
def test_a_time_is_typed_as_people_write_it(typed: str, understood: str, signed_in: SignedIn) -> None:
    answer = autosave(signed_in("giang"), sent([{"no": "B1", "title": "Tiếp nhận", "time": typed}])).json()
    assert answer["rows"][0]["understood"] == understood


@pytest.mark.parametrize(
    ("typed", "note"),
    [("khoảng 2 ngày", "không dứt khoát"), ("4", "không có đơn vị"), ("-5 ngày", "Không hiểu thời gian “-5 ngày”")],
)
def test_a_doubtful_time_is_asked_about_in_place(typed: str, note: str, signed_in: SignedIn) -> None:
    answer = autosave(signed_in("giang"), sent([{"no": "B1", "title": "Tiếp nhận", "time": typed}])).json()
    assert note in answer["rows"][0]["notes"]


def test_ways_on_are_typed_in_words(signed_in: SignedIn) -> None:
    rows = [{"no": f"B{n}", "title": f"Bước {n}"} for n in (1, 2, 3)]
    rows[1]["ways"] = "quay lại B1 khi không đạt"
    autosave(signed_in("giang"), sent(rows))
    assert written().variants[0].steps[1].links == (Link("B3"), Link("B1", "không đạt"))
    assert as_shown()[1]["ways"] == "B1 khi không đạt"


def test_empty_rows_are_no_steps_and_the_script_learns_where_its_rows_are(signed_in: SignedIn) -> None:
    answer = autosave(signed_in("giang"), sent([{"title": "Một"}, {"no": "B2"}, {"title": "Ba"}])).json()
    assert [row["was"] for row in answer["rows"]] == [0, "", 1]
    assert [step.title for step in written().variants[0].steps] == ["Một", "Ba"]


@pytest.mark.parametrize(
    ("act", "numbers"),
    [
        ("up:1", ["B2", "B1", "B3"]),
        ("down:0", ["B2", "B1", "B3"]),
        ("copy:0", ["B1", "B1", "B2", "B3"]),
        ("delete:1", ["B1", "B3"]),
        ("up:0", ["B1", "B2", "B3"]),
        ("delete:99", ["B1", "B2", "B3"]),
    ],
)
def test_rows_are_worked_on_without_a_script_too(act: str, numbers: list[str], signed_in: SignedIn) -> None:
    rows = [{"no": f"B{n}", "title": f"Bước {n}"} for n in (1, 2, 3)]
    assert signed_in("giang").post(URL, sent(rows, do=act)).status_code == 302
    assert [step.no for step in written().variants[0].steps] == numbers


def test_a_remark_is_mended_with_one_click(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    rows = [
        {"no": "B1", "title": "Một", "role": "A", "time": "1 giờ"},
        {"no": "B1", "title": "Hai", "role": "A", "time": "1 giờ"},
    ]
    autosave(client, sent(rows))
    page = client.get(URL).content.decode()
    mend = page.split('value="mend:')[1].split('"')[0]
    before = written()
    client.post(URL, sent(as_shown(), do=f"mend:{mend}"))
    assert written() != before


def test_a_mend_that_no_longer_fits_keeps_what_was_typed(signed_in: SignedIn) -> None:
    rows = as_shown()
    rows[0]["title"] = "Tiếp nhận hồ sơ, ghi giấy hẹn"
    signed_in("giang").post(URL, sent(rows, do="mend:khongcon"))
    assert written().variants[0].steps[0].title == "Tiếp nhận hồ sơ, ghi giấy hẹn"


def test_the_other_parts_are_forms(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    form = {
        "started_from": draft().saved,
        "phan": "thong-tin",
        "committed": "12 ngày làm việc",
        "fee": "Không",
        "name": "Cấp phép",
    }
    assert client.post(URL, form).status_code == 302
    committed = written().committed
    assert committed is not None
    assert (written().fee, str(committed.amount)) == ("Không", "12")
    assert written().purpose == "Quy định cách cấp giấy phép."
    papers = {"started_from": draft().saved, "phan": "ho-so", "sets": "2", "components-was": ["0", ""]}
    papers |= {"components-name": ["Đơn", "Bản vẽ"], "components-copy_type": ["bản chính", ""]}
    papers |= {"components-quantity": ["1", "3"], "components-form": ["Mẫu 01", ""]}
    client.post(URL, papers)
    assert [(one.name, one.quantity) for one in written().components] == [("Đơn", 1), ("Bản vẽ", 3)]
    assert written().sets == 2
    client.post(URL, {"started_from": draft().saved, "phan": "can-cu", "legal_basis": "Luật A\n\n Luật B "})
    assert written().legal_basis == ("Luật A", "Luật B")


@pytest.mark.parametrize("typed", ["-3", "hai bộ", "1,5", "123456"])
def test_a_count_that_is_none_is_refused_and_named(typed: str, signed_in: SignedIn) -> None:
    before = written()
    papers = {"started_from": draft().saved, "phan": "ho-so", "sets": "1", "components-was": ["0"]}
    papers |= {"components-name": ["Đơn"], "components-copy_type": [""], "components-quantity": [typed]}
    papers |= {"components-form": [""]}
    answer = autosave(signed_in("giang"), papers)
    assert answer.status_code == 422
    assert f"Số lượng «{typed}» không phải số đếm" in answer.json()["problem"]
    assert written() == before


def test_a_doubtful_time_stays_as_typed_until_it_is_typed_anew(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    row = {"no": "B1", "title": "Tiếp nhận", "role": "Một cửa", "time": "khoảng 1 ngày", "output": "Mẫu 01"}
    answer = autosave(client, sent([row])).json()
    assert (as_shown()[0]["time"], answer["rows"][0]["understood"]) == ("khoảng 1 ngày", "1 ngày làm việc")
    plain = autosave(client, sent([as_shown()[0] | {"time": "1 ngày"}])).json()
    assert "không dứt khoát" in answer["rows"][0]["notes"] and "không dứt khoát" not in plain["rows"][0]["notes"]
    assert points_to_look_at(answer) == points_to_look_at(plain) + 1


def test_a_doubtful_time_is_confirmed_with_one_press(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    autosave(client, sent([{"no": "B1", "title": "Tiếp nhận", "time": "khoảng 1 ngày"}]))
    mend = client.get(URL).content.decode().split("không dứt khoát")[1].split('value="mend:')[1].split('"')[0]
    client.post(URL, sent(as_shown(), do=f"mend:{mend}"))
    (step,) = written().variants[0].steps
    assert (as_shown()[0]["time"], step.doubts, step.time_label) == ("1 ngày làm việc", (), "")


def test_all_remarks_and_the_drawing_stand_at_the_steps_and_elsewhere_only_what_is_typed_there(
    signed_in: SignedIn,
) -> None:
    client = signed_in("giang")
    client.post(URL, {"started_from": draft().saved, "phan": "can-cu", "legal_basis": "Nghị định 999/2030/NĐ-CP"})
    steps, general, basis = (client.get(URL, {"phan": tab}).content.decode() for tab in ("buoc", "thong-tin", "can-cu"))
    future = "là năm chưa tới"
    assert future in steps and future in basis and future not in general
    assert 'class="diagram"' in steps and 'class="diagram"' not in general + basis
    assert all("điểm sai" in page for page in (steps, general, basis))
    assert "Xem tất cả ở thẻ Các bước" in general and "Xem tất cả ở thẻ Các bước" not in steps


def test_another_variant_is_written_beside_the_first(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    steps = written().variants[0].steps
    client.post(URL, sent(as_shown(), do="them-truong-hop"))
    autosave(client, sent([{"no": "B1", "title": "Nhanh"}], th=1, variant_name="Hồ sơ nhanh"))
    assert [(one.name, len(one.steps)) for one in written().variants] == [("default", len(steps)), ("Hồ sơ nhanh", 1)]


def test_who_saved_second_sees_both_texts_and_loses_nothing(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    mine = sent([{"no": "B1", "title": "Bản của tôi"}])
    autosave(client, sent([{"no": "B1", "title": "Bản của người khác"}]))
    answer = autosave(client, mine)
    assert answer.status_code == 409
    assert "Bản của tôi" in answer.content.decode() and "Bản của người khác" in answer.content.decode()
    assert client.post(URL, mine).status_code == 409
    again = mine | {"started_from": draft().saved, "opened_at": mine["started_from"]}
    client.post(URL, again | {"do": "keep-theirs"})
    assert written().variants[0].steps[0].title == "Bản của người khác"
    kept = [one.content["variants"][0]["steps"][0]["title"] for one in draft().saves.all()[:2]]
    assert "Bản của tôi" in kept
    client.post(URL, again | {"started_from": draft().saved, "do": "keep-mine"})
    assert written().variants[0].steps[0].title == "Bản của tôi"


def test_changes_of_different_rows_and_fields_are_put_together(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    rows = as_shown()
    mine, theirs = [dict(row) for row in rows], [dict(row) for row in rows]
    theirs[0]["title"], mine[1]["title"] = "Tiếp nhận, số hóa", "Thẩm định tại chỗ"
    forms = sent(theirs), sent(mine)
    fee = {"started_from": draft().saved, "phan": "thong-tin", "fee": "Không"}
    autosave(client, forms[0])
    assert autosave(client, forms[1]).json() == {"put_together": True}
    assert client.post(URL, fee).status_code == 302
    assert [step.title for step in written().variants[0].steps][:2] == ["Tiếp nhận, số hóa", "Thẩm định tại chỗ"]
    assert written().fee == "Không"


def test_a_conflict_says_who_saved(signed_in: SignedIn, cast: Cast) -> None:
    client = signed_in("giang")
    mine = sent([{"no": "B1", "title": "Bản của tôi"}])
    autosave(client, sent([{"no": "B1", "title": "Bản kia"}]))
    assert "Bạn vừa lưu bản dự thảo này ở một thẻ khác" in autosave(client, mine).content.decode()
    DraftSaved.objects.everywhere(reason="tests").update(created_by=cast.ha.account)
    assert "Phạm Thu Hà vừa lưu bản dự thảo này" in autosave(client, mine).content.decode()


def test_an_earlier_save_is_looked_at_and_brought_back(signed_in: SignedIn) -> None:
    client, before = signed_in("giang"), written()
    number = draft().saved
    autosave(client, sent([{"no": "B1", "title": "Lỡ xóa hết"}]))
    assert "Thẩm định hồ sơ" in client.get(reverse("draft_saved_text", args=[DRAFT, number])).content.decode()
    assert client.post(reverse("restore_save", args=[DRAFT, number])).status_code == 302
    assert written() == before
    assert client.get(reverse("draft_saved_text", args=[DRAFT, 999])).status_code == 404


def test_the_list_of_saves_says_what_each_changed(signed_in: SignedIn) -> None:
    client, rows = signed_in("giang"), as_shown()
    rows[1]["time"] = "khoảng 3 giờ"
    autosave(client, sent([*rows, {"no": "B9", "title": "Lưu hồ sơ"}]))
    client.post(URL, {"started_from": draft().saved, "phan": "thong-tin", "fee": "Không"})
    page = client.get(reverse("draft_saves", args=[DRAFT])).content.decode()
    assert "<td>Phí, lệ phí</td>" in page
    assert "<td>B2: thời gian; thêm B9</td>" in page


def test_a_version_that_is_no_draft_leads_to_its_page_and_is_not_written(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    assert client.get("/ban-thao/qttrinh-01/").status_code == 302
    form = {"started_from": 0, "phan": "thong-tin", "fee": "Không"}
    client.post("/ban-thao/qttrinh-01/", form)
    rows = ProcedureVersion.objects.everywhere(reason="tests")
    assert "fee" not in rows.get(key="qttrinh-01").content
