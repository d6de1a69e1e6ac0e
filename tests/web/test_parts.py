"""The parts of a page: what each of them always shows."""

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.template.loader import render_to_string
from django_cotton.compiler_regex import CottonCompiler

NB = "\u00a0"


def rendered(source: str, **context: object) -> str:
    return engines["django"].from_string(CottonCompiler().process("{% load chuan %}" + source)).render(context).strip()


@pytest.mark.parametrize("kind", ["done", "doing", "soon", "late", "todo"])
def test_a_state_is_a_word_beside_its_shape(kind: str) -> None:
    assert rendered("{% state kind 'Còn hạn' %}", kind=kind) == f'<span class="state {kind}">Còn hạn</span>'


def test_a_word_of_a_state_is_never_markup() -> None:
    assert "<b>" not in rendered("{% state 'done' word %}", word="<b>x</b>")


def test_a_number_shows_its_parts_its_share_and_the_list_behind_it() -> None:
    part = rendered('<c-number what="Đúng hạn" :part="412" :whole="431" href="/tre/" link="Xem 19 hồ sơ trễ" />')
    assert "412/431" in part
    assert f"95,59{NB}%" in part
    assert '<a href="/tre/">Xem 19 hồ sơ trễ</a>' in part
    assert "style=" not in part


def test_a_bar_is_never_longer_than_its_ground() -> None:
    assert 'width="100"' in rendered("{% bar 5 3 %}")
    assert 'class="share" y="3" width="0"' in rendered("{% bar 0 0 %}")


def test_progress_asks_again_and_says_how_far_it_is() -> None:
    part = rendered('<c-progress href="/viec/1/" done="500" total="2000" what="Đang nhập" />')
    assert 'hx-get="/viec/1/"' in part
    assert f"Đang nhập: 500/2.000 · 25,00{NB}%" in part
    assert '<progress value="500" max="2000" aria-labelledby="progress-what">' in part


def test_a_question_frames_what_it_asks() -> None:
    assert "<h2>Vì sao?</h2>" in rendered('<c-question title="Vì sao?">Có thể chưa ghi.</c-question>')


def test_the_tab_one_is_on_is_marked() -> None:
    part = rendered("<c-tabs :items='tabs' label='Mục' />", tabs=[("Các bước", "/a/", True), ("Lịch sử", "/b/", False)])
    assert '<a href="/a/" aria-current="page">Các bước</a>' in part
    assert '<a href="/b/">Lịch sử</a>' in part


def test_a_confirmation_is_a_form_behind_a_summary_and_needs_no_script() -> None:
    part = rendered('<c-confirm ask="Khóa" url="/khoa/" verb="Khóa tài khoản" note="Không vào được nữa." />')
    assert '<summary class="button">Khóa</summary>' in part
    assert '<form method="post" action="/khoa/">' in part


@pytest.mark.parametrize(("undo", "offered"), [("/hoan-tac/1/", True), ("", False)])
def test_what_was_done_can_be_undone_where_there_is_a_way_back(undo: str, offered: bool) -> None:
    page = render_to_string("kit/messages.html", {"messages": [Message(constants.SUCCESS, "Đã bỏ.", extra_tags=undo)]})
    assert ("Hoàn tác" in page) is offered
    assert 'class="note line done"' in page
