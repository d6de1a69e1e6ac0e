"""One's own notices: all of them, read and unread; of what one is told, and whether also by e-mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuan.kernel.effects import SIGNED_IN, actor_of, reads, writes
from chuan.notices.actions import mark_read, want_mail
from chuan.notices.kinds import KINDS
from chuan.notices.queries import notices_of, unread_count, wants_mail
from chuan.organisations.people.models import Account
from chuan.web.kit.acting import say
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.paging import page_of

UNREAD = "chua-doc"


@reads(SIGNED_IN)
def notices(request: HttpRequest) -> HttpResponse:
    """Show the notices of the actor, newest first."""
    actor = actor_of(request)
    rows = notices_of(actor.ref, unread_only=request.GET.get("xem") == UNREAD)
    page = page_of(rows, ("-created_at", "-pk"), request.GET.get("sau", ""))
    context = {
        "page": page,
        "rows": [(row, KINDS[row.kind].subject) for row in page.rows],
        "views": choices(request, "xem", [Choice(_("Tất cả"), ""), Choice(_("Chưa đọc"), UNREAD)]),
        "unread": unread_count(actor.ref),
        "kinds": KINDS.values(),
        "address": Account.objects.values_list("person__email", flat=True).get(pk=actor.account_id or 0),
        "by_mail": wants_mail(actor.ref),
    }
    return render(request, "agency/notices.html", context)


@writes(SIGNED_IN)
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all notices of the actor as read."""
    actor = actor_of(request)
    mark_read(recipient=actor.ref, at=actor.at)
    say(request, _("Đã đánh dấu đọc hết."))
    return redirect("notices")


@writes(SIGNED_IN)
@require_POST
def notices_by_mail(request: HttpRequest) -> HttpResponse:
    """Keep whether the actor also wants notices by e-mail."""
    actor, wanted = actor_of(request), "co" in request.POST
    want_mail(recipient=actor.ref, wanted=wanted)
    say(request, _("Thông báo được gửi cả qua thư.") if wanted else _("Thông báo không gửi qua thư nữa."))
    return redirect("notices")
