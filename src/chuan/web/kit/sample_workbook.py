"""The empty workbook of a kind of list: a sheet for each of its tables, with the headings and words that are read."""

import io

from xlsxwriter import Workbook

from chuan.reading.lists import words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 24
ROWS = 2000  # in which Excel offers the words of a column that has only some


def sample_workbook(lists: str) -> bytes:
    """Return the workbook (.xlsx) of `data/reading_lists/<lists>.toml`."""
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as workbook:
        bold = workbook.add_format({"bold": True})
        for table in words(lists).values():
            if "headings" in table:
                sheet = workbook.add_worksheet(table["sheets"][0])
                sheet.write_row(0, 0, [names[0] for names in table["headings"].values()], bold)
                sheet.set_column(0, len(table["headings"]) - 1, WIDTH)
                sheet.freeze_panes(1, 0)
                for column, kinds in table.get("choices", {}).items():
                    place = list(table["headings"]).index(column)
                    offered = [names[0] for names in words(lists)[kinds].values()]
                    sheet.data_validation(1, place, ROWS, place, {"validate": "list", "source": offered})
    return target.getvalue()
