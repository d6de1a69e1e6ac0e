"""The trail, to read: who did what, when and on what; newest first."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads
from chuan.organisations.people.models import Account, Person
from chuan.rules.authority import Permission
from chuan.trail.models import Entry
from chuan.trail.queries import broken_link, head
from chuan.web.kit.paging import page_of
from chuan.web.staff.trail_names import told

_FILTERS = (("ai", "by__contains"), ("viec", "action"), ("muc", "subject__contains"))


@reads(Permission.SEE_TRAIL)
def trail(request: HttpRequest) -> HttpResponse:
    """Show the entries, filtered by who acted and on what; `kiem=1` reads the whole chain again."""
    actor = actor_of(request)
    may_check = bool(actor.provinces_where(Permission.SEE_TRAIL))
    broken = broken_link() if may_check and "kiem" in request.GET else None
    page = page_of(_filtered(request, _seen_by(actor)), ("-seq",), request.GET.get("sau", ""))
    context = {
        "page": page,
        "rows": told(page.rows, actor),
        "head": head(),
        "may_check": may_check,
        "checked": may_check and "kiem" in request.GET,
        "broken": broken,
        "reason": _reason(broken.reason) if broken else "",
    }
    return render(request, "staff/trail.html", context)


def _seen_by(actor: Actor) -> QuerySet[Entry]:
    """Return all entries for who watches over the province, else what the people of the actor's agencies did."""
    if actor.provinces_where(Permission.SEE_TRAIL):
        return Entry.objects.all()
    agencies = actor.agencies_where(Permission.SEE_TRAIL)
    people = Person.objects.everywhere(reason="those whose acts the actor may follow").filter(agency_id__in=agencies)
    return Entry.objects.filter(by__in=[account.ref for account in Account.objects.filter(person__in=people)])


def _filtered(request: HttpRequest, rows: QuerySet[Entry]) -> QuerySet[Entry]:
    for name, lookup in _FILTERS:
        wanted = request.GET.get(name, "").strip()
        if wanted:
            rows = rows.filter(**{lookup: wanted})
    return rows


def _reason(code: str) -> str:
    words = {
        "missing": _("Có dòng đã mất."),
        "detached": _("Dòng này không nối với dòng trước."),
        "changed": _("Nội dung dòng này đã bị sửa."),
    }
    return words[code]
