"""From a file to the page of a dossier, and every number opens the list with as many rows."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chuan.analytics.findings.models import AgencyReading, Choice
from chuan.analytics.logs.models import LogUpload
from chuan.formats.xlsx import read_sheets
from chuan.jobs.models import Run, State
from chuan.jobs.work import perform
from chuan.organisations.models import Agency
from chuan.web.agency.reality.procedure import of_used_variants
from chuan.web.agency.tasks.reality import open_choices, questions_to_decide, uploads_refused

from ..analytics.world import ALL, BY, STEPS, World, csv, row, story, world
from ..cast import NOW, Cast
from .looking import rows_in, text

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


@pytest.fixture
def here(cast: Cast) -> World:
    made = world(cast)
    made.take_in(ALL)
    made.read()
    return made


def work_off() -> None:
    for run in Run.objects.filter(state=State.WAITING).order_by("pk"):
        perform(run.pk)


def test_from_the_file_to_the_dossier(cast: Cast, signed_in: SignedIn) -> None:
    made = world(cast)
    made.source.change(mapping={})
    client = signed_in("an")
    file = SimpleUploadedFile("hoso.csv", csv(ALL))
    handed_in = client.post(reverse("log_source", args=[made.source.key]), {"file": file})
    upload = LogUpload.objects.within(made.agency).get()
    columns = reverse("log_columns", args=[upload.key])
    assert handed_in.headers["Location"] == columns
    page = text(client, columns)
    assert "Trần Thị Dân" not in page, "what is not read is not shown"
    posted = dict(
        zip(("dossier", "service_code", "activity", "at", "position"), csv([]).decode().split(";"), strict=False)
    )
    facts = {"column": list(posted.values()), "fact": list(posted)}
    confirmed = client.post(columns, facts | {"counting": "days", "supplement": "restart"})
    assert confirmed.headers["Location"] == reverse("log_upload", args=[upload.key])
    assert "Đang nhập hồ sơ" in text(client, confirmed.headers["Location"])
    work_off()
    work_off()
    assert "Đã nhập" in text(client, confirmed.headers["Location"])
    assert "QT.01" in text(client, reverse("realities"))
    assert "Vì sao 1/4 hồ sơ không có bước B2" in text(client, reverse("reality", args=[made.procedure.key]))
    dossier = text(client, reverse("dossier", args=[made.dossiers()["H2"].key]))
    assert "Vì sao hạn là 04/11/2026" in dossier
    assert "Quá hạn" in dossier


def test_every_number_opens_the_list_with_that_many_rows(here: World, signed_in: SignedIn) -> None:
    client = signed_in("binh")
    page = text(client, reverse("reality", args=[here.procedure.key]))
    links = re.findall(r'<a href="(/ho-so/\?[^"]+)">\s*(.*?)</a>', page, re.DOTALL)
    numbered = [(url, re.sub(r"<[^>]+>", "", words)) for url, words in links]
    counted = [
        (url, int(found[-1])) for url, words in numbered if (found := re.findall(r"\d+(?!/)", words.split("B")[-1]))
    ]
    assert len(counted) >= 10
    for url, number in counted:
        assert rows_in(text(client, url)) == number, url


def test_the_three_numbers(here: World, signed_in: SignedIn) -> None:
    page = re.sub(r"\s+", " ", text(signed_in("an"), reverse("reality", args=[here.procedure.key])))
    assert re.findall(r'class="value">(\d+/\d+)', page) == ["3/4", "3/4"]
    assert "Quy trình và danh mục dịch vụ công không ghi thời hạn theo luật." in page


def test_periods_and_versions_can_be_chosen(here: World, signed_in: SignedIn) -> None:
    client, address = signed_in("an"), reverse("reality", args=[here.procedure.key])
    assert "Quý 4/2026" in text(client, address)
    assert "4 hồ sơ" in text(client, f"{address}?ky=2026-Q4")
    assert client.get(f"{address}?ky=1999&lan=1").status_code == 200


def test_rows_that_could_not_be_used_are_downloaded_with_reasons(here: World, signed_in: SignedIn) -> None:
    upload = here.take_in([*ALL, row("H9", "31/02/2026 08:00", STEPS[0])], "xau.csv")
    rows = read_sheets(signed_in("an").get(reverse("bad_rows", args=[upload.key])).content)[0].rows
    assert rows[1][2] == "31/02/2026 08:00"


@pytest.mark.parametrize("what", ["bao-cao", "ket-qua", "khac-quy-trinh"])
def test_reports_are_downloads_and_never_pages(what: str, here: World, signed_in: SignedIn) -> None:
    answer = signed_in("an").get(reverse("reality_download", args=[here.procedure.key, what]))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert len(answer.content) > 500


def test_a_choice_is_made_settled_and_taken_back(here: World, cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("ha")
    address = reverse("choose", args=[here.procedure.key]) + "?diem=skipped:B2"
    assert client.post(address, {"kind": "change_practice"}).status_code == 422
    facts = {"kind": "change_practice", "position": cast.an.position.pk, "due_on": "01/12/2026"}
    assert client.post(address, facts).status_code == 302
    made = Choice.objects.within(here.agency).get()
    assert (made.step, made.due_on, made.count) == ("B2", date(2026, 12, 1), 1)
    assert [task.due_on for task in open_choices(cast.an.actor)] == [date(2026, 12, 1)]
    client.post(reverse("settle_choice", args=[made.key]))
    assert list(open_choices(cast.an.actor)) == []
    client.post(reverse("reopen_choice", args=[made.key]))
    assert len(list(open_choices(cast.an.actor))) == 1


def test_the_secretary_opens_the_draft_that_the_head_asked_for(here: World, cast: Cast, signed_in: SignedIn) -> None:
    reality = reverse("reality", args=[here.procedure.key])
    said = signed_in("ha").post(
        reverse("choose", args=[here.procedure.key]) + "?diem=skipped:B2", {"kind": "change_paper"}, follow=True
    )
    assert "Việc này của Thư ký ISO (Lê Hương Giang)." in unescape(said.content.decode())
    assert list(open_choices(cast.ha.actor)) == []
    (task,) = open_choices(cast.giang.actor)
    assert (task.verb, task.posts) == ("Mở bản dự thảo", True)
    assert "Chưa mở bản dự thảo." in text(signed_in("ha"), reality)
    draft = signed_in("giang").post(task.url).headers["Location"]
    made = Choice.objects.within(here.agency).select_related("draft").get()
    assert made.draft is not None
    assert draft == reverse("edit_draft", args=[made.draft.key])
    assert "Dự thảo." in text(signed_in("ha"), reality)
    signed_in("ha").post(reverse("withdraw_choice", args=[made.key]))
    assert not Choice.objects.within(here.agency).exists()


def test_questions_without_a_choice_are_work_of_who_decides(here: World, cast: Cast, signed_in: SignedIn) -> None:
    assert [len(list(questions_to_decide(player.actor))) for player in (cast.ha, cast.an, cast.binh)] == [1, 0, 0]
    for mark in ("skipped:B2", "over_limit:B2", "over_limit:B3"):
        address = reverse("choose", args=[here.procedure.key]) + f"?diem={mark}"
        signed_in("ha").post(address, {"kind": "explained", "note": "Đã xem"})
    assert list(questions_to_decide(cast.ha.actor)) == []


def test_a_refused_upload_is_work_of_who_imports(here: World, cast: Cast) -> None:
    upload = here.take_in(story("H7", "09 08:00", steps=STEPS[:1]), "b.csv")
    upload.change(status="refused", problem="Tệp rỗng")
    assert [len(list(uploads_refused(player.actor))) for player in (cast.an, cast.binh, cast.chi)] == [1, 0, 0]


def test_other_agencies_see_nothing_and_the_province_only_sums(here: World, signed_in: SignedIn) -> None:
    dossier = reverse("dossier", args=[here.dossiers()["H1"].key])
    reality = reverse("reality", args=[here.procedure.key])
    assert [signed_in("chi").get(url).status_code for url in (dossier, reality)] == [404, 404]
    assert [signed_in("dung").get(url).status_code for url in (dossier, reality)] == [403, 403]
    sums = text(signed_in("dung"), reverse("reality_agencies"))
    assert "UBND xã Thanh Bình" in sums
    assert "3/4" in sums
    assert "H1" not in sums
    drilled = reverse("reality_agency", args=[here.agency.key])
    assert f'href="{drilled}"' in sums
    by_procedure = re.sub(r"\s+", " ", text(signed_in("dung"), drilled))
    assert re.search(r"QT\.01</a> Cấp giấy xác nhận thử</td>.*3/4 · 75,00 %", by_procedure)
    assert "H1" not in by_procedure
    assert [signed_in(name).get(drilled).status_code for name in ("an", "chi")] == [403, 403]


def test_the_province_sorts_its_agencies_by_what_is_wrong(here: World, signed_in: SignedIn) -> None:
    province = Agency.objects.everywhere(reason="tests").filter(province=here.agency.province, reading=None)
    right, none = province.order_by("pk")[:2]
    for agency, followed in ((right, 4), (none, 0)):
        sums = {"procedures": 1, "dossiers": 4, "judged_steps": followed, "followed": followed}
        AgencyReading(agency=agency, computed_at=NOW, **sums, judged_time=0, in_time=0).put(by=BY, at=NOW)
    client, address = signed_in("dung"), reverse("reality_agencies")
    names = re.findall(r"/thuc-te-co-quan/(\w+)/", text(client, f"{address}?xep=khac"))
    mine = (here.agency.key, right.key, none.key)
    assert [name for name in names if name in mine] == list(mine)


@pytest.mark.parametrize("name", ["dossiers", "realities", "log_sources"])
def test_queries_do_not_grow_with_the_rows(name: str, here: World, signed_in: SignedIn) -> None:
    client, counts = signed_in("an"), []
    client.get(reverse(name))
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name))
        counts.append(len(queries))
        here.take_in(
            [line for number in range(30) for line in story(f"N{number}", "03 08:00", steps=STEPS[:1])], "n.csv"
        )
    assert counts[1] <= counts[0] <= 16


def test_steps_of_a_variant_that_no_dossier_took_show_no_figures_of_another() -> None:
    taken = {"variant": "a) cấp xã", "step": "B1", "visits": 60}
    skipped = {"variant": "a) cấp xã", "step": "B2", "visits": 0}
    not_taken = {"variant": "b) cấp tỉnh", "step": "B1", "visits": 0}
    assert of_used_variants([taken, skipped, not_taken]) == [taken, skipped]


def test_a_new_source_leads_to_where_its_first_file_is_handed_in(here: World, signed_in: SignedIn) -> None:
    answer = signed_in("an").post(reverse("add_log_source", args=[here.agency.key]), {"name": "Sổ tay"}, follow=True)
    assert answer.redirect_chain[0][0].startswith("/nguon-ho-so/")
    assert 'type="file"' in answer.content.decode()


STEP_HEADINGS = "Mã hồ sơ;Mã thủ tục;Ngày tiếp nhận;Thẩm định hồ sơ;Ký duyệt;Ghi nhận khác"
STEP_ROW = "H1;9.000001.H99;02/11/2026 08:00;02/11/2026 16:00;03/11/2026 10:00;04/11/2026 10:00"


def test_a_recognised_column_can_be_left_out_and_asked_about_again(cast: Cast, signed_in: SignedIn) -> None:
    made, client = world(cast), signed_in("an")
    made.source.change(mapping={})
    columns = reverse("log_columns", args=[made.hand_in(ALL).key])
    headings = csv([]).decode().split(";")
    facts = ["dossier", "service_code", "activity", "at", "", ""]
    client.post(columns, {"column": headings, "fact": facts, "counting": "days", "supplement": "restart"})
    work_off()
    assert [event.get("position") for event in made.dossiers()["H1"].events] == [None] * 4
    made.source.refresh_from_db()
    assert set(made.source.mapping["unused"]) == {"Vị trí thực hiện", "Người nộp"}
    terms = {"counting": "days", "supplement": "pause", "keeps_names": "on", "ask_again": "on"}
    client.post(reverse("log_source_terms", args=[made.source.key]), terms)
    made.source.refresh_from_db()
    assert (made.source.supplement, made.source.keeps_names) == ("pause", True)
    assert made.hand_in([*ALL, *story("H8", "04 08:00", steps=STEPS[:1])]).status == "mapping"


def test_a_column_of_hours_is_not_asked_about_and_joins_its_days(cast: Cast, signed_in: SignedIn) -> None:
    made, client = world(cast), signed_in("an")
    made.source.change(mapping={})
    rows = "Mã hồ sơ;Mã thủ tục;Công việc;Ngày;Giờ\nH1;9.000001.H99;Ký duyệt;02/11/2026;08:30"
    file = SimpleUploadedFile("gio.csv", rows.encode())
    columns = client.post(reverse("log_source", args=[made.source.key]), {"file": file}).headers["Location"]
    page = text(client, columns)
    assert "Giờ ở cột «Giờ» được ghép với ngày ở cột «Ngày»" in page
    asked = re.findall(r'name="column" value="([^"]+)"', page)
    assert asked == ["Mã hồ sơ", "Mã thủ tục", "Công việc", "Ngày"]
    facts = ["dossier", "service_code", "activity", "at"]
    client.post(columns, {"column": asked, "fact": facts, "counting": "days", "supplement": "restart"})
    work_off()
    assert [event["at"] for event in made.dossiers()["H1"].events] == ["2026-11-02T08:30:00+07:00"]


def test_one_meaning_cannot_be_given_to_two_columns(cast: Cast, signed_in: SignedIn) -> None:
    made, client = world(cast), signed_in("an")
    made.source.change(mapping={})
    columns = reverse("log_columns", args=[made.hand_in(ALL).key])
    facts = ["dossier", "service_code", "activity", "at", "position", "position"]
    posted = {"column": csv([]).decode().split(";"), "fact": facts, "counting": "days", "supplement": "restart"}
    answer = client.post(columns, posted)
    assert answer.status_code == 422
    assert "Hai cột cùng được chọn là “Vị trí thực hiện”" in answer.content.decode()


def test_a_column_that_is_no_step_can_be_unticked_and_stays_so_for_later_files(cast: Cast, signed_in: SignedIn) -> None:
    made, client = world(cast), signed_in("an")
    made.source.change(mapping={})
    file = SimpleUploadedFile("buoc.csv", f"{STEP_HEADINGS}\n{STEP_ROW}".encode())
    columns = client.post(reverse("log_source", args=[made.source.key]), {"file": file}).headers["Location"]
    steps = ["Thẩm định hồ sơ", "Ký duyệt", "Ghi nhận khác"]
    assert re.findall(r'name="step" value="([^"]+)" checked', text(client, columns)) == steps
    posted = {
        "column": ["Mã hồ sơ", "Mã thủ tục", "Ngày tiếp nhận"],
        "fact": ["dossier", "service_code", "received_at"],
    }
    posted |= {"offered": steps, "step": steps[:2]} | {"counting": ["days"], "supplement": ["restart"]}
    client.post(columns, posted)
    work_off()
    assert [event["activity"] for event in made.dossiers()["H1"].events] == steps[:2]
    file = SimpleUploadedFile("buoc2.csv", f"{STEP_HEADINGS}\n{STEP_ROW.replace('H1', 'H2')}".encode())
    client.post(reverse("log_source", args=[made.source.key]), {"file": file})
    work_off()
    assert [event["activity"] for event in made.dossiers()["H2"].events] == steps[:2]


def test_a_second_source_of_the_same_name_is_refused_in_the_form(here: World, signed_in: SignedIn) -> None:
    answer = signed_in("an").post(reverse("add_log_source", args=[here.agency.key]), {"name": here.source.name})
    assert answer.status_code == 422
    assert "Cơ quan đã có nguồn dữ liệu mang tên này." in answer.content.decode()


def test_reality_and_dossier_lead_to_the_version_they_speak_of(here: World, signed_in: SignedIn) -> None:
    client = signed_in("an")
    version = f"{reverse('procedure', args=[here.procedure.key])}?lan=1"
    for address in (
        reverse("reality", args=[here.procedure.key]),
        reverse("dossier", args=[here.dossiers()["H1"].key]),
    ):
        assert f'href="{version}"' in text(client, address)


def test_through_the_pages_the_same_file_shuffled_or_in_pieces_changes_nothing(cast: Cast, signed_in: SignedIn) -> None:
    made, client = world(cast), signed_in("an")
    bad = [row("H9", "31/02/2026 08:00", STEPS[0]), row("X" * 101, "02/11/2026 08:00", STEPS[0])]
    rows = [*ALL, *bad]
    states = []
    for number, part in enumerate((rows, rows, rows[::-1], rows[5:], rows[:7])):
        file = SimpleUploadedFile(f"{number}.csv", csv(part))
        client.post(reverse("log_source", args=[made.source.key]), {"file": file})
        work_off()
        work_off()
        states.append((made.state(), {code: one.state for code, one in made.dossiers().items()}))
    assert all(state == states[0] for state in states)
    first = LogUpload.objects.within(made.agency).get(name="0.csv")
    sheet = read_sheets(client.get(reverse("bad_rows", args=[first.key])).content)[0]
    assert [str(cells[1]) for cells in sheet.rows[1:]] == ["Thời gian hoàn thành", "Mã hồ sơ"]
    assert "Trần Thị Dân" not in str(made.state())
