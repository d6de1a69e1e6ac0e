"""Which agency has a declared quality system, since when, and which not yet."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads
from chuan.organisations.agencies.lifecycle import STATES
from chuan.organisations.agencies.models import Agency, AgencyKind, Obligation, QualitySystem
from chuan.organisations.agencies.queries import DECLARED, alive, systems_of, with_system_in
from chuan.rules.authority import Permission
from chuan.text import numbers
from chuan.text.vietnamese import fold
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.paging import page_of
from chuan.web.kit.sample_workbook import XLSX
from chuan.web.staff.systems.words import shape_of

HAVING, LACKING, MUST = "da-cong-bo", "chua-cong-bo", "bat-buoc-chua"
_WIDTHS = (16, 60, 30, 18, 40, 26, 60, 28, 14)


@dataclass(frozen=True, slots=True)
class Standing:
    """An agency with the quality system it applies, its own or that of another (`shared`), if any."""

    agency: Agency
    system: QualitySystem | None

    @property
    def shape(self) -> str:
        """The shape in which the state is shown."""
        return shape_of(self.system)

    @property
    def state(self) -> str:
        """The state in words."""
        return self.system.state_label if self.system is not None else str(STATES["not_started"])

    @property
    def shared(self) -> bool:
        """Whether the system is another agency's."""
        return self.system is not None and self.system.owner_id != self.agency.pk


@reads(Permission.SEE_ORGANISATION)
def quality_systems(request: HttpRequest) -> HttpResponse:
    """Show the living agencies with their quality systems, by state, kind and words of their name."""
    actor = actor_of(request)
    today = timezone.localdate(actor.at)
    page = page_of(
        _filtered(request, actor).select_related("parent"), ("search_text", "pk"), request.GET.get("sau", "")
    )
    states = [
        Choice(_("Tất cả"), ""),
        Choice(_("Đã công bố"), HAVING),
        Choice(_("Chưa công bố"), LACKING),
        Choice(_("Bắt buộc mà chưa công bố"), MUST),
    ]
    kinds = [Choice(_("Mọi loại"), ""), *(Choice(str(kind.label), kind.value) for kind in AgencyKind)]
    obliged = _living(actor, today).filter(obligation=Obligation.OBLIGED)
    context = {
        "page": page,
        "rows": _standings(page.rows, today),
        "states": choices(request, "xem", states),
        "kinds": choices(request, "loai", kinds),
        "obliged": obliged.count(),
        "obliged_declared": with_system_in(obliged, DECLARED, today).count(),
    }
    return render(request, "staff/systems/list.html", context)


@reads(Permission.SEE_ORGANISATION)
def quality_systems_workbook(request: HttpRequest) -> HttpResponse:
    """Download the list, as it is filtered, as an Excel workbook."""
    actor = actor_of(request)
    agencies = _filtered(request, actor).select_related("parent").order_by("search_text")
    rows = _standings(list(agencies), timezone.localdate(actor.at))
    headers = {"Content-Disposition": 'attachment; filename="he-thong-quan-ly-chat-luong.xlsx"'}
    return HttpResponse(_workbook(rows), content_type=XLSX, headers=headers)


def _living(actor: Actor, day: date) -> QuerySet[Agency]:
    return Agency.objects.visible_to(actor).filter(alive(day))


def _filtered(request: HttpRequest, actor: Actor) -> QuerySet[Agency]:
    today, state, kind = timezone.localdate(actor.at), request.GET.get("xem", ""), request.GET.get("loai", "")
    rows = _living(actor, today)
    if kind in AgencyKind.values:
        rows = rows.filter(kind=kind)
    for word in fold(request.GET.get("q", "")).split():
        rows = rows.filter(search_text__contains=word)
    if state == MUST:
        rows = rows.filter(obligation=Obligation.OBLIGED)
    having = with_system_in(_living(actor, today), DECLARED, today).values("pk")
    if state == HAVING:
        return rows.filter(pk__in=having)
    return rows.exclude(pk__in=having) if state in (LACKING, MUST) else rows


def _standings(agencies: Sequence[Agency], day: date) -> list[Standing]:
    systems = systems_of(agencies, day)
    return [Standing(agency, systems.get(agency.pk)) for agency in agencies]


def _workbook(rows: Sequence[Standing]) -> bytes:
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        sheet = workbook.add_worksheet(_("Hệ thống QLCL"))
        heads = [_("Mã cơ quan"), _("Cơ quan"), _("Loại"), _("Diện áp dụng ISO"), _("Căn cứ"), _("Tình trạng")]
        heads += [_("Hệ thống"), _("Quyết định công bố"), _("Ngày công bố")]
        sheet.write_row(0, 0, heads, workbook.add_format({"bold": True}))
        for at, row in enumerate(rows, start=1):
            sheet.write_row(at, 0, _cells(row))
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
    return target.getvalue()


def _cells(row: Standing) -> tuple[str, ...]:
    agency, system = row.agency, row.system
    about = (agency.code, agency.name, agency.get_kind_display(), agency.get_obligation_display())
    if system is None:
        return (*about, agency.obligation_source, row.state, "", "", "")
    declared_on = numbers.day(system.declared_on) if system.declared_on else ""
    return (*about, agency.obligation_source, row.state, system.name, system.declaration, declared_on)
