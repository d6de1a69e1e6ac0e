"""The empty workbook of units, positions and people: a sheet for each list, with the headings that are read."""

import io

from xlsxwriter import Workbook

from chuan.reading.lists import words

WIDTH = 24


def sample_workbook() -> bytes:
    """Return the workbook (.xlsx)."""
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as workbook:
        bold = workbook.add_format({"bold": True})
        for table in words("staff").values():
            if "headings" in table:
                sheet = workbook.add_worksheet(table["sheets"][0])
                sheet.write_row(0, 0, [names[0] for names in table["headings"].values()], bold)
                sheet.set_column(0, len(table["headings"]) - 1, WIDTH)
                sheet.freeze_panes(1, 0)
    return target.getvalue()
