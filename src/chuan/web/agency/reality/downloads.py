"""The report, result.json and the deviations of a procedure, as downloads: never shown as pages of this site."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from chuan.analytics.findings.actions import result_of
from chuan.checking.report.page import page
from chuan.checking.report.workbook import workbook
from chuan.checking.result import CheckResult
from chuan.checking.result_json import to_json
from chuan.kernel.effects import actor_of, reads
from chuan.kernel.errors import NotYours
from chuan.kernel.scoping import find
from chuan.quality.models import Procedure
from chuan.rules.authority import Permission
from chuan.web.agency.reality.dossiers import XLSX
from chuan.web.agency.reality.picking import picked

_KINDS: Mapping[str, tuple[str, str, Callable[[CheckResult, str], str | bytes]]] = {
    "bao-cao": (
        "report.html",
        "application/octet-stream",
        lambda result, language: page(result, (), language),
    ),
    "ket-qua": ("result.json", "application/json", lambda result, language: to_json(result, language)),
    "khac-quy-trinh": ("deviations.xlsx", XLSX, lambda result, language: workbook(result, language)),
}


@reads(Permission.SEE_AGENCY)
def reality_download(request: HttpRequest, key: str, what: str) -> HttpResponse:
    """Download `what` ("bao-cao", "ket-qua", "khac-quy-trinh") of the version and period that the address names."""
    actor = actor_of(request)
    procedure = find(Procedure.objects.visible_to(actor).select_related("agency"), key=key)
    one = picked(actor, procedure, request)
    if one is None or what not in _KINDS:
        raise NotYours
    name, content_type, make = _KINDS[what]
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    body = make(result_of(one), get_language() or "vi")
    return HttpResponse(body, content_type=content_type, headers=headers)
