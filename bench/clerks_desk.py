"""For `clerks`: a clerk at a browser. A lost answer is pressed again, as people do, with the same key."""

import http.client
import random
import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

TOKEN = "a" * 32  # the CSRF cookie and its echo
_SEEN = re.compile(r'name="seen"[^>]*value="(\d+)"')
_STEP = re.compile(r'name="step"[^>]*value="(\d+)"')
_KEY = re.compile(r"/xong/([0-9a-z]{8,16})/")


class Fields(HTMLParser):
    """The fields of the forms of a page, as a browser would send them untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.select = ""

    @classmethod
    def on(cls, page: str) -> dict[str, str]:
        """Return the fields by name."""
        parser = cls()
        parser.feed(page)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field."""
        said = {name: value or "" for name, value in attrs}
        name, kind = said.get("name", ""), said.get("type", "text")
        if tag == "input" and name and (kind not in ("checkbox", "radio", "submit") or "checked" in said):
            self.found[name] = said.get("value", "on" if kind == "checkbox" else "")
        elif tag == "select":
            self.select = name
        elif tag == "textarea" and name:
            self.found[name] = ""
        elif tag == "option" and self.select and ("selected" in said or self.select not in self.found):
            self.found[self.select] = said.get("value", "")


@dataclass
class Answers:
    """What all clerks were answered. Guarded by `lock`."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    lost: int = 0
    again: int = 0
    dossiers: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)


class Clerk:
    """Works until `over()`; `port()` may change when the server was started again."""

    def __init__(
        self, name: str, session: str, service: str, port: Callable[[], int], over: Callable[[], bool], all_: Answers
    ) -> None:
        self.name, self.session, self.service = name, session, service
        self.port, self.over, self.answers = port, over, all_
        self.chance = random.Random(name)  # noqa: S311 - no secret, the same every time
        self.line: http.client.HTTPConnection | None = None

    def work(self) -> None:
        """Receive, take the next step, ask for a supplement, take back: on the own dossiers and on those of others."""
        while not self.over():
            what = self.chance.random()
            known = self._some_dossier()
            if known is None or what < 0.25:
                self._receive()
            elif what < 0.33:
                self._press(f"/xu-ly/{known}/lay-lai/", known, "take back")
            else:
                self._step(known)

    def _some_dossier(self) -> str | None:
        with self.answers.lock:
            return self.chance.choice(self.answers.dossiers[-12:]) if self.answers.dossiers else None

    def _receive(self) -> None:
        path = f"/tiep-nhan/{self.service}/"
        fields = Fields.on(self._page(path))
        key = fields.get("key", "")
        if not key:  # the server was away and the time is over
            return
        status, place = self._send("POST", path, {**fields, "lam": "nhan"})
        if status == 302 and (found := _KEY.search(place)):
            with self.answers.lock:
                self.answers.acknowledged.append(key)
                self.answers.dossiers.append(found[1])
        else:
            self._remember(status, key)

    def _step(self, dossier: str) -> None:
        page = self._page(f"/xu-ly/{dossier}/")
        seen, step = _SEEN.search(page), _STEP.search(page)
        if seen is None:
            return
        key = secrets.token_hex(16)
        if step is None:
            self._post(f"/xu-ly/{dossier}/tra/", {"key": key, "seen": seen[1]})
        else:
            body = {"key": key, "seen": seen[1], "step": step[1], "note": f"của {self.name}"}
            twice = self.chance.random() < 0.1
            if twice:
                other = threading.Thread(target=self._beside, args=(f"/xu-ly/{dossier}/buoc/", body))
                other.start()
            self._post(f"/xu-ly/{dossier}/buoc/", body)
            if twice:
                other.join()

    def _beside(self, path: str, body: dict[str, str]) -> None:
        """Press the same button a second time while the first is on its way."""
        Clerk(self.name, self.session, self.service, self.port, self.over, self.answers)._post(path, body)

    def _press(self, path: str, dossier: str, _what: str) -> None:
        found = _SEEN.search(self._page(f"/xu-ly/{dossier}/"))
        if found:
            self._post(path, {"key": secrets.token_hex(16), "seen": found[1]})

    def _post(self, path: str, body: dict[str, str]) -> None:
        status, _place = self._send("POST", path, body)
        if status == 302:
            with self.answers.lock:
                self.answers.acknowledged.append(body["key"])
        else:
            self._remember(status, body["key"])

    def _remember(self, status: int, key: str) -> None:
        with self.answers.lock:
            if status in (400, 403, 404, 409, 422):
                self.answers.refused.append(key)

    def _page(self, path: str) -> str:
        self._send("GET", path, {})
        return self.body

    def _send(self, method: str, path: str, fields: dict[str, str]) -> tuple[int, str]:
        """Return status and location, however often the line breaks: the same body again. Now and then an answer is
        thrown away unread, which is a lost connection.
        """
        body = urlencode(fields)
        drop = method == "POST" and self.chance.random() < 0.05
        while True:
            begun = time.monotonic()
            try:
                line = self._line()
                line.request(method, path, body if method == "POST" else None, self._headers())
                if drop:
                    drop = False
                    time.sleep(self.chance.random() * 0.05)  # the request is on its way; nobody waits for the answer
                    raise ConnectionError
                answer = line.getresponse()
                self.body = answer.read().decode("utf-8", "replace")
            except (OSError, http.client.HTTPException):
                with self.answers.lock:
                    self.answers.lost += 1
                self._hang_up()
                if self.over() and method == "GET":
                    self.body = ""
                    return 0, ""
                time.sleep(0.1)
                continue
            with self.answers.lock:
                self.answers.statuses[answer.status] += 1
                self.answers.seconds.append(time.monotonic() - begun)
                if answer.status >= 500:
                    self.answers.bodies.append(f"{method} {path}: {self.body[:300]}")
            return answer.status, answer.headers.get("Location", "")

    def _headers(self) -> dict[str, str]:
        return {
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def _line(self) -> http.client.HTTPConnection:
        if self.line is None:
            self.line = http.client.HTTPConnection("localhost", self.port(), timeout=60)
        return self.line

    def _hang_up(self) -> None:
        if self.line is not None:
            self.line.close()
            self.line = None
