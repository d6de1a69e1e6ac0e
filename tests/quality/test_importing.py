"""Files of procedures are taken in, read once, asked about, accepted and taken back; bad ones never stop the rest."""

import io
import zipfile
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied

from chuan.files.models import StoredFile
from chuan.files.queries import opened
from chuan.quality.procedures.actions import save_draft
from chuan.quality.procedures.content import structure
from chuan.quality.procedures.import_intake import (
    MOST_FILES,
    NothingToRead,
    TooManyFiles,
    files_waiting,
    read_file,
    take_in,
    unpack,
    zips_waiting,
)
from chuan.quality.procedures.import_questions import (
    EDITED,
    LATER,
    RIGHT,
    UNDONE,
    answered,
    open_questions,
    procedure_of,
)
from chuan.quality.procedures.importing import (
    CodeTaken,
    NoAnswer,
    NoCode,
    NoName,
    NotReadYet,
    WrittenSince,
    accept,
    answer,
    set_aside,
    take_back,
)
from chuan.quality.procedures.models import ImportedFile, Procedure, ProcedureVersion
from chuan.rules.procedure.structure import Limit, Link, TimeUnit
from chuan.rules.procedure.validator import validate

from ..cast import NOW, Cast
from .word_files import CLEAR, clear_word_file, word_file


def taken(cast: Cast, *files: tuple[str, bytes]) -> list[ImportedFile]:
    giang = cast.giang
    handed_in = [(name, io.BytesIO(content)) for name, content in files]
    batch = take_in(handed_in, agency=giang.agency, name="Nhập thử", by=giang.actor, at=NOW)
    for row in zips_waiting(batch.key):
        unpack(row, begin=0, told=lambda done, total: None, at=NOW)
    for key in files_waiting(batch.key):
        read_file(key, at=NOW)
    return rows_of(cast, batch.pk)


def rows_of(cast: Cast, batch: int) -> list[ImportedFile]:
    rows = ImportedFile.objects.within(cast.giang.agency).filter(batch=batch).order_by("id")
    return list(rows.select_related("batch__agency", "source"))


def doubtful(cast: Cast) -> ImportedFile:
    return taken(cast, ("a.docx", word_file()))[0]


def link_question(row: ImportedFile) -> str:
    found = open_questions(procedure_of(row), row.answers)
    return next(one.name for one in found if one.doubt.message.code == "procedures.link_proposed")


def test_a_word_file_is_read_with_its_outline_places_and_doubts(cast: Cast) -> None:
    row = doubtful(cast)
    assert row.status == ImportedFile.Status.DOUBTFUL
    assert [step.no for step in procedure_of(row).variants[0].steps] == ["B1", "B2", "B3", "B4", "B5"]
    block, line = row.reading["places"]["0/2"]
    assert row.reading["outline"][block]["rows"][line][1]["text"].startswith("Xem xét")
    assert link_question(row) == "0/2/0"


def test_reading_a_second_time_changes_nothing(cast: Cast) -> None:
    row = doubtful(cast)
    read_file(row.key, at=NOW)
    assert [one.pk for one in rows_of(cast, row.batch_id)] == [row.pk]


def test_bad_files_are_listed_with_reasons_and_the_rest_go_on(cast: Cast) -> None:
    rows = taken(
        cast, ("rong.docx", b""), ("gia.docx", b"%PDF-1.4 gia"), ("tot.docx", word_file()), ("x.docx", b"PK\x03\x04")
    )
    assert [row.status for row in rows] == ["refused", "refused", "doubtful", "refused"]
    assert all(row.problem for row in rows if row.status == "refused")


def test_a_word_file_without_steps_is_refused_when_it_is_read(cast: Cast) -> None:
    row = taken(cast, ("trong.docx", word_file(steps=[])))[0]
    assert (row.status, row.source is None) == ("refused", False)
    assert "bảng các bước" in row.problem


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_zip_becomes_the_files_in_it_and_goes(cast: Cast) -> None:
    files = {f"phòng/{number}.docx": word_file(f"QT.{number}") for number in range(3)}
    junk = {"phòng/~$1.docx": b"x", "__MACOSX/phòng/._0.docx": b"x", "Thumbs.db": b"x"}
    rows = taken(cast, ("ca-phong.zip", zipped(files | junk)))
    assert [(row.name, row.status) for row in rows] == [(f"phòng/{number}.docx", "doubtful") for number in range(3)]
    assert not StoredFile.objects.filter(kind="zip").exists()


def test_bad_members_of_a_zip_are_listed_with_reasons_and_the_rest_go_on(cast: Cast) -> None:
    bad = {
        "a-cu.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600,
        "b-gia.docx": b"%PDF-1.4 gia",
        "c-rong.docx": b"",
        "d-anh.png": b"\x89PNG\r\n\x1a\nx",
        "e-long.zip": zipped({"x.docx": b"x"}),
        "f-bom.docx": b"0" * (30 << 20),
        "../g.docx": b"x",
    }
    rows = taken(cast, ("lo.zip", zipped(bad | {"h-tot.docx": word_file()})))
    said = {row.name: row.reading["said"]["code"] for row in rows if row.status == "refused"}
    assert said == {
        "../g.docx": "archive.bad_name",
        "a-cu.doc": "docx.old_word",
        "b-gia.docx": "docx.pdf",
        "c-rong.docx": "docx.empty",
        "d-anh.png": "files.kind_not_allowed",
        "e-long.zip": "archive.nested",
        "f-bom.docx": "archive.bomb",
    }
    assert [row.name for row in rows if row.status == "doubtful"] == ["h-tot.docx"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped({"~$a.docx": b"x"}), "archive.nothing_inside"),
        (zipped({f"{number}.txt": b"x" for number in range(MOST_FILES + 1)}), "archive.too_many"),
    ],
    ids=["nothing", "too many"],
)
def test_a_zip_with_nothing_or_too_much_in_it_is_refused_as_a_whole(cast: Cast, data: bytes, code: str) -> None:
    row = taken(cast, ("lo.zip", data))[0]
    assert (row.status, row.reading["said"]["code"]) == ("refused", code)


def test_more_files_than_one_batch_takes_are_not_taken_in(cast: Cast) -> None:
    handed_in = [(f"{number}.docx", io.BytesIO(b"x")) for number in range(MOST_FILES + 1)]
    with pytest.raises(TooManyFiles):
        take_in(handed_in, agency=cast.giang.agency, name="", by=cast.giang.actor, at=NOW)


class Killed(Exception):
    """The worker is killed in the middle of unpacking."""


def test_unpacking_goes_on_where_it_was_cut_off(cast: Cast) -> None:
    giang = cast.giang
    data = zipped({f"{number:02}.json": b'{"steps": []}' for number in range(45)})
    batch = take_in([("lo.zip", io.BytesIO(data))], agency=giang.agency, name="", by=giang.actor, at=NOW)
    remembered: list[int] = []

    def told(done: int, total: int) -> None:
        if done == 40:
            raise Killed
        remembered.append(done)

    with pytest.raises(Killed):
        unpack(zips_waiting(batch.key)[0], begin=0, told=told, at=NOW)
    assert remembered == [20]
    unpack(zips_waiting(batch.key)[0], begin=20, told=lambda done, total: remembered.append(done), at=NOW)
    assert [row.name for row in rows_of(cast, batch.pk)] == [f"{number:02}.json" for number in range(45)]
    assert (remembered, zips_waiting(batch.key)) == ([20, 40, 45], [])


def test_a_file_of_another_kind_is_told_the_kinds_that_the_page_takes(cast: Cast) -> None:
    row = taken(cast, ("a.txt", b"Quy tr\xc3\xacnh"))[0]
    assert (row.status, row.reading["said"]["values"]["wanted"]) == ("refused", ".docx, .xlsx, .json, .bpmn, .zip")


def test_an_exact_copy_is_put_aside_and_can_be_taken_up(cast: Cast) -> None:
    first, copy = taken(cast, ("a.docx", word_file()), ("a (1).docx", word_file()))
    assert (first.status, copy.status, copy.reading["said"]["values"]) == ("doubtful", "dropped", {"name": "a.docx"})
    assert set_aside(copy, aside=False, by=cast.giang.actor).status == "doubtful"


def test_a_file_with_several_procedures_has_a_row_for_each(cast: Cast) -> None:
    steps = '{"steps": [{"title": "Tiếp nhận"}]}'
    data = (
        f'{{"procedures": [{{"name_vi": "Một", "variants": [{steps}]}}, {{"name_vi": "Hai", "variants": [{steps}]}}]}}'
    )
    rows = taken(cast, ("hai.json", data.encode()))
    assert [procedure_of(row).name for row in rows] == ["Một", "Hai"]
    assert rows[1].name == "hai.json (2/2)"


def test_nothing_to_read_is_said(cast: Cast) -> None:
    with pytest.raises(NothingToRead):
        take_in([], agency=cast.giang.agency, name="", by=cast.giang.actor, at=NOW)


def test_who_may_not_write_procedures_hands_nothing_in(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        take_in([("a.docx", io.BytesIO(word_file()))], agency=cast.binh.agency, name="", by=cast.binh.actor, at=NOW)


def test_a_proposal_is_kept_taken_away_or_left_open_by_one_answer(cast: Cast) -> None:
    row = doubtful(cast)
    name = link_question(row)
    ways = {}
    for choice in (RIGHT, UNDONE, LATER):
        current = answer(row, {name: {"choice": choice}}, by=cast.giang.actor)
        version = accept(current, code=f"QT.{choice}", again=False, by=cast.giang.actor, at=NOW)
        step = structure(version).variants[0].steps[2]
        ways[choice] = ([link.to for link in step.links], len(step.doubts))
        row = take_back(current, by=cast.giang.actor, at=NOW)
    assert ways == {RIGHT: (["B4", "B2"], 0), UNDONE: ([], 0), LATER: (["B4", "B2"], 1)}


def test_a_step_can_be_answered_by_typing_it_anew(cast: Cast) -> None:
    row = doubtful(cast)
    typed = {"no": "B3", "title": "Xem xét, ký nháy", "role": "Lãnh đạo phòng", "time": "4 giờ", "output": "Dự thảo"}
    current = answer(row, {link_question(row): {"choice": EDITED, "typed": typed}}, by=cast.giang.actor)
    version = accept(current, code="QT.1", again=False, by=cast.giang.actor, at=NOW)
    steps = structure(version).variants[0].steps
    assert (steps[2].title, str(steps[2].time.amount if steps[2].time else ""), len(steps)) == (
        "Xem xét, ký nháy",
        "4",
        5,
    )


def test_accepting_makes_a_first_draft_that_keeps_the_original(cast: Cast) -> None:
    row = doubtful(cast)
    version = accept(row, code="QT.NHAP.03", again=False, by=cast.giang.actor, at=NOW)
    assert (version.state, version.number, version.step_count) == ("draft", 1, 5)
    assert version.source is not None
    with opened(version.source) as original:
        assert original.read(2) == b"PK"
    with pytest.raises(NotReadYet):
        accept(row, code="QT.NHAP.04", again=False, by=cast.giang.actor, at=NOW)


def test_a_code_is_needed_and_a_taken_one_must_be_meant(cast: Cast) -> None:
    first, second = taken(cast, ("a.docx", word_file()), ("b.docx", word_file(name="Cấp giấy phép, bản mới")))
    with pytest.raises(NoCode):
        accept(first, code=" ", again=False, by=cast.giang.actor, at=NOW)
    version = accept(first, code="QT.NHAP.03", again=False, by=cast.giang.actor, at=NOW)
    ProcedureVersion.objects.within(cast.giang.agency).filter(pk=version.pk).update(state="dropped")
    with pytest.raises(CodeTaken):
        accept(second, code="QT.NHAP.03", again=False, by=cast.giang.actor, at=NOW)
    again = accept(second, code="QT.NHAP.03", again=True, by=cast.giang.actor, at=NOW)
    assert (again.procedure_id, again.number) == (version.procedure_id, 2)
    assert structure(again).name == "Cấp giấy phép, bản mới"


def test_a_name_that_the_file_lacks_is_asked_for(cast: Cast) -> None:
    row = taken(cast, ("a.json", '{"variants": [{"steps": [{"title": "Tiếp nhận"}]}]}'.encode()))[0]
    with pytest.raises(NoName):
        accept(row, code="QT.1", again=False, by=cast.giang.actor, at=NOW)
    version = accept(row, code="QT.1", name="Cấp  bản sao", again=False, by=cast.giang.actor, at=NOW)
    assert (version.procedure.name, structure(version).name) == ("Cấp bản sao", "Cấp bản sao")


def test_acceptance_is_undone_while_the_draft_is_untouched(cast: Cast) -> None:
    row = doubtful(cast)
    version = accept(row, code="QT.NHAP.03", again=False, by=cast.giang.actor, at=NOW)
    back = take_back(row, by=cast.giang.actor, at=NOW)
    assert (back.status, back.procedure_id) == ("doubtful", None)
    assert not Procedure.objects.within(cast.giang.agency).filter(pk=version.procedure_id).exists()


def test_acceptance_is_not_undone_over_somebodys_work(cast: Cast) -> None:
    row = doubtful(cast)
    version = accept(row, code="QT.NHAP.03", again=False, by=cast.giang.actor, at=NOW)
    changed = version.content | {"fee": "Không"}
    save_draft(version, content=changed, started_from=0, by=cast.giang.actor, at=NOW)
    with pytest.raises(WrittenSince):
        take_back(row, by=cast.giang.actor, at=NOW)


def test_a_file_put_aside_can_be_taken_up_again(cast: Cast) -> None:
    row = doubtful(cast)
    assert set_aside(row, aside=True, by=cast.giang.actor).status == "dropped"
    assert set_aside(row, aside=False, by=cast.giang.actor).status == "doubtful"


def test_a_file_that_leaves_nothing_open_is_clear(cast: Cast) -> None:
    row = taken(cast, ("ro.docx", clear_word_file("QT.9")))[0]
    assert (row.status, row.doubts) == ("read", 0)
    assert procedure_of(row).variants[0].steps[2].links == ()
    assert Link("B2") not in procedure_of(row).variants[0].steps[2].links


def unclear(cast: Cast, time: str = "2 buổi", role: str = "Chủ tịch UBND xã") -> ImportedFile:
    """A file whose step B4 has a time, or nobody responsible, that only a person can tell."""
    steps = [(no, title, role, time, output) if no == "B4" else (no, title, who, when, output)
             for no, title, who, when, output in CLEAR]  # fmt: skip
    return taken(cast, ("a.docx", word_file(steps=steps)))[0]


def test_a_time_nobody_understood_is_answered_by_a_time_and_not_by_a_yes(cast: Cast) -> None:
    row = unclear(cast)
    (asked,) = open_questions(procedure_of(row), row.answers)
    assert (asked.asks, asked.words) == ("time", "2 buổi")
    for wrong in ({"choice": RIGHT}, *({"choice": EDITED, "typed": {"time": words}} for words in ("", "2 buổi"))):
        with pytest.raises(NoAnswer):
            answer(row, {asked.name: wrong}, by=cast.giang.actor)
    row = answer(row, {asked.name: {"choice": EDITED, "typed": {"time": "1 ngày làm việc"}}}, by=cast.giang.actor)
    step = answered(procedure_of(row), row.answers).variants[0].steps[3]
    assert (row.doubts, step.time, step.title) == (0, Limit(Fraction(1), TimeUnit.WORKING_DAY), "Ký giấy phép")


@pytest.mark.parametrize("answers", [{}, {"choice": LATER}, {"choice": RIGHT}], ids=["open", "later", "an old yes"])
def test_a_step_left_without_a_time_is_counted_and_found_in_the_draft(cast: Cast, answers: dict[str, str]) -> None:
    row = unclear(cast)
    (asked,) = open_questions(procedure_of(row), row.answers)
    now = answered(procedure_of(row), {asked.name: answers} if answers else {})
    step = now.variants[0].steps[3]
    assert (step.time, step.counted, step.time_label, len(step.doubts)) == (None, True, "2 buổi", 1)
    rules = {remark.rule for remark in validate(now, day=NOW.date())}
    assert "missing_time" in rules
    assert "sum_below" not in rules  # what the step takes is not known, so nothing is known to be left over


def test_answers_on_one_step_stand_beside_each_other(cast: Cast) -> None:
    row = unclear(cast, role="")
    by_field = {one.asks: one.name for one in open_questions(procedure_of(row), row.answers)}
    row = answer(row, {by_field["role"]: {"choice": EDITED, "typed": {"role": "Chủ tịch"}}}, by=cast.giang.actor)
    step = answered(procedure_of(row), row.answers).variants[0].steps[3]
    assert (row.doubts, step.role, len(step.doubts)) == (1, "Chủ tịch", 1)
    row = answer(row, {by_field["time"]: {"choice": EDITED, "typed": {"time": "4 giờ"}}}, by=cast.giang.actor)
    step = answered(procedure_of(row), row.answers).variants[0].steps[3]
    assert (row.doubts, step.role, step.time) == (0, "Chủ tịch", Limit(Fraction(4), TimeUnit.WORKING_HOUR))


def test_a_value_typed_at_another_question_of_the_step_is_not_asked_again(cast: Cast) -> None:
    row = unclear(cast, role="")
    by_field = {one.asks: one.name for one in open_questions(procedure_of(row), row.answers)}
    both = {"choice": EDITED, "typed": {"role": "Chủ tịch", "time": "4 giờ"}}
    assert answer(row, {by_field["role"]: both}, by=cast.giang.actor).doubts == 0


def test_a_limit_that_the_file_lacks_is_typed(cast: Cast) -> None:
    row = taken(cast, ("a.docx", word_file(limit="", steps=CLEAR)))[0]
    (asked,) = open_questions(procedure_of(row), row.answers)
    with pytest.raises(NoAnswer):
        answer(row, {asked.name: {"choice": RIGHT}}, by=cast.giang.actor)
    typed = {"committed": "4 ngày làm việc"}
    row = answer(row, {asked.name: {"choice": EDITED, "typed": typed}}, by=cast.giang.actor)
    now = answered(procedure_of(row), row.answers)
    assert (row.doubts, now.committed) == (0, Limit(Fraction(4), TimeUnit.WORKING_DAY))


def test_days_read_as_calendar_days_become_working_days_by_one_answer(cast: Cast) -> None:
    steps = [(*step[:3], step[3].replace("0,5 ngày", "1 ngày").replace(" làm việc", ""), step[4]) for step in CLEAR]
    row = taken(cast, ("a.docx", word_file(limit="5.5. Thời gian xử lý: theo quy định", steps=steps)))[0]
    asked = next(one for one in open_questions(procedure_of(row), row.answers) if one.of_calendar)
    for choice, unit in ((RIGHT, TimeUnit.CALENDAR_DAY), (UNDONE, TimeUnit.WORKING_DAY)):
        row = answer(row, {asked.name: {"choice": choice}}, by=cast.giang.actor)
        now = answered(procedure_of(row), row.answers)
        assert {step.time.unit for step in now.variants[0].steps if step.time} == {unit}


def test_a_file_that_names_another_commune_is_asked_about_and_mended_by_one_answer(cast: Cast) -> None:
    before = ("ỦY BAN NHÂN DÂN XÃ ĐỒNG MÂY", "Lần ban hành: 02", "Ngày ban hành: 05/3/2026")
    row = taken(cast, ("a.docx", word_file(steps=CLEAR, before=before)))[0]
    (asked,) = open_questions(procedure_of(row), row.answers)
    assert (row.status, asked.of_agency, asked.doubt.message.values["agency"]) == ("doubtful", True, before[0])
    row = answer(row, {asked.name: {"choice": UNDONE}}, by=cast.giang.actor)
    assert (row.status, answered(procedure_of(row), row.answers).agency) == ("read", cast.giang.agency.name)


def test_the_issue_of_the_original_is_told_in_the_reason_and_not_printed_on_the_new_one(cast: Cast) -> None:
    before = ("Lần ban hành: 02", "Ngày ban hành: 05/3/2026")
    row = taken(cast, ("a.docx", word_file(steps=CLEAR, before=before)))[0]
    version = accept(row, code="QT.1", service_code="1.013225", again=False, by=cast.giang.actor, at=NOW)
    written = structure(version)
    assert (written.issue, written.issued_on, written.service_code) == ("", "", "1.013225")
    assert "bản gốc lần ban hành 02, ngày ban hành 05/3/2026" in version.reason
