"""Files of procedures by their pages: handed in and read by jobs, the worklist of doubts, taken over in one go."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chuan.jobs.models import Run, State
from chuan.jobs.work import perform
from chuan.quality.procedures.models import ImportBatch, ImportedFile, Procedure, ProcedureVersion

from ..cast import NOW, Cast
from ..quality.word_files import CLEAR, clear_word_file, word_file

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
WHY = "tests"


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def handed_in(client: Client, name: str, content: bytes) -> ImportBatch:
    """Hand one file in by the page and let the jobs do what was asked for."""
    client.post("/nhap-quy-trinh/", {"files": SimpleUploadedFile(name, content)})
    while (run := Run.objects.filter(state=State.WAITING, name__startswith="procedures.").first()) is not None:
        perform(run.pk)
    return ImportBatch.objects.everywhere(reason=WHY).latest("id")


def files_of(batch: ImportBatch) -> list[ImportedFile]:
    return list(ImportedFile.objects.everywhere(reason=WHY).filter(batch=batch).order_by("name"))


def page(client: Client, batch: ImportBatch) -> str:
    return client.get(f"/nhap-quy-trinh/{batch.key}/").content.decode()


def test_a_zip_is_stored_in_the_answer_and_unpacked_and_read_by_jobs(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    data = zipped({"Hộ tịch/a.docx": word_file(), "Hộ tịch/b.docx": b""})
    answer = client.post("/nhap-quy-trinh/", {"files": SimpleUploadedFile("lo.zip", data)})
    batch = ImportBatch.objects.everywhere(reason=WHY).latest("id")
    assert answer["Location"] == f"/nhap-quy-trinh/{batch.key}/"
    assert [row.name for row in files_of(batch)] == ["lo.zip"]
    perform(Run.objects.get(key=f"procedures.take_in:{batch.key}").pk)
    assert [(row.name, row.status) for row in files_of(batch)] == [
        ("Hộ tịch/a.docx", "waiting"),
        ("Hộ tịch/b.docx", "refused"),
    ]
    assert "Đã đọc: 1/2" in page(client, batch)
    perform(Run.objects.get(name="procedures.read_file", state=State.WAITING).pk)
    assert files_of(batch)[0].status == "doubtful"


def test_the_worklist_shows_each_doubt_with_its_place_and_leads_to_the_question(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    batch = handed_in(client, "a.docx", word_file())
    row = files_of(batch)[0]
    shown = page(client, batch)
    assert "<b>B3</b>" in shown
    assert f'href="/tep-nhap/{row.key}/#hoi-0-2-0"' in shown
    assert 'id="hoi-0-2-0"' in client.get(f"/tep-nhap/{row.key}/").content.decode()


def test_the_reason_of_a_refusal_is_worded_in_the_readers_language(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    batch = handed_in(client, "gia.docx", b"%PDF-1.4 gia")
    assert "Đây là tệp PDF" in page(client, batch)
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    assert "This is a PDF" in page(client, batch)


def test_clear_files_are_taken_over_in_one_go_also_under_a_code_typed_beside_them(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    data = zipped({"a.docx": clear_word_file("QT.R.1"), "b.docx": clear_word_file(""), "c.docx": word_file("QT.R.3")})
    batch = handed_in(client, "lo.zip", data)
    no_code = files_of(batch)[1]
    assert f'name="code-{no_code.key}"' in page(client, batch)
    client.post(f"/nhap-quy-trinh/{batch.key}/nhan-tep-ro/", {f"code-{no_code.key}": "QT.R.2"})
    assert [row.status for row in files_of(batch)] == ["accepted", "accepted", "doubtful"]
    codes = Procedure.objects.everywhere(reason=WHY).filter(code__startswith="QT.R.").values_list("code", flat=True)
    assert sorted(codes) == ["QT.R.1", "QT.R.2"]


def test_what_is_not_taken_over_is_named_with_its_reason_and_keeps_the_code_typed_beside_it(
    signed_in: SignedIn,
) -> None:
    client = signed_in("giang")
    other = word_file("", name="Cấp lại giấy phép", steps=CLEAR)
    data = zipped({"a.docx": clear_word_file("QT.R.1"), "b.docx": clear_word_file(""), "c.docx": other})
    batch = handed_in(client, "lo.zip", data)
    typed = {f"code-{files_of(batch)[1].key}": "QT.R.1"}
    answer = client.post(f"/nhap-quy-trinh/{batch.key}/nhan-tep-ro/", typed)
    shown = answer.content.decode()
    assert [row.status for row in files_of(batch)] == ["accepted", "read", "read"]
    assert answer.status_code == 422 and "Đã nhận 1 tệp." in shown
    assert "<b>b.docx</b> (QT.R.1): Cơ quan đã có quy trình mang ký hiệu này" in shown
    assert "<b>c.docx</b>: Quy trình cần một ký hiệu" in shown
    assert f'name="{next(iter(typed))}" maxlength="60" value="QT.R.1"' in shown


def test_work_that_was_given_up_is_said_and_can_be_asked_for_again(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    client.post("/nhap-quy-trinh/", {"files": SimpleUploadedFile("a.docx", word_file())})
    batch = ImportBatch.objects.everywhere(reason=WHY).latest("id")
    Run.objects.filter(key=f"procedures.take_in:{batch.key}").update(state=State.FAILED, finished_at=NOW)
    assert "chưa đọc được vì máy chủ gặp lỗi" in page(client, batch)
    client.post(f"/nhap-quy-trinh/{batch.key}/doc-lai/")
    assert Run.objects.get(key=f"procedures.take_in:{batch.key}").state == State.WAITING


def test_a_procedure_without_a_name_is_refused_with_a_sentence(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    batch = handed_in(client, "a.json", '{"variants": [{"steps": [{"title": "Tiếp nhận"}]}]}'.encode())
    answer = client.post(f"/tep-nhap/{files_of(batch)[0].key}/nhan/", {"code": "QT.R.9"})
    assert answer.status_code == 422
    assert "Không thấy tên quy trình" in answer.content.decode()
    answer = client.post(f"/tep-nhap/{files_of(batch)[0].key}/nhan/", {"code": "Q" * 70, "name": "Cấp bản sao"})
    assert answer.status_code == 422


def test_the_queries_of_the_worklist_do_not_grow_with_the_files(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("giang")
    counts = []
    for number in (2, 12):  # of both kinds, clear and doubtful
        files = {f"{at}.docx": word_file(f"QT.{at}") if at % 2 else clear_word_file("") for at in range(number)}
        batch = handed_in(client, "lo.zip", zipped(files))
        page(client, batch)
        with CaptureQueriesContext(connection) as queries:
            page(client, batch)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_the_file_does_not_tell_is_typed_in_place_beside_its_words(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    steps = [(*step[:3], "2 buổi", step[4]) if step[0] == "B4" else step for step in CLEAR]
    row = files_of(handed_in(client, "a.docx", word_file(steps=steps)))[0]
    address = f"/tep-nhap/{row.key}/"
    shown = client.get(address).content.decode()
    assert 'name="time" required' in shown
    assert "bản gốc ghi “2 buổi”" in shown
    assert "B4 chưa có thời gian" not in shown  # the question says it already
    assert 'value="right"' not in shown  # nothing was understood that a yes could confirm
    refused = client.post(address, {"question": "0/3/0", "choice": "edited", "time": "2 buổi"})
    assert refused.status_code == 422
    client.post(address, {"question": "0/3/0", "choice": "edited", "time": "1 ngày làm việc"})
    row.refresh_from_db()
    assert (row.status, row.answers["0/3/0"]["typed"]) == ("read", {"time": "1 ngày làm việc"})


def test_words_of_the_long_form_that_were_not_changed_stay_those_of_other_answers(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    steps = [(*step[:2], "", "2 buổi", step[4]) if step[0] == "B4" else step for step in CLEAR]
    row = files_of(handed_in(client, "a.docx", word_file(steps=steps)))[0]
    long_form = {"no": "B4", "title": "Ký giấy phép", "role": "Chủ tịch", "time": "2 buổi", "output": "Giấy phép"}
    client.post(f"/tep-nhap/{row.key}/", {"question": "0/3/1", "choice": "edited", **long_form})
    client.post(f"/tep-nhap/{row.key}/", {"question": "0/3/0", "choice": "edited", "time": "4 giờ"})
    row.refresh_from_db()
    assert (row.status, row.answers["0/3/1"]["typed"]) == ("read", {"role": "Chủ tịch"})


def test_a_step_of_no_time_wants_a_look_and_the_issue_of_the_original_is_told(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    steps = [(*step[:3], "0 ngày làm việc", step[4]) if step[0] == "B5" else step for step in CLEAR]
    row = files_of(handed_in(client, "a.docx", word_file(steps=steps, before=("Lần ban hành: 02",))))[0]
    shown = client.get(f"/tep-nhap/{row.key}/").content.decode()
    assert "ghi thời gian bằng 0" in shown
    assert "Bản gốc ghi lần ban hành 02" in shown
    client.post(f"/tep-nhap/{row.key}/nhan/", {"code": "QT.1", "name": "Cấp phép", "service_code": "1.013225"})
    version = ProcedureVersion.objects.everywhere(reason=WHY).get(procedure__code="QT.1")
    assert version.content["tthc_code"] == "1.013225"
