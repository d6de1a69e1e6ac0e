"""Background work that was given up, asked for once more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from chuan.jobs.queue import ask_again_for_failed
from chuan.kernel.effects import actor_of, writes
from chuan.kernel.errors import NotAllowed
from chuan.rules.authority import Permission
from chuan.web.kit.acting import say


@writes(Permission.MANAGE_ORGANISATION)
@require_POST
def work_again(request: HttpRequest) -> HttpResponse:
    """Ask once more for all that was given up: it belongs to the installation, not to an agency."""
    if not actor_of(request).may_somewhere(Permission.MANAGE_ORGANISATION):
        raise NotAllowed
    count = ask_again_for_failed()
    said = ngettext("Đã cho chạy lại %(count)d việc.", "Đã cho chạy lại %(count)d việc.", count)
    say(request, said % {"count": count})
    return redirect("home")
