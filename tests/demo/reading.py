"""What the pages of the demo say of a planted behaviour, read from their HTML by somebody of that agency."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from django.test import Client
from django.urls import reverse
from lxml import html

from chuan.kernel.scoping import find
from chuan.organisations.models import Account, Agency
from chuan.quality.models import Procedure

_WHY = "the test looks for the page's address"
_FRIDAY = 4
MEMBERS = {"DM": "vinh", "SNNMT": "phuong", "SL": "bich", "HN": "dat", "CCBTXH": "uyen", "BX": "giang"}


@dataclass(frozen=True, slots=True)
class Planted:
    """A behaviour: who, in which procedure ("" for the whole agency), what, on which page (`where`), how it is read
    there (`measure`: a key of `_READERS`; `of`: what is looked for), and the exact number."""

    id: str
    agency: str
    code: str
    what: str
    where: str
    measure: str
    of: str
    count: int


def planted() -> tuple[Planted, ...]:
    """Return the list, `data/demo/planted.json`."""
    text = (files("chuan.data.demo") / "planted.json").read_text(encoding="utf-8")
    return tuple(Planted(**one) for one in json.loads(text))


def number_on_the_pages(one: Planted) -> int:
    """Return the number that the pages say."""
    client = Client()
    client.force_login(Account.objects.get(username=MEMBERS[one.agency]))
    agency = find(Agency.objects.everywhere(reason=_WHY), code=one.agency)
    key = find(Procedure.objects.within(agency), code=one.code).key if one.code else agency.key
    return _READERS[one.measure](client, key, one.of)


def _page(client: Client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return html.fromstring(answer.content.decode())


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _last_number(text: str) -> int:
    return int(re.findall(r"[\d.]+", text)[-1].replace(".", ""))


def _behind_links(client: Client, key: str, part: str) -> int:
    """Return the number that all links to the list with this `part` in its address say."""
    page = _page(client, reverse("reality", args=[key]))
    links = page.xpath("//main//a[starts-with(@href, $list)]", list=reverse("dossiers"))
    said = {_last_number(_words(link)) for link in links if part in link.get("href").split("?")[-1].split("&")}
    assert len(said) == 1, f"{part}: {said}"
    return said.pop()


def _mark(client: Client, key: str, of: str) -> int:
    return _behind_links(client, key, f"diem={of.replace(':', '%3A')}")


def _state(client: Client, key: str, of: str) -> int:
    return _behind_links(client, key, f"tinh-trang={of}")


def _number(client: Client, key: str, of: str) -> int:
    for number in _page(client, reverse("reality", args=[key])).find_class("number"):
        what, value = (_words(number.find_class(name)[0]) for name in ("what", "value"))
        if what.startswith(of):
            return int(value.split("/")[0].replace(".", ""))
    raise AssertionError(f"no number {of!r}")


def _not_recorded(client: Client, key: str, of: str) -> int:
    said = [_words(line) for line in _page(client, reverse("reality", args=[key])).xpath("//section/p")]
    line = next(words for words in said if words.startswith(of))
    return len(line.removeprefix(of).split(", "))


def _remark(client: Client, key: str, of: str) -> int:
    return sum(of in _words(note) for note in _page(client, reverse("procedure", args=[key])).find_class("remark"))


def _on_the_dot(client: Client, key: str, of: str) -> int:
    return sum(bool(end) and due == end for due, end in _due_and_finished(client, key))


def _friday_evening(client: Client, key: str, of: str) -> int:
    return sum(bool(end) and _is_friday_evening(end) for _due, end in _due_and_finished(client, key))


def _is_friday_evening(moment: str) -> bool:
    at = datetime.strptime(moment, "%H:%M %d/%m/%Y")  # noqa: DTZ007  # as people read it
    return at.weekday() == _FRIDAY and moment.startswith("16:59 ")


def _due_and_finished(client: Client, procedure: str) -> Iterator[tuple[str, str]]:
    """Yield the cells "Hạn" and "Có kết quả" of every dossier of a procedure, page after page."""
    address = f"{reverse('dossiers')}?qt={procedure}"
    while address:
        page = _page(client, address)
        for row in page.xpath("//main//tbody/tr"):
            due, end = (row.xpath("td[@data-label=$word]", word=word)[0] for word in ("Hạn", "Có kết quả"))
            yield _words(due), _words(end)
        following = page.xpath("//p[@class='pages']/a[@rel='next']/@href")
        address = reverse("dossiers") + following[0] if following else ""


def _uncovered(client: Client, key: str, of: str) -> int:
    page = _page(client, reverse("coverage", args=[key]) + "?xem=chua-co")
    return len(page.xpath("//main//tbody/tr[.//span[contains(@class, 'late')]]"))


_READERS: Mapping[str, Callable[[Client, str, str], int]] = {
    "mark": _mark,
    "state": _state,
    "number": _number,
    "not_recorded": _not_recorded,
    "remark": _remark,
    "on_the_dot": _on_the_dot,
    "friday_evening": _friday_evening,
    "uncovered": _uncovered,
}
