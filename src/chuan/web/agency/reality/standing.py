"""A source that stands: tokens by which a system pushes, and the folder that is watched."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from chuan.analytics.logs import queries
from chuan.analytics.logs.folder import folder_of, watch
from chuan.analytics.logs.models import LogSource, PushToken
from chuan.analytics.logs.tokens import make_token, revoke_token
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.scoping import require
from chuan.rules.authority import Permission
from chuan.web.kit.acting import ask, say
from chuan.web.kit.forms import done

MOST_REVOKED = 5


class TokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(
        label=gettext_lazy("Mã này cho hệ thống nào"),
        max_length=100,
        help_text=gettext_lazy("Ví dụ: Hệ thống một cửa của tỉnh. Mỗi hệ thống một mã, để thu hồi riêng được."),
    )


def standing_of(source: LogSource) -> dict[str, Any]:
    """Return what the page of `source` shows of its tokens and its folder."""
    rows = list(queries.tokens(source).defer("digest"))
    in_force = [row for row in rows if row.revoked_at is None]
    revoked = [row for row in rows if row.revoked_at is not None][:MOST_REVOKED]
    waiting = sorted(source.seen_files) if source.watches_folder else []
    return {"tokens": [*in_force, *revoked], "folder": str(folder_of(source)), "waiting_files": waiting}


@writes(Permission.IMPORT_LOG)
@never_cache
def make_push_token(request: HttpRequest, key: str) -> HttpResponse:
    """Make a token of the source `key` and show it once."""
    actor = actor_of(request)
    source = queries.source_by_hand(actor, key)
    require(actor, Permission.IMPORT_LOG, source.agency)
    form, made = TokenForm(request.POST or None), list[tuple[PushToken, str]]()
    if done(form, lambda: made.append(make_token(source, **form.cleaned_data, by=actor, at=actor.at))):
        token, shown = made[0]
        address = request.build_absolute_uri(reverse("push_events"))
        context = {"source": source, "token": token, "shown": shown, "address": address}
        return render(request, "agency/reality/token_once.html", context)
    title = _("Tạo mã gửi cho %(source)s") % {"source": source.name}
    return ask(request, form, title=title, verb=_("Tạo mã"), back=reverse("log_source", args=[source.key]))


@writes(Permission.IMPORT_LOG)
@require_POST
def revoke_push_token(request: HttpRequest, key: str) -> HttpResponse:
    """Revoke the token `key`; it cannot come back, a new one is made instead."""
    actor = actor_of(request)
    token = queries.token(actor, key)
    revoke_token(token, by=actor, at=actor.at)
    say(request, _("Đã thu hồi mã %(name)s. Hệ thống dùng mã này không gửi được nữa.") % {"name": token.name})
    return redirect("log_source", key=token.source.key)


@writes(Permission.IMPORT_LOG)
@require_POST
def watch_log_source(request: HttpRequest, key: str) -> HttpResponse:
    """Let the source `key` take files from its folder, or no longer (`dung`)."""
    actor = actor_of(request)
    source = queries.source_by_hand(actor, key)
    wanted = "dung" not in request.POST
    watch(source, wanted=wanted, by=actor, at=actor.at)
    undo = reverse("watch_log_source", args=[source.key])
    say(
        request,
        _("Thư mục được xem mỗi phút.") if wanted else _("Đã thôi nhận tệp từ thư mục."),
        "" if wanted else undo,
    )
    return redirect("log_source", key=source.key)
