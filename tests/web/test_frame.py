"""The frame of every page: language, theme, demo, errors, weight, and what the browser is allowed to load."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import RequestDataTooBig
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from chuan.organisations.people.models import Account
from chuan.text.vietnamese import person_sort_key
from chuan.web.agency.figures import positions_held
from chuan.web.kit.frame import frame
from chuan.web.kit.templatetags.chuan import to
from chuan.web.kit.views import bad_request

from ..cast import Cast

pytestmark = pytest.mark.django_db
STYLES = [f"chuan/{name}.css" for name in ("tokens", "base", "shell", "parts", "print")]
FONTS = [f"chuan/fonts/be-vietnam-pro-{part}-{w}.woff2" for part in ("latin", "vietnamese") for w in (400, 500, 600)]


def test_english_is_chosen_by_the_switch_and_not_by_the_browser(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("an")
    assert 'lang="vi"' in client.get("/", headers={"Accept-Language": "en"}).content.decode()
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    page = client.get("/").content.decode()
    assert 'lang="en"' in page
    assert "My work today" in page


def test_the_theme_is_kept_in_a_cookie(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("an")
    client.post("/giao-dien/", {"theme": "dark", "next": "/toi/"})
    assert 'data-theme="dark"' in client.get("/").content.decode()
    client.post("/giao-dien/", {"theme": "", "next": "/"})
    assert "data-theme" not in client.get("/").content.decode()


def test_the_switches_lead_to_no_other_site(signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("an").post("/giao-dien/", {"theme": "dark", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_a_demo_says_so_on_every_page(signed_in: Callable[[str], Client], settings: Any) -> None:
    assert "Dữ liệu giả lập" not in signed_in("an").get("/").content.decode()
    settings.DEMO = True
    for address in ("/", "/tai-khoan/2fa/", "/khong-co/"):
        assert "Dữ liệu giả lập, tỉnh Mẫu" in signed_in("an").get(address).content.decode()


def test_an_entry_of_the_navigation_is_there_only_for_those_who_may(signed_in: Callable[[str], Client]) -> None:
    assert 'href="/dang-nhap/"' in signed_in("khanh").get("/").content.decode()
    assert 'href="/dang-nhap/"' not in signed_in("giang").get("/").content.decode()


def test_nothing_may_run_or_load_that_is_not_ours(signed_in: Callable[[str], Client]) -> None:
    policy = signed_in("an").get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("template", ["400", "403", "404", "413", "429", "500", "403_csrf"])
def test_the_pages_of_errors_need_nothing_to_be_shown(template: str) -> None:
    assert "Về Việc của tôi" in render_to_string(f"{template}.html")


def test_too_much_data_is_answered_as_such() -> None:
    answer = bad_request(RequestFactory().post("/"), RequestDataTooBig())
    assert answer.status_code == 413
    assert "quá lớn" in answer.content.decode()


def test_a_form_from_before_signing_in_is_explained(signed_in: Callable[[str], Client]) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/giao-dien/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Phiên làm việc đã đổi" in answer.content.decode()
    assert 'href="/tai-khoan/login/">Đăng nhập</a>' in answer.content.decode()
    client.force_login(Account.objects.get(username="an"))
    assert "Đăng nhập</a>" not in client.post("/giao-dien/", {"theme": "dark"}).content.decode()


def test_the_first_visit_weighs_less_than_100_kb(signed_in: Callable[[str], Client]) -> None:
    texts = [Path(str(finders.find(name))).read_bytes() for name in (*STYLES, "chuan/vendor/htmx-2.0.11.min.js")]
    page = signed_in("khanh").get("/con-nguoi/").content
    packed = sum(len(gzip.compress(text, 6)) for text in (page, *texts))
    fonts = sum(Path(str(finders.find(name))).stat().st_size for name in FONTS)
    assert packed + fonts < 100_000


def test_a_short_list_of_people_stands_by_given_name(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("an").get("/con-nguoi/").content.decode()
    names = re.findall(r'href="/con-nguoi/\w+/">([^<]+)</a>', page)
    assert len(names) > 1
    assert names == sorted(names, key=person_sort_key)
    assert names != sorted(names)


def test_who_may_not_see_people_is_told_no_figure_of_them(cast: Cast) -> None:
    assert list(positions_held(cast.an.actor)) != []
    assert list(positions_held(cast.dung.actor)) == []


@pytest.mark.parametrize(
    ("address", "word"),
    [("/thuc-te/", "Hồ sơ"), ("/nguon-ho-so/", "Hồ sơ"), ("/vi-tri/", "Con người"), ("/quy-trinh/", "quy trình")],
)
def test_a_page_is_marked_in_the_navigation_it_belongs_to(
    address: str, word: str, signed_in: Callable[[str], Client]
) -> None:
    page = signed_in("an").get(address).content.decode()
    assert re.search(rf'<li><a href="[^"]+" aria-current="page">[^<]*{word}</a>', page)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("an", ["Việc của tôi", "Xử lý", "Quy trình"]),
        ("dung", ["Việc của tôi", "Độ phủ", "Thực tế"]),
        ("khanh", ["Việc của tôi", "Con người"]),
    ],
)
def test_on_a_phone_everybody_has_the_work_of_the_job_at_the_foot(
    name: str, words: list[str], signed_in: Callable[[str], Client]
) -> None:
    foot = signed_in(name).get("/").content.decode().split('<nav class="foot"')[1].split("<details>")[0]
    assert re.findall(r"<a [^>]+>([^<]+)</a>", foot) == words


def test_nobody_is_led_to_people_he_may_not_see(signed_in: Callable[[str], Client]) -> None:
    pages = [signed_in("dung").get(address).content.decode() for address in ("/", "/vi-tri/")]
    assert ['href="/con-nguoi/"' in page for page in pages] == [False, False]


def test_two_of_the_same_office_each_see_their_own_name_and_address(signed_in: Callable[[str], Client]) -> None:
    names = {"giang": "Lê Hương Giang", "ha": "Phạm Thu Hà"}
    for name in ("giang", "ha", "giang"):
        page = signed_in(name).get("/con-nguoi/", {"q": "&khong"}).content.decode()
        shown = set(re.findall(r'<div class="me">\s*<b>[^<]*</b>\s*<span class="second">([^<]*)</span>', page))
        assert shown == {names[name]}
        assert page.count('name="next" value="/con-nguoi/?q=%26khong"') == 4  # two switches, beside and under the page


def test_a_name_in_the_frame_is_never_markup() -> None:
    values = dict.fromkeys(("over", "agency", "position", "here", "csrf_token"), "x")
    values["person"] = "<b>\ue000here\ue001"
    side, *_rest = frame(frozenset(), "/", "", "vi", values)
    assert "&lt;b&gt;\ue000here\ue001" in side


@pytest.mark.parametrize(("page", "key"), [("person", "an-2"), ("take_service_back", "x")])
def test_an_address_in_a_row_is_that_of_the_page(page: str, key: str) -> None:
    assert to(page, key) == reverse(page, args=[key])
