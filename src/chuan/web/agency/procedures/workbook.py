"""The list of procedures as an Excel workbook."""

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from chuan.kernel.actor import Actor
from chuan.quality.procedures.models import Procedure
from chuan.quality.procedures.queries import Standing, standings
from chuan.text import numbers

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = (18, 70, 30, 24, 10, 24, 16, 24)


def list_workbook(procedures: Sequence[Procedure], actor: Actor) -> bytes:
    """Return a sheet with a row per procedure: what applies today, and what is on its way."""
    found = standings(actor, procedures)
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        sheet = workbook.add_worksheet(_("Quy trình"))
        heads = [_("Ký hiệu"), _("Tên quy trình"), _("Cơ quan"), _("Lĩnh vực")]
        heads += [_("Số bước"), _("Đang hiệu lực"), _("Từ ngày"), _("Bản mới nhất")]
        sheet.write_row(0, 0, heads, workbook.add_format({"bold": True}))
        for at, one in enumerate(procedures, start=1):
            sheet.write_row(at, 0, (one.code, one.name, one.agency.name, one.field, *_shown(found.get(one.pk))))
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(procedures), 1), len(heads) - 1)
    return target.getvalue()


def _shown(standing: Standing | None) -> tuple[int | str, str, str, str]:
    if standing is None:
        return "", "", "", ""
    current, newest = standing.current, standing.newest
    edition = _("Lần %(number)02d") % {"number": current.number} if current else _("Chưa có")
    since = numbers.day(current.effective_on) if current and current.effective_on else ""
    coming = f"{_('Lần %(number)02d') % {'number': newest.number}}: {newest.state_label}" if newest != current else ""
    return standing.shown.step_count, edition, since, coming
