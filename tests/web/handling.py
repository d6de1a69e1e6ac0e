"""What the tests of living dossiers press and read."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from chuan.quality.dossiers import actions
from chuan.quality.dossiers.models import Dossier

from ..cast import NOW
from ..quality.dossier_stage import an, dossier, press

SignedIn = Callable[[str], Client]


def url(name: str, key: str = "hosomo") -> str:
    return reverse(name, args=[key])


def act_url(verb: str, key: str = "hosomo") -> str:
    return reverse("act_on_dossier", args=[key, verb])


def text(answer: Any) -> str:
    """Return the words of a page that was answered, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", "", unescape(answer.content.decode())).split())


def kinds(one: Dossier) -> list[str]:
    return [act.kind for act in one.acts.all()]


def sent(client: Client, verb: str, key: str = "hosomo", **fields: object) -> Any:
    """Send the form of an act as a page would that had seen everything."""
    said = {"key": f"phieu-{verb}", "seen": dossier(key).act_count, **fields}
    return client.post(act_url(verb, key), said)


def in_state(state: str, key: str = "hosomo") -> Dossier:
    """Bring the dossier into a state."""
    one, by = dossier(key), an(NOW)
    if state == "supplement":
        actions.ask_supplement(one, ["Bản vẽ"], why="Thiếu chữ ký", press=press(one, f"st-{key}"), by=by, at=NOW)
    elif state == "payment":
        actions.ask_payment(one, what="Thuế trước bạ", press=press(one, f"st-{key}"), by=by, at=NOW)
    elif state == "paused":
        actions.pause(one, why="Chờ kết luận thanh tra", press=press(one, f"st-{key}"), by=by, at=NOW)
    elif state in ("ready", "returned"):
        for step in (1, 2, 3):
            actions.do_step(one, step, press=press(one, f"st{step}-{key}"), by=by, at=NOW)
        if state == "returned":
            actions.return_result(one, press=press(one, "st9"), by=by, at=NOW)
    return dossier(key)
