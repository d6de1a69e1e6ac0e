"""A wrong file is withdrawn on its page and used again; the words of a source are tied to steps on a page."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chuan.analytics.findings.naming import namings_of
from chuan.analytics.logs.actions import add_source, hand_in, set_mapping, take_in
from chuan.analytics.logs.models import LoggedDossier, LogUpload
from chuan.jobs.models import Run, State
from chuan.jobs.work import perform

from ..analytics.world import ALL, BY, LATE, OPEN, RIGHT, World, csv, world
from ..cast import NOW, Cast
from .looking import text

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


@pytest.fixture
def here(cast: Cast) -> World:
    return world(cast)


def work_off() -> None:
    for _round in range(2):
        for run in Run.objects.filter(state=State.WAITING).order_by("pk"):
            perform(run.pk)


def test_a_wrong_file_is_withdrawn_with_a_reason_and_used_again(here: World, signed_in: SignedIn) -> None:
    client, upload = signed_in("an"), here.take_in(ALL)
    here.read()
    shown = reverse("log_upload", args=[upload.key])
    address = reverse("withdraw_upload", args=[upload.key])
    assert address in text(client, shown)
    assert client.post(address, {"reason": ""}).status_code == 422
    said = client.post(address, {"reason": "Tệp của xã khác"}, follow=True)
    assert reverse("give_back_upload", args=[upload.key]) in said.content.decode()
    work_off()
    assert "Tệp của xã khác" in text(client, shown)
    assert "Không có hồ sơ nào khớp" in text(client, reverse("dossiers"))
    client.post(reverse("give_back_upload", args=[upload.key]))
    work_off()
    assert "H2" in text(client, reverse("dossiers"))
    assert {one.state for one in here.dossiers().values()} == {"early", "late", "open_in_time"}


def test_a_source_without_files_is_closed_and_reopened(here: World, signed_in: SignedIn) -> None:
    client, address = signed_in("an"), reverse("log_source", args=[here.source.key])
    close = reverse("close_log_source", args=[here.source.key])
    assert close in text(client, address)
    client.post(close)
    assert 'type="file"' not in text(client, address)
    client.post(reverse("reopen_log_source", args=[here.source.key]))
    assert 'type="file"' in text(client, address)
    here.take_in(ALL)
    assert close not in text(client, address)
    client.post(close)
    here.source.refresh_from_db()
    assert here.source.closed_at is None


def test_nobody_withdraws_closes_or_names_for_another_agency(here: World, signed_in: SignedIn) -> None:
    upload = here.take_in(ALL)
    of_file = ("withdraw_upload", "give_back_upload", "log_step_names")
    addresses = [reverse(name, args=[upload.key]) for name in of_file]
    addresses += [reverse(name, args=[here.source.key]) for name in ("close_log_source", "reopen_log_source")]
    assert [signed_in("chi").post(address, {"reason": "x"}).status_code for address in addresses] == [404] * 5
    assert [signed_in("binh").post(address, {"reason": "x"}).status_code for address in addresses] == [403] * 5


OTHER_WORDS = [
    line.replace("Thẩm định hồ sơ", "Thẩm tra, thẩm định").replace("Ký duyệt", "Trình ký") for line in (*RIGHT, *LATE)
]


def test_words_that_name_no_step_are_tied_to_steps_and_judged_again(here: World, signed_in: SignedIn) -> None:
    client, upload = signed_in("an"), here.take_in(OTHER_WORDS)
    here.read()
    assert here.dossiers()["H1"].cost > 0
    address = reverse("log_step_names", args=[upload.key])
    assert "chưa khớp bước nào của quy trình: 2." in text(client, reverse("log_upload", args=[upload.key]))
    page = text(client, address)
    assert re.findall(r'<label for="step-[^"]+">([^<]+)</label></td><td class="figure"[^>]*>(\d+)', page) == [
        ("Thẩm tra, thẩm định", "2"),
        ("Trình ký", "2"),
    ]
    assert re.findall(r'value="([^"]+)" selected', page) == ["Thẩm định hồ sơ"], "the likely one is proposed"
    name = here.procedure.key
    words = ["Thẩm tra, thẩm định", "Trình ký"]
    client.post(address, {f"word-{name}": words, f"step-{name}": ["Thẩm định hồ sơ", "Ký duyệt"]})
    work_off()
    assert {code: one.cost for code, one in here.dossiers().items()} == {"H1": 0, "H2": 0}
    later = here.take_in([line.replace("H1", "H7") for line in OTHER_WORDS[:4]], "sau.csv")
    here.read()
    assert here.dossiers()["H7"].cost == 0, "a later file of the source needs no answer"
    assert "chưa khớp bước nào" not in text(client, reverse("log_upload", args=[later.key]))


def test_a_word_that_is_no_step_and_one_left_open_are_kept_so(here: World, signed_in: SignedIn) -> None:
    client, upload = signed_in("an"), here.take_in(OTHER_WORDS)
    address, name = reverse("log_step_names", args=[upload.key]), here.procedure.key
    words = ["Thẩm tra, thẩm định", "Trình ký", "Lạ"]
    client.post(address, {f"word-{name}": words, f"step-{name}": ["-", "", "Ký duyệt"]})
    here.source.refresh_from_db()
    assert here.source.step_names == {name: {"Thẩm tra, thẩm định": None}}
    upload = LogUpload.objects.within(here.agency).select_related("source__agency").get()
    assert [one.open for one in namings_of(upload)] == [1]
    assert '<option value="-" selected>' in text(client, address)


def test_work_that_is_answered_to_be_left_out_counts_no_longer_and_the_page_says_so(
    here: World, signed_in: SignedIn
) -> None:
    client = signed_in("an")
    upload = here.take_in([*RIGHT, RIGHT[1].replace("Thẩm định hồ sơ", "Đóng dấu")])
    here.read()
    assert here.dossiers()["H1"].cost == 1
    address, name = reverse("log_step_names", args=[upload.key]), here.procedure.key
    assert "Bỏ qua, không tính" in text(client, address)
    client.post(address, {f"word-{name}": ["Đóng dấu"], f"step-{name}": ["-"]})
    work_off()
    here.read()
    assert here.dossiers()["H1"].cost == 0
    page = text(client, reverse("reality", args=[here.procedure.key]))
    assert "Bỏ qua, không tính theo lời cơ quan:" in page
    assert "Tên việc chưa chắc là bước nào" not in page


def test_a_file_whose_words_all_name_steps_asks_nothing(here: World, signed_in: SignedIn) -> None:
    upload = here.take_in(ALL)
    assert "ten-viec" not in text(signed_in("an"), reverse("log_upload", args=[upload.key]))
    assert "Mọi tên việc đều là một bước" in text(signed_in("an"), reverse("log_step_names", args=[upload.key]))


UNKNOWN = "a,b,c,d\n" + "\n".join(f"La-{n},9.000001,Tiếp nhận hồ sơ,0{n}/11/2026 08:00" for n in range(2, 6))


def test_headings_that_nobody_knows_are_mapped_by_hand(cast: Cast, signed_in: SignedIn) -> None:
    made, client = world(cast), signed_in("an")
    made.source.change(mapping={})
    answer = client.post(
        reverse("log_source", args=[made.source.key]), {"file": SimpleUploadedFile("la.csv", UNKNOWN.encode())}
    )
    columns = answer.headers["Location"]
    page = text(client, columns)
    assert re.findall(r'name="column" value="([^"]+)"', page) == ["a", "b", "c", "d"]
    assert "tệp ánh xạ" not in page
    terms = {"counting": "days", "supplement": "restart"}
    wrong = client.post(columns, {"column": ["a", "b", "c", "d"], "fact": ["", "", "", ""]} | terms)
    assert wrong.status_code == 422
    assert "Chưa biết cột nào là mã hồ sơ." in unescape(wrong.content.decode())
    facts = ["dossier", "service_code", "activity", "at"]
    client.post(columns, {"column": ["a", "b", "c", "d"], "fact": facts} | terms)
    work_off()
    assert sorted(one.code for one in LoggedDossier.objects.within(made.agency)) == ["La-2", "La-3", "La-4", "La-5"]


def columns_of(client: Client, made: World, name: str, rows: str) -> str:
    """The page of the columns of a file that is handed in and taken in as far as it goes."""
    file = SimpleUploadedFile(name, rows.encode())
    client.post(reverse("log_source", args=[made.source.key]), {"file": file})
    work_off()
    upload = LogUpload.objects.within(made.agency).get(source=made.source, name=name)
    return text(client, reverse("log_columns", args=[upload.key]))


TITLED = "UBND XÃ,,,\nDANH SÁCH HỒ SƠ,,,\nPhiếu số,Người nào,Hôm nhận,Tình hình\n" + "\n".join(
    f"P{n},Trần Văn An,0{n}/11/2026,Đã có kết quả" for n in range(2, 6)
)


def test_columns_below_titles_are_offered_with_examples_unless_they_may_be_personal(
    cast: Cast, signed_in: SignedIn
) -> None:
    made = world(cast)
    made.source.change(mapping={})
    page = columns_of(signed_in("an"), made, "la.csv", TITLED)
    assert re.findall(r'name="column" value="([^"]+)"', page) == ["Phiếu số", "Người nào", "Hôm nhận", "Tình hình"]
    assert "P2 · P3 · P4" in page
    assert "02/11/2026 · 03/11/2026" in page
    assert "Trần Văn An" not in page
    assert page.count("Không hiện ví dụ: có thể là dữ liệu cá nhân") == 1


def test_columns_that_are_known_are_chosen_already_where_the_code_of_the_dossier_is_not(
    cast: Cast, signed_in: SignedIn
) -> None:
    made = world(cast)
    made.source.change(mapping={})
    rows = "Phiếu,Ngày tiếp nhận,Hạn trả\nP1,02/11/2026,05/11/2026\n"
    page = columns_of(signed_in("an"), made, "la.csv", rows)
    assert "Chưa biết cột nào là mã hồ sơ." in unescape(page)
    assert re.findall(r'<option value="(\w+)" selected>', page)[:2] == ["received_at", "due_at"]


WIDE = "Mã hồ sơ,Mã TTHC,Ngày tiếp nhận,Thẩm định,Ký duyệt\nH9,9.000001,02/11/2026,03/11/2026,04/11/2026\n"


@pytest.fixture
def mapped(here: World) -> World:
    """The source reads a row per event, as it was confirmed for its first file."""
    headings = csv([]).decode().split(";")[:4]
    columns = dict(zip(("dossier", "service_code", "activity", "at"), headings, strict=True))
    here.source.change(mapping={"columns": columns})
    return here


def test_a_file_of_another_shape_is_recognised_afresh_and_the_page_says_so(mapped: World, signed_in: SignedIn) -> None:
    page = columns_of(signed_in("an"), mapped, "ngang.csv", WIDE)
    assert "Tệp này có các cột khác với các tệp trước của nguồn." in page
    assert '<option value="dossier" selected>' in page
    assert page.count("Một bước của quy trình") == 2
    assert reverse("add_log_source", args=[mapped.agency.key]) in page
    upload = LogUpload.objects.within(mapped.agency).get(name="ngang.csv")
    assert upload.status == "refused"
    for words in ("columns.", "tệp ánh xạ", "«date_order»"):
        assert words not in upload.problem + page


def test_a_refused_file_that_another_source_read_is_no_work_any_more(mapped: World, signed_in: SignedIn) -> None:
    client = signed_in("an")
    columns_of(client, mapped, "ngang.csv", WIDE)
    assert "Không nhập được tệp ngang.csv" in text(client, reverse("home"))
    other = add_source(agency=mapped.agency, name="Nguồn ngang", by=BY, at=NOW)
    other.change(mapping={"columns": {"dossier": "Mã hồ sơ"}})
    upload = hand_in(other, WIDE.encode(), "ngang.csv", by=BY, at=NOW)
    take_in(upload, told=lambda *_: None, by=BY, at=NOW)
    assert "Không nhập được tệp ngang.csv" not in text(client, reverse("home"))


def test_the_same_file_again_says_that_it_was_read_before(here: World, signed_in: SignedIn) -> None:
    first = here.take_in(ALL)
    shown = reverse("log_upload", args=[first.key])
    assert "Tệp tải lên lần đầu lúc" not in text(signed_in("an"), shown)
    here.take_in(ALL)
    assert "Tệp tải lên lần đầu lúc" in text(signed_in("an"), shown)


def test_every_file_that_waited_for_the_columns_is_taken_in(cast: Cast, signed_in: SignedIn) -> None:
    made = world(cast)
    made.source.change(mapping={})
    first, second = made.hand_in(RIGHT, "a.csv"), made.hand_in(LATE, "b.csv")
    columns, facts = csv([]).decode().split(";")[:4], ["dossier", "service_code", "activity", "at"]
    posted = {"column": columns, "fact": facts, "counting": "days", "supplement": "restart"}
    signed_in("an").post(reverse("log_columns", args=[second.key]), posted)
    work_off()
    first.refresh_from_db()
    assert (first.status, sorted(made.dossiers())) == ("done", ["H1", "H2"])


def test_a_file_of_two_orders_of_dates_is_taken_in_once_the_order_is_chosen(here: World, signed_in: SignedIn) -> None:
    client = signed_in("an")
    rows = [*RIGHT, RIGHT[0].replace("H1", "H8").replace("02/11/2026", "11/25/2026"), RIGHT[1].replace("02", "25")]
    file = SimpleUploadedFile("tron.csv", csv(rows))
    shown = client.post(reverse("log_source", args=[here.source.key]), {"file": file}).headers["Location"]
    work_off()
    assert "lẫn hai kiểu ngày" in text(client, shown)
    assert "tệp ánh xạ" not in text(client, shown)
    terms = {"counting": "days", "supplement": "restart", "date_order": "dmy"}
    client.post(reverse("log_source_terms", args=[here.source.key]), terms)
    work_off()
    assert "Đã nhập" in text(client, shown)
    assert "11/25/2026 08:00" in text(client, shown), "what does not follow the order is listed"


def test_a_dossier_of_two_sources_stands_once_in_the_list_and_each_page_names_its_source(
    here: World, signed_in: SignedIn
) -> None:
    here.take_in(RIGHT)
    second = add_source(agency=here.agency, name="Sổ theo dõi", by=BY, at=NOW)
    set_mapping(second, {"columns": {}}, by=BY, at=NOW)
    upload = hand_in(second, csv(RIGHT[:3]), "so.csv", by=BY, at=NOW)
    take_in(upload, told=lambda done, total, codes: None, by=BY, at=NOW)
    here.read()
    client, rows = signed_in("an"), LoggedDossier.objects.within(here.agency)
    counted, other = rows.get(counted=True), rows.get(counted=False)
    page = text(client, reverse("dossiers"))
    assert (page.count("/ho-so/" + counted.key), page.count("/ho-so/" + other.key)) == (1, 0)
    assert "· Một cửa" in page
    assert "Nguồn dữ liệu: Một cửa" in text(client, reverse("dossier", args=[counted.key]))
    page = text(client, reverse("dossier", args=[other.key]))
    assert "cũng có trong nguồn Một cửa" in page
    assert reverse("dossier", args=[counted.key]) in page


def test_after_the_intake_it_is_said_which_procedure_has_the_dossiers_and_which_service_has_none(
    here: World, signed_in: SignedIn
) -> None:
    upload = here.take_in([*RIGHT, *LATE, *[line.replace("9.000001", "9.999999") for line in OPEN]])
    here.read()
    page = re.sub(r"<[^>]+>", "", text(signed_in("an"), reverse("log_upload", args=[upload.key])))
    assert "QT.01 Cấp giấy xác nhận thử · 2 hồ sơ" in page
    assert "mã thủ tục 9.999999 · 1 hồ sơ" in page


def test_a_row_that_is_wrong_in_two_cells_is_one_row(here: World, signed_in: SignedIn) -> None:
    heads = "Mã hồ sơ;Mã thủ tục;Ngày tiếp nhận;Ngày hẹn trả;Ngày có kết quả"
    rows = f"{heads}\nH1;9.000001;02/11/2026;04/11/2026;03/11/2026\nH2;9.000001;03/11/2026;31/02/2026;30/02/2026"
    upload = hand_in(here.source, rows.encode(), "so.csv", by=BY, at=NOW)
    take_in(upload, told=lambda done, total, codes: None, by=BY, at=NOW)
    assert len(upload.bad_rows) == 2
    page = re.sub(r"<[^>]+>", " ", text(signed_in("an"), reverse("log_upload", args=[upload.key])))
    assert re.search(r"không dùng được hoặc trùng\s+(\d+)", page)[1] == "1"  # type: ignore[index]
