"""What a member sees of a page, and what the home asks of him: shared by the tests of pages."""

import re
from html import unescape

from django.test import Client

from chuan.web.agency.tasks import PROVIDERS
from chuan.web.kit.tasks import gather

from ..cast import Cast
from ..quality.stage import version

_TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|hx-headers=\'[^\']*\'')


def text(client: Client, url: str, **query: str) -> str:
    """Return the page without its tokens: in their random letters any short word turns up some day."""
    answer = client.get(url, query, follow=True)
    assert answer.status_code == 200, url
    return unescape(_TOKENS.sub("", answer.content.decode()))


def titles(cast: Cast, name: str) -> list[str]:
    """Return what waits for the member at home."""
    return [task.title for task in gather(getattr(cast, name).actor, PROVIDERS).all]


def state(key: str) -> str:
    """Return its state."""
    return version(key).state


def rows_in(page: str) -> int:
    """Return how many dossiers the list says it has."""
    found = re.search(r"Đang xem [\d.]+/([\d.]+) hồ sơ", page)
    return int(found[1].replace(".", "")) if found else 0
