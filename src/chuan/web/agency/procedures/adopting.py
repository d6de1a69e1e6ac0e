"""Adopting the province's procedures: finding one, taking it over and its newer versions; who took it over."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuan.kernel.effects import actor_of, reads, writes
from chuan.kernel.errors import NotYours, Refusal
from chuan.kernel.scoping import require
from chuan.quality.procedures import actions, queries
from chuan.quality.procedures.adoption import Adoption, Kept, adoptions_of, communes_of
from chuan.quality.procedures.models import ABOVE, ProcedureVersion
from chuan.rules.authority import Permission
from chuan.text.vietnamese import fold
from chuan.web.agency.procedures.addresses import version_url
from chuan.web.agency.procedures.forms import AdoptForm, writing_agencies
from chuan.web.kit.acting import form_page
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.paging import page_of

MISSING = "chua-ap-dung"
EVERY = "tat-ca"
_ASKED: dict[str, Callable[[Adoption], bool]] = {
    "giu-nguyen": lambda one: one.kept is Kept.SAME,
    "da-sua": lambda one: one.kept is Kept.CHANGED,
    "ban-cu": lambda one: one.behind,
}


@reads(Permission.WRITE_PROCEDURE)
def adoptable(request: HttpRequest) -> HttpResponse:
    """Show the province's procedures in force that the agency has not adopted yet: its own first, all on request."""
    actor = actor_of(request)
    agency, today = writing_agencies(actor)[0], timezone.localdate(actor.at)
    rows = queries.matching(queries.adoptable(actor, agency), request.GET.get("q", ""))
    every = request.GET.get("xem") == EVERY
    rows = rows if every else queries.fitting(rows, agency, today)
    rows = rows.select_related("agency").only("key", "code", "name", "field", "agency__name")
    page = page_of(rows, ("agency_id", "code", "pk"), request.GET.get("sau", ""))
    standings = queries.standings(actor, page.rows)
    found = rows.filter(pk__in=[row.pk for row in page.rows])
    own = set(queries.fitting(found, agency, today).values_list("pk", flat=True)) if every else None
    shown = [(row, standings[row.pk].current, own is None or row.pk in own) for row in page.rows if row.pk in standings]
    views = [Choice(_("Hợp với cơ quan"), ""), Choice(_("Tất cả"), EVERY)]
    context = {"page": page, "rows": shown, "agency": agency, "views": choices(request, "xem", views), "every": every}
    return render(request, "agency/procedures/adoptable.html", context)


@reads(Permission.SEE_PUBLISHED)
def adoptions(request: HttpRequest, key: str) -> HttpResponse:
    """Show which communes took a procedure of the province over, which changed it, which follow an earlier version."""
    actor = actor_of(request)
    one, today, asked = queries.procedure(actor, key), timezone.localdate(actor.at), request.GET.get("xem", "")
    require(actor, Permission.SEE_PUBLISHED, one.agency)
    if one.agency.kind not in ABOVE:
        raise NotYours
    found = adoptions_of(one, today)
    rows = communes_of(one, today)
    if asked in _ASKED:
        among = [pk for pk, adoption in found.by_agency.items() if _ASKED[asked](adoption)]
        rows = rows.filter(pk__in=among)
    elif asked == MISSING:
        rows = rows.exclude(pk__in=found.by_agency)
    for word in fold(request.GET.get("q", "")).split():
        rows = rows.filter(search_text__contains=word)
    page = page_of(rows, ("search_text", "pk"), request.GET.get("sau", ""))
    views = [
        Choice(_("Tất cả"), ""),
        Choice(_("Giữ nguyên"), "giu-nguyen"),
        Choice(_("Đã sửa"), "da-sua"),
        Choice(_("Theo bản cũ"), "ban-cu"),
        Choice(_("Chưa áp dụng"), MISSING),
    ]
    context = {
        "procedure": one,
        "adoptions": found,
        "page": page,
        "rows": [(agency, found.by_agency.get(agency.pk)) for agency in page.rows],
        "views": choices(request, "xem", views),
    }
    return render(request, "agency/procedures/adoptions.html", context)


@writes(Permission.WRITE_PROCEDURE)
def adopt(request: HttpRequest, key: str) -> HttpResponse:
    """Take a procedure of the province as the agency's own first draft."""
    actor = actor_of(request)
    original = queries.procedure(actor, key)
    if original.agency.kind not in ABOVE or not original.in_force:
        raise NotYours
    agencies = {agency.key: agency for agency in writing_agencies(actor) if agency.pk != original.agency_id}
    today = timezone.localdate(actor.at)
    form = AdoptForm(
        request.POST if request.method == "POST" else None,
        agencies=list(agencies.values()),
        beyond=not all(queries.fits(original, agency, today) for agency in agencies.values()),
        initial={"code": original.code},
    )
    begun: list[ProcedureVersion] = []

    def act() -> None:
        typed = form.cleaned_data | {"agency": agencies[form.cleaned_data["agency"]]}
        begun.append(actions.adopt(original, **typed, by=actor, at=actor.at))

    answer = form_page(
        request,
        form,
        act,
        title=_("Áp dụng %(name)s") % {"name": original.name},
        verb=_("Tạo bản của cơ quan"),
        back=reverse("adoptable_procedures"),
        said=_("Đã tạo dự thảo của cơ quan, gắn với quy trình gốc. Thêm bước kiểm soát riêng rồi trình."),
    )
    return redirect(version_url(begun[0])) if begun else answer


@writes(Permission.WRITE_PROCEDURE)
@require_POST
def take_over(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a draft from the original's newer version, the agency's own steps kept."""
    actor = actor_of(request)
    one = queries.procedure(actor, key)
    require(actor, Permission.WRITE_PROCEDURE, one.agency)
    try:
        draft = actions.take_over_original(one, by=actor, at=actor.at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("compare_original", key=one.key)
    messages.success(request, _("Đã tạo dự thảo từ bản mới của tỉnh, giữ các bước riêng của cơ quan."))
    return redirect(version_url(draft))
