"""What a page of figures is asked for: the period, the procedure, the version; and the choices that it offers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuan.analytics.figures.periods import EVER, Period, period_named, quarter_of
from chuan.analytics.findings.models import ProcedureReading
from chuan.analytics.findings.queries import leading_readings, procedures_with_dossiers
from chuan.kernel.actor import Actor
from chuan.kernel.scoping import find
from chuan.quality.models import Procedure, ProcedureVersion
from chuan.text import numbers
from chuan.web.agency.reality.dossiers import options_of_select
from chuan.web.agency.reality.filters import Wanted
from chuan.web.agency.reality.procedure import tabs
from chuan.web.agency.reality.words import period_word
from chuan.web.kit.choices import Choice, choices
from chuan.web.kit.forms import DayField

QUARTERS = 6
"""How many quarters are offered; years and free days reach further back."""
PAGES = {"indices": gettext_lazy("Chỉ số"), "heat_map": gettext_lazy("Bản đồ nhiệt theo tuần")}
PAGES |= {"where_time_goes": gettext_lazy("Điểm nghẽn theo bước")}


class Days(forms.Form):
    """The free period: from a day to a day, either may be left open."""

    tu = DayField(label=gettext_lazy("Từ ngày"), required=False)
    den = DayField(label=gettext_lazy("Đến ngày"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        said = super().clean() or {}
        first, last = said.get("tu"), said.get("den")
        if first and last and last < first:
            self.add_error("den", _("Ngày kết thúc phải từ ngày bắt đầu trở đi."))
        return said


@dataclass(frozen=True, slots=True)
class Asked:
    """The period with its name in the address ("2026-Q3"; "" for free days and all time), and the form of free days."""

    period: Period
    name: str
    days: Days

    @property
    def words(self) -> str:
        """The period in words."""
        if self.name:
            return period_word(self.name)
        first, last = self.period.first, self.period.last
        if first and last:
            return _("Từ %(first)s đến %(last)s") % {"first": numbers.day(first), "last": numbers.day(last)}
        if first:
            return _("Từ %(first)s") % {"first": numbers.day(first)}
        return _("Đến %(last)s") % {"last": numbers.day(last)} if last else _("Toàn bộ thời gian")

    def wanted(self, **more: str) -> Wanted:
        """Return the list of the dossiers received in the period."""
        if self.name:
            return Wanted(period=self.name, **more)
        first, last = self.period.first, self.period.last
        return Wanted(first=first.isoformat() if first else "", last=last.isoformat() if last else "", **more)


def asked(request: HttpRequest) -> Asked:
    """Return the period that the address asks for; what it does not say rightly is all time, and the form says why."""
    days, name = Days(request.GET), request.GET.get("ky", "")
    said = days.cleaned_data if days.is_valid() else {}
    free = Period(said.get("tu"), said.get("den"))
    if free != EVER or not days.is_valid():
        return Asked(free, "", days)
    period = period_named(name)
    return Asked(EVER, "", days) if period is None else Asked(period, name, days)


def offered(request: HttpRequest, spans: tuple[date, date] | None) -> list[tuple[str, str, bool]]:
    """Return the chips of periods: all time, the years and the last quarters between the days of `spans`."""
    found = [Choice(_("Tất cả"), "")]
    if spans is not None:
        first, last = spans
        found += [Choice(str(year), str(year)) for year in range(last.year, max(first.year, last.year - 4) - 1, -1)]
        found += [Choice(period_word(name), name) for name in _quarters(first, last)]
    free = bool(request.GET.get("tu") or request.GET.get("den"))
    return [(word, _without_days(href), here and not free) for word, href, here in choices(request, "ky", found)]


def _quarters(first: date, last: date) -> Iterable[str]:
    year, quarter = last.year, (last.month + 2) // 3
    for _turn in range(QUARTERS):
        name = f"{year}-Q{quarter}"
        yield name
        if name == quarter_of(first):
            return
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)


def _without_days(href: str) -> str:
    path, _mark, query = href.partition("?")
    left = "&".join(one for one in query.split("&") if one and not one.startswith(("tu=", "den=")))
    return f"{path}?{left}" if left else path


def frame(request: HttpRequest, here: str) -> dict[str, Any]:
    """Return what stands on top of each page of figures: tabs, the three pages, the way to Excel."""
    kept = request.GET.copy()
    for name in ("sau", "lan"):
        kept.pop(name, None)
    query = f"?{kept.urlencode()}" if kept else ""
    whole = f"?{request.GET.urlencode()}" if request.GET else ""
    return {
        "tabs": tabs(request, "indices"),
        "pages": [(word, reverse(name) + query, name == here) for name, word in PAGES.items()],
        "export": reverse(f"{here}_export") + whole,
    }


@dataclass(frozen=True, slots=True)
class Chosen:
    """The procedure with the version whose steps are shown, and its versions that have dossiers."""

    procedure: Procedure
    version: ProcedureVersion
    numbers: tuple[int, ...]


def procedures_to_choose(actor: Actor, chosen_key: str) -> SafeString:
    """Return the options of the procedures with dossiers."""
    named = {key: f"{code} {name}" for key, code, name in procedures_with_dossiers(actor)}
    return options_of_select(named, chosen_key)


def procedure_asked(actor: Actor, request: HttpRequest) -> Procedure | None:
    """Return the procedure that the address names; None when it names none. Raises NotYours for another's."""
    key = request.GET.get("qt", "")
    return find(Procedure.objects.visible_to(actor), key=key) if key else None


def version_asked(actor: Actor, request: HttpRequest) -> Chosen | None:
    """Return whose steps to show: as the address says, else of the procedure that differs most; None without any."""
    procedure = procedure_asked(actor, request)
    if procedure is None:
        leading = leading_readings(actor).order_by("-trouble", "pk").first()
        if leading is None:
            return None
        procedure = leading.version.procedure
    rows = ProcedureReading.objects.visible_to(actor).filter(version__procedure=procedure, period="")
    known = [one.version for one in rows.select_related("version").defer("content").order_by("-version__number")]
    if not known:
        return None
    number = request.GET.get("lan", "")
    version = next((one for one in known if str(one.number) == number), known[0])
    return Chosen(procedure, version, tuple(one.number for one in reversed(known)))


def versions_offered(request: HttpRequest, found: Chosen) -> list[tuple[str, str, bool]]:
    """Return the chips of the versions with dossiers, none for only one."""
    if len(found.numbers) < 2:
        return []
    named = [Choice(_("Lần %(number)02d") % {"number": one}, str(one)) for one in found.numbers]
    shown = str(found.version.number)
    return [
        (word, href, word == _("Lần %(number)02d") % {"number": int(shown)})
        for word, href, _here in choices(request, "lan", named)
    ]
