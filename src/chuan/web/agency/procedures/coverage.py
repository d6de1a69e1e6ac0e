"""Coverage: which public services of an agency have a procedure in force; 100 % is the law (facts D7)."""

import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from chuan.kernel.actor import Actor
from chuan.kernel.effects import SIGNED_IN, actor_of, reads
from chuan.kernel.errors import NotYours
from chuan.kernel.scoping import find
from chuan.organisations.models import Agency
from chuan.quality.procedures.queries import coverage, covered_by, uncovered
from chuan.quality.services.queries import services_of
from chuan.rules.authority import Permission
from chuan.web.agency.procedures.bare import bare
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.paging import page_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BARE = "chua-co"
_WIDTHS = (18, 70, 30, 60)


@reads(SIGNED_IN)
def agency_coverage(request: HttpRequest, key: str) -> HttpResponse:
    """Show the public services of an agency with the procedures that serve them."""
    actor = actor_of(request)
    agency, today = _seen(actor, key), timezone.localdate(actor.at)
    found, bare_only = coverage(agency, today), request.GET.get("xem") == BARE
    rows = uncovered(agency, today) if bare_only else services_of(agency, today)
    rows, total = rows.only("key", "code", "name", "field"), found.bare if bare_only else found.services
    page = page_of(rows, ("code", "pk"), request.GET.get("sau", ""), total=total)
    serving = covered_by(agency, page.rows)
    without = bare(agency, [one for one in page.rows if one.pk not in serving], actor)
    views = [Choice(_("Tất cả"), ""), Choice(_("Chưa có quy trình"), BARE)]
    context = {
        "agency": agency,
        "coverage": found,
        "page": page,
        "rows": [(one, serving.get(one.pk, []), without.get(one.pk)) for one in page.rows],
        "views": choices(request, "xem", views),
        "may_manage": actor.may(Permission.MANAGE_SERVICES, agency),
    }
    return render(request, "agency/procedures/coverage.html", context)


@reads(SIGNED_IN)
def coverage_workbook(request: HttpRequest, key: str) -> HttpResponse:
    """Download the whole list as an Excel workbook."""
    actor = actor_of(request)
    agency = _seen(actor, key)
    headers = {"Content-Disposition": f'attachment; filename="do-phu-{agency.code.lower()}.xlsx"'}
    return HttpResponse(_workbook(agency, actor), content_type=XLSX, headers=headers)


def _seen(actor: Actor, key: str) -> Agency:
    """Return the agency when the actor sees its matter or what the agencies of its province published."""
    agency = find(Agency.objects.visible_to(actor), key=key)
    if not (actor.may(Permission.SEE_AGENCY, agency) or actor.may(Permission.SEE_PUBLISHED, agency)):
        raise NotYours
    return agency


def _workbook(agency: Agency, actor: Actor) -> bytes:
    services = list(services_of(agency, timezone.localdate(actor.at)).order_by("code"))
    serving = covered_by(agency, services)
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        sheet = workbook.add_worksheet(_("Độ phủ"))
        bold = workbook.add_format({"bold": True})
        heads = (_("Mã thủ tục"), _("Tên thủ tục"), _("Lĩnh vực"), _("Quy trình đang hiệu lực"))
        sheet.write_row(0, 0, heads, bold)
        for at, service in enumerate(services, start=1):
            named = "; ".join(str(one) for one in serving.get(service.pk, ()))
            sheet.write_row(at, 0, (service.code, service.name, service.field, named or _("Chưa có")))
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(services), 1), len(heads) - 1)
    return target.getvalue()
