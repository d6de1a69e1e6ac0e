"""What a page sends with an act on a dossier: its key, and how many acts it had seen."""

from datetime import datetime
from typing import cast
from urllib.parse import urlencode
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from chuan.kernel.errors import Refusal
from chuan.quality.dossiers.models import Dossier
from chuan.quality.dossiers.writing import Press
from chuan.web.agency.reception.moments import MomentField
from chuan.web.kit.acting import say

LONGEST_KEY = 40


def fresh_key() -> str:
    """Return a key for a form that is about to be shown."""
    return uuid4().hex


def press_of(request: HttpRequest) -> Press:
    """Return the press that was sent, in the form or in the address (the undo of a message has no fields).

    A press that says nothing of itself has a key of its own and had seen nothing, so that the rules refuse it.
    """
    said = request.POST if "key" in request.POST else request.GET
    seen = said.get("seen", "")
    key = said.get("key", "").partition(".")[0][:LONGEST_KEY]
    return Press(key or fresh_key(), int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0)


class UnreadableMoment(Refusal):
    """What was typed as the moment of an act is none, or lies before the reception."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(words)

    def __str__(self) -> str:
        return f"{_('Đã làm lúc')}: {self.words}"


def moment_of(request: HttpRequest, dossier: Dossier) -> datetime | None:
    """Return when the act was done, where the page says that it was earlier. Raises UnreadableMoment."""
    try:
        done_at = MomentField(required=False).clean(request.POST.get("done_at", ""))
    except ValidationError as problem:
        raise UnreadableMoment(" ".join(problem.messages)) from problem
    if done_at is not None and done_at < dossier.received_at:
        raise UnreadableMoment(_("Lúc đó hồ sơ chưa được tiếp nhận."))
    return cast("datetime | None", done_at)


def said_already(request: HttpRequest, dossier: Dossier, press: Press) -> bool:
    """Return whether this press was written before, and say so: a lost answer, the browser's back button."""
    if not dossier.acts.filter(key=press.key).exists():
        return False
    say(request, _("Việc này đã được ghi từ lần bấm trước; không ghi thêm lần nữa."))
    return True


def back_from(request: HttpRequest, dossier: Dossier) -> str:
    """Return where the page wants to go after the act (`next`, an address of ours), else the page of the dossier."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("living_dossier", args=[dossier.key])


def undo_url(dossier: Dossier, then: str = "") -> str:
    """Return the address that takes back the last press, for whoever has seen `dossier` as it is now, and goes on to
    the address `then` ("": the dossier).
    """
    said = urlencode({"key": fresh_key(), "seen": dossier.act_count} | ({"next": then} if then else {}))
    return f"{reverse('take_back_dossier', args=[dossier.key])}?{said}"
