"""The time of a step means the same on every page: shared by steps, in words of the source, or not counted."""

import io
from collections.abc import Callable
from fractions import Fraction

import docx
import pytest
from django.test import Client

from chuan.quality.procedures.models import ImportedFile
from chuan.rules.procedure.structure import Limit, Procedure, Step, TimeUnit, Variant
from chuan.web.agency.procedures.words import limits, time_words, total_words

from ..quality.word_files import STEPS, word_file
from .test_editor import URL, autosave, sent
from .test_imports import handed_in

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


def shared_cells() -> bytes:
    """Return a Word file in which B1 and B2 share one cell of time."""
    document = docx.Document(io.BytesIO(word_file(steps=STEPS)))
    (table,) = document.tables
    table.cell(2, 3).text = ""
    table.cell(1, 3).merge(table.cell(2, 3))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_shared_limit_is_said_at_each_of_its_steps(signed_in: SignedIn) -> None:
    rows = [
        {"no": "B1", "title": "Xác minh", "time": "16 giờ", "budget": "a"},
        {"no": "B2", "title": "Trình ký", "budget": "a"},
    ]
    autosave(signed_in("giang"), sent(rows))
    page = signed_in("an").get("/quy-trinh/qtxd03/?lan=2").content.decode()
    assert page.count("16 giờ làm việc<small>chung cho các bước B1, B2</small>") == 2


def test_a_merged_cell_of_time_is_said_at_each_of_its_steps_beside_the_original(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    handed_in(client, "gop.docx", shared_cells())
    row = ImportedFile.objects.everywhere(reason="tests").latest("id")
    page = client.get(f"/tep-nhap/{row.key}/").content.decode()
    assert page.count("0,5 ngày làm việc<small>chung cho các bước B1, B2</small>") == 2


def test_the_editor_does_not_call_a_step_of_a_shared_limit_uncounted(signed_in: SignedIn) -> None:
    client = signed_in("giang")
    autosave(
        client,
        sent([{"no": "B1", "title": "Một", "time": "16 giờ"}, {"no": "B2", "title": "Hai", "time": "không tính"}]),
    )
    rows = [
        {"was": "0", "no": "B1", "title": "Một", "time": "16 giờ làm việc", "budget": "a"},
        {"was": "1", "no": "B2", "title": "Hai", "time": "Không tính", "budget": "a"},
    ]
    assert autosave(client, sent(rows)).json()["rows"][1]["understood"] == ""
    assert "Không tính" not in client.get(URL).content.decode()


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Giờ hành chính", ("Giờ hành chính", "không tính vào tổng")),
        ("Không tính thời gian", ("Không tính", "")),
        ("", ("Không tính", "")),
    ],
)
def test_an_uncounted_step_keeps_the_words_of_the_source(label: str, shown: tuple[str, str]) -> None:
    assert time_words([Step("Tiếp nhận", counted=False, time_label=label)], 0) == shown


def test_a_sum_is_given_in_hours_where_the_promise_is_the_same_day() -> None:
    steps = (Step("Ký", time=Limit(Fraction(3, 2), TimeUnit.WORKING_HOUR)),)
    same_day = Procedure((Variant(steps),), committed=Limit(Fraction(1), TimeUnit.SAME_WORKING_DAY))
    assert [text for _word, text, _over in limits(same_day)][-1] == "1,5 giờ làm việc"


MIXED = (
    Step("Tiếp nhận", time=Limit(Fraction(4), TimeUnit.WORKING_HOUR)),
    Step("Thẩm định", time=Limit(Fraction(4), TimeUnit.WORKING_DAY), optional=True),
)


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (MIXED, "4,5 ngày làm việc"),
        (MIXED[:1], "0,5 ngày làm việc (4 giờ làm việc)"),
        (MIXED[1:], "4 ngày làm việc"),
    ],
)
def test_the_sum_is_said_alike_in_the_table_and_in_the_margin(steps: tuple[Step, ...], said: str) -> None:
    written = Procedure((Variant(steps),), committed=Limit(Fraction(5), TimeUnit.WORKING_DAY))
    assert total_words(written, written.variants[0]) == said
    assert [text for _word, text, _over in limits(written)][-1] == said


def test_a_sum_with_steps_that_are_not_always_gone_says_so(signed_in: SignedIn) -> None:
    rows = [
        {"no": "B1", "title": "Tiếp nhận", "time": "4 giờ"},
        {"no": "B2", "title": "Xác minh", "time": "2 ngày", "optional": "1"},
    ]
    autosave(signed_in("giang"), sent(rows))
    page = signed_in("an").get("/quy-trinh/qtxd03/?lan=2").content.decode()
    assert "kể cả 1 bước tùy trường hợp" in page
    assert "20 giờ làm việc" not in page and page.count("2,5 ngày làm việc") >= 2
